// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/dialect.h"

namespace lavascope {

// One line for each file beside this one; the registry says in which order they are asked.
extern const DialectKind anthropicMessages;
extern const DialectKind bedrockConverse;
extern const DialectKind cohereChat;
extern const DialectKind cohereV1;
extern const DialectKind elevenLabs;
extern const DialectKind embeddings;
extern const DialectKind gemini;
extern const DialectKind geminiInteractions;
extern const DialectKind mistralConversations;
extern const DialectKind ollama;
extern const DialectKind openAiChat;
extern const DialectKind openAiMedia;
extern const DialectKind openAiResponses;
extern const DialectKind workersAi;

} // namespace lavascope
