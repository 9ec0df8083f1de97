// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

namespace lavascope {

/// How a forward token is handed on.
enum class TokenForm {
    Token,        ///< bare
    Header,       ///< `Authorization: Bearer eyJ…`
    EnvLine,      ///< `LAVA_FORWARD_TOKEN=eyJ…`
    Curl,         ///< a command that asks the gateway for OpenAI's models, the token in it
    CurlWithName, ///< the same command, which takes the token from `$LAVA_FORWARD_TOKEN`: holds no secret
};

/// The token in that form, without line end. `token` is base64; `gateway` an origin such as
/// `https://api.lava.so`, used by curl alone. Commands are for POSIX shells.
[[nodiscard]] QByteArray tokenAs(TokenForm form, const QByteArray& token, const QByteArray& gateway);

} // namespace lavascope
