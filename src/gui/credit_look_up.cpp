// SPDX-License-Identifier: MIT
#include "gui/credit_look_up.h"

#include "gui/gateway_check_view.h"
#include "session/workbench.h"

namespace lavascope {

CreditLookUp::CreditLookUp(Workbench& workbench, QObject* parent)
    : QObject(parent)
    , m_workbench(workbench) {}

CreditLookUp::~CreditLookUp() = default;

void CreditLookUp::ask(const TokenFields& fields, const QByteArray& gateway) {
    m_check.reset();
    Result<std::unique_ptr<CredentialCheck>> check = m_workbench.checkCredential(fields, gateway);
    if (!check) {
        Q_EMIT said(check.error().message);
        return;
    }
    m_merchantPays = !fields.customerId.hasValue();
    m_check = *std::move(check);
    Q_EMIT said(tr("Asking %1 …").arg(QString::fromUtf8(m_check->gateway())));
    connect(m_check.get(), &CredentialCheck::finished, this, &CreditLookUp::tell);
    m_check->start();
}

void CreditLookUp::forget() {
    m_check.reset();
}

void CreditLookUp::tell() {
    QStringList lines = checkedLines(*m_check);
    const bool isSandbox = m_check->gateway() == m_workbench.sandbox().origin();
    if (isSandbox)
        for (const SandboxBalance& balance : m_workbench.sandbox().balances())
            lines += tr("Left in the sandbox: %1 of %2").arg(balance.balance, balance.owner);
    else if (m_merchantPays)
        lines += tr(
            "Your own wallet pays. The gateway tells nobody what is left in it: see Wallet > Billing of the "
            "dashboard.");
    Q_EMIT said(lines.join(QLatin1Char('\n')));
}

} // namespace lavascope
