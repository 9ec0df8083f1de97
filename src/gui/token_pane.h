// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/token_fields.h"

#include <QWidget>

#include <memory>

class QToolButton;

namespace Ui {
class TokenPane;
}

namespace lavascope {

/// The form a forward token is built with. Says live who will pay; shows the token masked only.
class TokenPane : public QWidget {
    Q_OBJECT

public:
    explicit TokenPane(QWidget* parent = nullptr);
    ~TokenPane() override;

    [[nodiscard]] TokenFields fields() const;
    void setFields(const TokenFields& fields);
    /// By the name in the token, e.g. `customer_id`.
    void focusField(const QString& name);

Q_SIGNALS:
    void changed();

private:
    enum class Presence { Absent, Null, Value };

    void addPresenceMenu(QToolButton* button, const QList<Presence>& choices);
    [[nodiscard]] static Presence presence(const QToolButton* button);
    void setPresence(QToolButton* button, Presence presence);
    void refresh();
    void copyMasked();
    void copyToken(const QByteArray& before);

    std::unique_ptr<Ui::TokenPane> m_ui;
    bool m_setting = false;
};

} // namespace lavascope
