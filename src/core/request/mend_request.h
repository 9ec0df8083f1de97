// SPDX-License-Identifier: MIT
#pragma once

#include "core/request/request_draft.h"

#include <optional>

namespace lavascope {

/// The draft with that one remark of lintRequest() or lintSent() (its `code`) seen to, and nothing else
/// changed. Nothing if it cannot be mended without choosing for the user, or if the draft does not have that
/// fault. Whether there are drafts with that remark which can be.
[[nodiscard]] bool canBeMended(const QString& code);
[[nodiscard]] std::optional<RequestDraft> mended(const RequestDraft& draft, const QString& code);

} // namespace lavascope
