// SPDX-License-Identifier: MIT
#pragma once

#include "core/json/document.h"
#include "sandbox/builtin/question.h"

#include <optional>

namespace lavascope {

/// The tool that an answer calls, with arguments made up from its schema: the one that the request forces, or
/// the one whose name stands in the prompt, or the first if the prompt speaks of a tool or function. None
/// after a tool's answer.
[[nodiscard]] std::optional<Question::Tool> chosenTool(const Question& question, const json::View& root);

} // namespace lavascope
