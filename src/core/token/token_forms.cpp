// SPDX-License-Identifier: MIT
#include "core/token/token_forms.h"

namespace lavascope {

namespace {

// Neither brackets nor other protocols, so that nothing in the address can make curl do more than one call.
QByteArray curl(const QByteArray& quotedHeader, const QByteArray& gateway) {
    return "curl --globoff --proto '=http,https' --header " + quotedHeader + " --url '" + gateway +
           "/v1/forward?u=https%3A%2F%2Fapi.openai.com%2Fv1%2Fmodels'";
}

} // namespace

QByteArray tokenAs(TokenForm form, const QByteArray& token, const QByteArray& gateway) {
    switch (form) {
    case TokenForm::Header:
        return "Authorization: Bearer " + token;
    case TokenForm::EnvLine:
        return "LAVA_FORWARD_TOKEN=" + token;
    case TokenForm::Curl:
        return curl("'Authorization: Bearer " + token + '\'', gateway);
    case TokenForm::CurlWithName:
        return curl("\"Authorization: Bearer $LAVA_FORWARD_TOKEN\"", gateway);
    case TokenForm::Token:
        break;
    }
    return token;
}

} // namespace lavascope
