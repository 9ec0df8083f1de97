// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/headers.h"
#include "core/diagnosis/diagnosis.h"
#include "core/json/writer.h"
#include "core/request/forward_url.h"
#include "core/stream/stream_reader.h"
#include "core/token/inspect_token.h"

#include <functional>
#include <optional>

namespace lavascope {

// The JSON documents of the command line, version 1: keys stay, new ones may be added.

/// One object: `name`, `state`, `value`, `masked`, `fingerprint`, on request `revealed`; no `name` where it
/// has none.
void writeTokenField(json::Writer& writer, const TokenFieldReport& field, bool reveal);
/// `more` may write further members at the end.
void writeTokenReport(
    json::Writer& writer, const TokenReport& report, bool reveal,
    const std::function<void(json::Writer&)>& more = [](json::Writer&) {});
void writeUrlReport(json::Writer& writer, const ForwardUrlReport& report);
void writeDiagnosis(json::Writer& writer, const Diagnosis& diagnosis);
/// Whether the answer itself speaks of a failure: by its status, or inside. (A cut stream does not.)
[[nodiscard]] bool reportsError(const Attempt& attempt, const Transcript& transcript);
/// `error` is what a reported failure was diagnosed as. `timed`: the arrival times are real ones.
void writeTranscript(json::Writer& writer, const StreamReader& reader, const std::optional<Diagnosis>& error,
                     bool timed);
/// An object; fields of the same name are joined by ", ".
void writeHeaders(json::Writer& writer, const Headers& headers);

} // namespace lavascope
