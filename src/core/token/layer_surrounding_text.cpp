// SPDX-License-Identifier: MIT
#include "core/token/base64.h"
#include "core/token/credential.h"
#include "core/token/layers.h"
#include "core/token/line_wrap.h"

#include <algorithm>

namespace lavascope {

namespace {

// Shorter ones are words about credentials, such as `aks_test_`.
constexpr qsizetype shortestCredential = 12;

bool isWordCharacter(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-';
}

bool isCredentialCharacter(char c) {
    return isWordCharacter(c) || c == '+' || c == '/' || c == '.' || c == '%' || c == '*';
}

// One word behind a key, and nothing else, may be the rest of it: then the blank is the key's fault.
bool isLoneWord(QByteArrayView rest) {
    const QByteArrayView word = rest.trimmed();
    return std::all_of(word.begin(), word.end(), isWordCharacter);
}

// The same of a token: its blanks may have been plus signs.
bool isOnlyBase64(QByteArrayView rest) {
    return std::all_of(rest.begin(), rest.end(),
                       [](char c) { return base64Value(c) >= 0 || c == '=' || c == ' '; });
}

// Whether what follows a credential that comes first is other text. Another character than these may stand
// inside a credential, and is then its fault.
bool otherTextFollows(QByteArrayView text, const FoundCredential& found) {
    constexpr QByteArrayView closing = "\"'`&,;)}]>";
    if (closing.contains(text[found.end]))
        return true;
    const QByteArrayView rest = text.sliced(found.end);
    if (wrapLength(text, found.end) == 0)
        return false;
    if (found.isToken)
        return found.isWhole || !isOnlyBase64(rest);
    return !isLoneWord(rest);
}

qsizetype endOfCredential(QByteArrayView text, qsizetype from) {
    const auto* last = std::find_if_not(text.begin() + from, text.end(), isCredentialCharacter);
    while (last != text.begin() + from && *(last - 1) == '.')
        --last; // the end of a sentence
    while (last != text.end() && *last == '=')
        ++last;
    return last - text.begin();
}

// The first credential of Lava's, else the first one of a provider's.
std::optional<FoundCredential> placeOfCredential(QByteArrayView text) {
    std::optional<FoundCredential> ofProvider;
    for (auto found = nextCredential(text, 0); found; found = nextCredential(text, found->end)) {
        if (!found->isProviders)
            return found;
        if (!ofProvider)
            ofProvider = found;
    }
    return ofProvider;
}

} // namespace

std::optional<FoundCredential> nextCredential(QByteArrayView text, qsizetype from) {
    for (qsizetype at = from; at < text.size(); ++at) {
        if (!isWordCharacter(text[at]) || (at > 0 && isWordCharacter(text[at - 1])))
            continue;
        const QByteArrayView rest = text.sliced(at);
        // The whole rest would be looked through at every word.
        constexpr qsizetype longestPrefix = 16;
        const CredentialKind kind = kindByPrefix(rest.first(qMin(rest.size(), longestPrefix)));
        const bool isToken = beginsLikeEncodedCredential(rest);
        if (!isToken && kind == CredentialKind::Unknown)
            continue;
        FoundCredential found{at, endOfCredential(text, at), !isToken && kind == CredentialKind::ProviderKey};
        if (found.end - at < shortestCredential)
            continue;
        if (isToken && isBase64Text(text.sliced(at, found.end - at))) {
            const WrappedToken token = wrappedTokenAt(text, at);
            found.isToken = true;
            found.isWhole = token.isWhole;
            found.end = token.isWhole ? token.end : std::max(found.end, token.end);
        }
        return found;
    }
    return std::nullopt;
}

Layer takeSurroundingText(const SourcedText& text) {
    const QByteArrayView bytes = text.bytes();
    const std::optional<FoundCredential> place = placeOfCredential(bytes);
    if (!place || (place->begin == 0 && place->end == bytes.size()))
        return std::nullopt;
    if (place->begin == 0 && !otherTextFollows(bytes, *place))
        return std::nullopt;
    const ByteRange where =
        place->begin > 0 ? text.sourceRange(0, place->begin) : text.sourceRange(place->end, bytes.size());
    return Taken{text.sliced(place->begin, place->end - place->begin), where};
}

} // namespace lavascope
