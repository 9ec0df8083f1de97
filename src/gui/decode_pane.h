// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/inspect_token.h"
#include "gui/appearance.h"
#include "gui/settings_dialog.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QLabel;

namespace Ui {
class DecodePane;
}

namespace lavascope {

class BatchView;
class GatewayCheckView;
class ScreenShare;
class Workbench;

/// Says what a pasted credential is, every secret masked; compares it with another one; looks at a whole file
/// of them. Nothing pasted is kept beyond this pane.
class DecodePane : public QWidget {
    Q_OBJECT

public:
    DecodePane(Workbench& workbench, ScreenShare& share, QWidget* parent = nullptr);
    ~DecodePane() override;

    void setPastedText(const QString& text);
    void focusPaste();
    void setSecretTimes(const SecretTimes& times);
    /// Looks at every credential in a file. Errors are said where the headline stands.
    void openFile(const QString& path);
    /// Writes what the batch found as CSV.
    void exportBatch(const QString& path);

Q_SIGNALS:
    void editTokenWanted(const lavascope::TokenFields& fields);
    void said(const QString& text); ///< news for the status bar

private:
    void connectActions();
    void inspect();
    void showReport();
    void showComparison();
    void showBatch(const QByteArray& text);
    void copyReport();
    void showBadges();
    void showEdit();
    void addBadge(const QString& name, const QString& text, Tone tone);
    void showLayers();
    void showFindings();
    void offerBatch(const QByteArray& content);

    [[nodiscard]] TokenReport shownReport() const;
    [[nodiscard]] TokenFieldReport shownField(TokenFieldReport field) const;

    Workbench& m_workbench;
    ScreenShare& m_share;
    std::unique_ptr<Ui::DecodePane> m_ui;
    QString m_editText;
    QLabel* m_editRemark = nullptr;
    BatchView* m_batch = nullptr;
    GatewayCheckView* m_check = nullptr;
    SecretTimes m_times;
    bool m_empty = true; ///< nothing but blanks was pasted
    TokenReport m_report;
    QTimer m_inspectSoon;
};

} // namespace lavascope
