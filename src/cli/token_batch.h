// SPDX-License-Identifier: MIT
#pragma once

#include "cli/terminal.h"

#include <QByteArray>

namespace lavascope {

enum class BatchOutput { JsonLines, Csv, Summary, SummaryJson };

/// Inspects every credential found in a list, a table or a log, and writes one JSON line or CSV record for
/// each, or only the summary. The exit code: 0 if there are some and all are usable, else 1.
[[nodiscard]] int inspectBatch(Terminal& terminal, const QByteArray& text, BatchOutput output);

} // namespace lavascope
