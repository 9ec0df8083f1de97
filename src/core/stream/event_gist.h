// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/stream_reader.h"

namespace lavascope {

/// What one event adds to the answer, in a few words for one line of a list: its text in quotes, its
/// reasoning, refusal, tool call, stop reason, usage or error. Empty where the event, read alone, adds
/// nothing that is known; then its data is what there is to show. `dialect` is the name in the transcript.
[[nodiscard]] QString eventGist(const StreamEvent& event, const QString& dialect);

} // namespace lavascope
