// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/token_fields.h"

#include <QObject>

#include <memory>

namespace lavascope {

class CredentialCheck;
class Workbench;

/// Asks the gateway that refused a call what it knows of the key, the customer and the meter, and what is
/// left to spend; when asked to, and never otherwise.
class CreditLookUp : public QObject {
    Q_OBJECT

public:
    explicit CreditLookUp(Workbench& workbench, QObject* parent = nullptr);
    ~CreditLookUp() override;

    /// `gateway` is an origin. What was asked before is let go of.
    void ask(const TokenFields& fields, const QByteArray& gateway);
    void forget(); ///< nothing more is said of what was asked

Q_SIGNALS:
    void said(const QString& text); ///< while it asks, and when it is done

private:
    void tell();

    Workbench& m_workbench;
    std::unique_ptr<CredentialCheck> m_check;
    bool m_merchantPays = false;
};

} // namespace lavascope
