// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/inspect_token.h"

#include <QTimer>
#include <QWidget>

#include <memory>

namespace Ui {
class DecodePane;
}

namespace lavascope {

/// Says what a pasted credential is, every secret masked. Nothing pasted is kept beyond this pane.
class DecodePane : public QWidget {
    Q_OBJECT

public:
    explicit DecodePane(QWidget* parent = nullptr);
    ~DecodePane() override;

    void setPastedText(const QString& text);
    void focusPaste();

Q_SIGNALS:
    void editTokenWanted(const lavascope::TokenFields& fields);

private:
    void inspect();
    void showReport();
    void showFields();
    void showFindings();
    void reveal();
    void hideRevealed();
    void selectFinding();
    [[nodiscard]] QString safeReport() const;

    std::unique_ptr<Ui::DecodePane> m_ui;
    TokenReport m_report;
    QTimer m_inspectSoon;
    QTimer m_hideSoon;
};

} // namespace lavascope
