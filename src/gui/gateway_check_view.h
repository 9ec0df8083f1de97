// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/inspect_token.h"

#include <QStringList>
#include <QWidget>

#include <memory>

class QLabel;
class QPushButton;

namespace lavascope {

class CredentialCheck;
class ScreenShare;
class Workbench;

/// What came of a check, a line for each thing, each with a sign in front; of one that ended early also why.
[[nodiscard]] QStringList checkedLines(const CredentialCheck& check);

/// A button that asks a gateway whether it knows a credential, and what came of it. Nothing is sent without a
/// press, and the menu says where the key would go.
class GatewayCheckView : public QWidget {
    Q_OBJECT

public:
    GatewayCheckView(Workbench& workbench, const ScreenShare& share, QWidget* parent);
    ~GatewayCheckView() override;

    /// Forgets what was found about another one.
    void setReport(const TokenReport& report);
    /// `gateway` is an origin.
    void ask(const QByteArray& gateway);

private:
    void fillMenu();
    void showResult();
    void say(const QString& text);
    void drawResult();

    Workbench& m_workbench;
    const ScreenShare& m_share;
    QPushButton* m_ask;
    QLabel* m_result;
    QString m_said; ///< with the ends of masks
    std::optional<TokenFields> m_fields;
    QString m_host;
    std::unique_ptr<CredentialCheck> m_check;
};

} // namespace lavascope
