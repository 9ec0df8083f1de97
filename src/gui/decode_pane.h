// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/inspect_token.h"
#include "gui/appearance.h"

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
    void setUpFindings();
    void inspect();
    void showReport();
    void showBadges();
    void addBadge(const QString& name, const QString& text, Tone tone);
    void showLayers();
    void showFindings();
    void selectFinding();

    std::unique_ptr<Ui::DecodePane> m_ui;
    bool m_empty = true; ///< nothing but blanks was pasted
    TokenReport m_report;
    QTimer m_inspectSoon;
};

} // namespace lavascope
