// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/sourced_text.h"

#include <optional>

namespace lavascope {

/// What a layer leaves, and where in the source it was.
struct Taken {
    SourcedText rest;
    ByteRange where;
};
using Layer = std::optional<Taken>; ///< nothing: the text has no such layer

// One function per layer; each takes one layer off, once. To know another one, write it and add a line to the
// table in peel.cpp.

// What stands around a credential.
[[nodiscard]] Layer takeUtf16(const SourcedText& text);
[[nodiscard]] Layer takeByteOrderMark(const SourcedText& text);
[[nodiscard]] Layer takeSurroundingBlanks(const SourcedText& text);
[[nodiscard]] Layer takeHeaderName(const SourcedText& text); ///< `-H 'Authorization: …`, `"x-api-key": …`
[[nodiscard]] Layer takeBearer(const SourcedText& text);
[[nodiscard]] Layer takeAssignment(const SourcedText& text); ///< `export NAME=…`, `name: …`, `$env:NAME = …`
[[nodiscard]] Layer takePunctuation(const SourcedText& text);
[[nodiscard]] Layer takeQuotes(const SourcedText& text); ///< also half a pair, as careless copying leaves it
[[nodiscard]] Layer
takeSurroundingText(const SourcedText& text); ///< a whole command, log line or message with one in it

/// A credential that stands in a longer text.
struct FoundCredential {
    qsizetype begin = 0;
    qsizetype end = 0;
    bool isProviders = false; ///< a provider's own key, not one of Lava's
    bool isToken = false;     ///< base64, perhaps in several lines
    bool isWhole = false;     ///< of a token: the object in it ends where it ends
};
/// The next one from there on, by its beginning alone: prefix of a key or base64 of a credential.
[[nodiscard]] std::optional<FoundCredential> nextCredential(QByteArrayView text, qsizetype from);

// What stands between its characters, or instead of them.
[[nodiscard]] Layer takeNoBreakSpaces(const SourcedText& text); ///< they become blanks
[[nodiscard]] Layer takeInvisibleCharacters(const SourcedText& text);
/// Letters and dashes of other scripts, where what is left in ASCII is a credential.
[[nodiscard]] Layer takeLookalikeCharacters(const SourcedText& text);
[[nodiscard]] Layer
takeBackslashEscapes(const SourcedText& text); ///< `\n`, `\/`, `\"` out of a log or a JSON text
[[nodiscard]] Layer takePercentCodes(const SourcedText& text);
[[nodiscard]] Layer takeLostPlusSigns(const SourcedText& text); ///< blanks that a URL made of `+`
[[nodiscard]] Layer takeLineWraps(const SourcedText& text);
[[nodiscard]] Layer takeUrlAlphabet(const SourcedText& text);
[[nodiscard]] Layer takeMissingPadding(const SourcedText& text);
[[nodiscard]] Layer takeExtraPadding(const SourcedText& text);

} // namespace lavascope
