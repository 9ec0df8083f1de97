// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/assembler.h"

namespace lavascope {

/// Says what Azure's content filter found in a choice, or that it failed; what it found harmless is not said.
void takeFilterResults(const json::View& choice, Assembler& out);
/// The same for the prompt, from the event that brings it.
void takePromptFilterResults(const json::View& payload, Assembler& out);

} // namespace lavascope
