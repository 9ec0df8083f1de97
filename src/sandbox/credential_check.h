// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/token_fields.h"
#include "sandbox/query.h"
#include "sandbox/refusal.h"
#include "sandbox/request_reader.h"

namespace lavascope {

/// Who calls: the fields of the forward token, or a bare secret key in the first of them.
struct Caller {
    TokenFields fields;
    /// The header that the credential came in, in lower case; `key` for the parameter.
    QByteArray place;
};

/// The caller of a request, by the first credential in this order: `Authorization: Bearer`, `x-api-key`,
/// `x-goog-api-key`, `xi-api-key`, parameter `key`. A token is taken exactly as the SDK writes it (standard
/// base64 with padding, one line, a JSON object); anything else is refused with 401 and the reason, and a
/// live key always, so that none is ever typed in here by mistake.
[[nodiscard]] Judged<Caller> callerOf(const ReceivedRequest& request, const Query& query);

} // namespace lavascope
