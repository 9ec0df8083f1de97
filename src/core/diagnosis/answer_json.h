// SPDX-License-Identifier: MIT
#pragma once

#include "core/diagnosis/diagnosis.h"
#include "core/json/writer.h"
#include "core/stream/stream_reader.h"

#include <optional>

namespace lavascope {

// The JSON of an answer, version 1, as `replay --json` prints it and the window saves it: keys stay, new ones
// may be added. docs/streams.md describes them.

void writeDiagnosis(json::Writer& writer, const Diagnosis& diagnosis);
/// Whether the answer itself speaks of a failure: by its status, or inside. (A cut stream does not.)
[[nodiscard]] bool reportsError(const Attempt& attempt, const Transcript& transcript);
/// `error` is what a reported failure was diagnosed as. `timed`: the arrival times are real ones.
void writeTranscript(json::Writer& writer, const StreamReader& reader, const std::optional<Diagnosis>& error,
                     bool timed);

} // namespace lavascope
