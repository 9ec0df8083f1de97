// SPDX-License-Identifier: MIT
#include "gui/edit_losses.h"

#include "core/token/display.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace lavascope {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("EditLosses", text);
}

bool isThere(const TokenReport& report, const char* name) {
    return std::any_of(report.fields.begin(), report.fields.end(), [&](const TokenFieldReport& field) {
        return field.name == QLatin1String(name) && field.state != FieldState::Absent;
    });
}

} // namespace

QStringList fieldsLostByEditing(const TokenReport& report) {
    QStringList lost;
    // The form takes what used to be the id of a connection for the customer's, if there is no other.
    if (isThere(report, "connection_id") && isThere(report, "customer_id"))
        lost += QStringLiteral("connection_id");
    for (const char* name : {"connection_secret", "product_secret"})
        if (isThere(report, name))
            lost += QString::fromLatin1(name);
    return lost + report.unknownFields;
}

QString listedShortly(const QStringList& names) {
    constexpr qsizetype most = 2;
    if (names.size() > most)
        return tr("%1, %2 and %3 more").arg(names[0], names[1], QString::number(names.size() - most));
    return names.join(tr(" and "));
}

QString editLosses(const TokenReport& report) {
    const QStringList lost = fieldsLostByEditing(report);
    if (!report.parsed || lost.isEmpty())
        return {};
    return tr("Edit cannot carry over %1, for which the form has no field; in a token built from it, %2.")
        .arg(listedShortly(lost), payerPhrase(*report.parsed));
}

} // namespace lavascope
