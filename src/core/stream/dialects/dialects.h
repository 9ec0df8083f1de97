// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/dialect.h"

namespace lavascope {

// One line for each file beside this one; the registry says in which order they are asked.
extern const DialectKind anthropicMessages;
extern const DialectKind gemini;
extern const DialectKind openAiChat;
extern const DialectKind openAiResponses;

} // namespace lavascope
