// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/token_fields.h"
#include "core/token/token_forms.h"
#include "gui/settings_dialog.h"

#include <QWidget>

#include <memory>

class QToolButton;

namespace Ui {
class TokenPane;
}

namespace lavascope {

class KeyRing;
class ScreenShare;

/// The form a forward token is built with. Says live who will pay; shows the token masked only.
class TokenPane : public QWidget {
    Q_OBJECT

public:
    TokenPane(KeyRing& keys, ScreenShare& share, QWidget* parent = nullptr);
    ~TokenPane() override;

    [[nodiscard]] TokenFields fields() const;
    void setFields(const TokenFields& fields);
    void setSecretTimes(const SecretTimes& times);
    /// Where the token is about to go (an origin; empty if nowhere), so that a risk can be told.
    void setGateway(const QByteArray& gateway);
    /// By the name in the token, e.g. `customer_id`.
    void focusField(const QString& name);

Q_SIGNALS:
    void changed();
    void said(const QString& text); ///< news for the status bar

private:
    enum class Presence { Absent, Null, Value };

    void addPresenceMenu(QToolButton* button, const QList<Presence>& choices);
    [[nodiscard]] static Presence presence(const QToolButton* button);
    void setPresence(QToolButton* button, Presence presence);
    void fillCopyMenu();
    void refresh();
    void showRisks();
    void coverIds();
    void copyMasked();
    void copyAs(TokenForm form);
    [[nodiscard]] QByteArray gatewayToName() const;

    std::unique_ptr<Ui::TokenPane> m_ui;
    ScreenShare& m_share;
    QByteArray m_gateway;
    SecretTimes m_times;
    bool m_setting = false;
};

} // namespace lavascope
