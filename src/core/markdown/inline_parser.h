// SPDX-License-Identifier: MIT
#pragma once

#include "core/markdown/block.h"

namespace lavascope::markdown {

/// The runs of a paragraph, heading or table cell: emphasis, code, links, pictures, and addresses that stand
/// alone, by the rules of CommonMark 0.31 and GitHub's additions. Whatever is none of these, HTML above all,
/// is text. Its time grows with the square of the length at worst, so give it pieces of bounded length.
[[nodiscard]] Spans parseInline(QStringView text, const References& references = {});

} // namespace lavascope::markdown
