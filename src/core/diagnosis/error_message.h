// SPDX-License-Identifier: MIT
#pragma once

#include "core/json/document.h"

#include <QString>

namespace lavascope {

/// The error's own words in a body of any provider's shape; empty if there are none.
[[nodiscard]] QString errorMessage(const json::View& root);

/// `{"error":"quota_exceeded","message":"…"}`: where both are given, a single word is a code and no message.
[[nodiscard]] bool isCodeWord(const json::View& root);

/// The whole error body of another server that this one hands on as text; empty if it hands on none.
[[nodiscard]] QString innerError(const json::View& root);

/// The visible text of a markup page, cut at `limit` characters.
[[nodiscard]] QString textOfMarkup(QStringView markup, qsizetype limit);

} // namespace lavascope
