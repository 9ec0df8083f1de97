// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/finding.h"
#include "core/base/result.h"
#include "core/request/http_request.h"
#include "core/token/token_fields.h"

#include <QByteArray>

#include <optional>
#include <vector>

namespace lavascope {

/// What the user typed: the parts of a call before it becomes bytes.
struct RequestDraft {
    QByteArray gateway; ///< origin
    QByteArray method = "POST";
    QByteArray providerUrl;
    Headers headers; ///< the user's own, added after ours; a credential header here replaces the token's
    QByteArray body;
    TokenFields token;
    /// A ready credential (pasted forward token or bare key) that is sent instead of one built from `token`.
    std::optional<Secret> credential;
};

/// The exact request for a draft: forward URL, `Authorization: Bearer <token>`, `Accept-Encoding: identity`,
/// `User-Agent`, `Content-Type: application/json` where there is a body, then the user's headers.
/// Errors: those of buildForwardUrl(), buildToken(), checkHeader(), checkMethod(), `body_too_large` (over 50
/// MB).
[[nodiscard]] Result<HttpRequest> buildRequest(const RequestDraft& draft);

/// The stream switch: whether the body asks for a stream. Nothing if the body is no JSON object or has no
/// such member.
[[nodiscard]] std::optional<bool> streamFlag(QByteArrayView body);
/// The body with only that value changed. Errors of json::withMember().
[[nodiscard]] Result<QByteArray> withStreamFlag(const QByteArray& body, bool stream);

/// What looks wrong before sending: JSON faults with line and column, missing `anthropic-version`, a `system`
/// role sent to Anthropic, a body on GET, … Ranges are in the body.
[[nodiscard]] std::vector<Finding> lintRequest(const RequestDraft& draft);

/// What is odd or risky about a token for that gateway (an origin; may be empty), before anything is sent:
/// errors and warnings of its own inspection, and whether its key fits there.
[[nodiscard]] std::vector<Finding> lintToken(const TokenFields& token, const QByteArray& gateway);

} // namespace lavascope
