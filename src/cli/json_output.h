// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/headers.h"
#include "core/diagnosis/answer_json.h"
#include "core/json/writer.h"
#include "core/request/forward_url.h"
#include "core/token/inspect_token.h"

#include <functional>

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
/// An object; fields of the same name are joined by ", ".
void writeHeaders(json::Writer& writer, const Headers& headers);

} // namespace lavascope
