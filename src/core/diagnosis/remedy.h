// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <optional>

namespace lavascope {

/// Something that can be done about a failure from where it is shown.
struct Remedy {
    enum class Action {
        TokenField,    ///< go to the field of the token that `argument` names, as in the token: `customer_id`
        MendRequest,   ///< mend what a remark names; `argument` is its code, see mended()
        EditUrl,       ///< go to the provider URL
        EditHeaders,   ///< go to the headers
        EditBody,      ///< go to the body
        ChooseGateway, ///< go to the choice of the gateway
        LookUpCredit,  ///< ask the gateway what it knows of the key, the customer and what is left
    };
    Action action = Action::EditBody;
    QString argument;

    friend bool operator==(const Remedy&, const Remedy&) = default;
};

/// As the rules spell it: `token_field:customer_id`, `edit_url`, `edit_headers`, `edit_body`,
/// `choose_gateway`, `look_up_credit`. Nothing if it is none of these, or if a token has no such field.
[[nodiscard]] std::optional<Remedy> remedyByName(const QString& name);

} // namespace lavascope
