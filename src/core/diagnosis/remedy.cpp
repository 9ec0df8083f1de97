// SPDX-License-Identifier: MIT
#include "core/diagnosis/remedy.h"

#include <QStringList>

namespace lavascope {

std::optional<Remedy> remedyByName(const QString& name) {
    const QString word = name.section(QLatin1Char(':'), 0, 0);
    const QString argument = name.section(QLatin1Char(':'), 1);
    if (word == QStringLiteral("token_field")) {
        const QStringList fields = {QStringLiteral("secret_key"), QStringLiteral("customer_id"),
                                    QStringLiteral("meter_slug"), QStringLiteral("provider_key"),
                                    QStringLiteral("disable_billing")};
        return fields.contains(argument) ? std::optional(Remedy{Remedy::Action::TokenField, argument})
                                         : std::nullopt;
    }
    if (!argument.isEmpty())
        return std::nullopt;
    if (word == QStringLiteral("edit_url"))
        return Remedy{Remedy::Action::EditUrl, {}};
    if (word == QStringLiteral("edit_headers"))
        return Remedy{Remedy::Action::EditHeaders, {}};
    if (word == QStringLiteral("edit_body"))
        return Remedy{Remedy::Action::EditBody, {}};
    if (word == QStringLiteral("choose_gateway"))
        return Remedy{Remedy::Action::ChooseGateway, {}};
    if (word == QStringLiteral("look_up_credit"))
        return Remedy{Remedy::Action::LookUpCredit, {}};
    return std::nullopt;
}

} // namespace lavascope
