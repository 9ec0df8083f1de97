// SPDX-License-Identifier: MIT
#include "core/token/base64.h"
#include "core/token/credential.h"
#include "core/token/layers.h"

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

// Whether what follows a credential that comes first is other text. A blank or another character may stand
// inside a credential, and is then its fault.
bool otherTextFollows(QByteArrayView text, qsizetype end) {
    constexpr QByteArrayView closing = "\"'`&,;)}]>";
    return closing.contains(text[end]);
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
        const qsizetype end = endOfCredential(text, at);
        if (end - at >= shortestCredential)
            return FoundCredential{at, end, !isToken && kind == CredentialKind::ProviderKey};
    }
    return std::nullopt;
}

Layer takeSurroundingText(const SourcedText& text) {
    const QByteArrayView bytes = text.bytes();
    const std::optional<FoundCredential> place = placeOfCredential(bytes);
    if (!place || (place->begin == 0 && place->end == bytes.size()))
        return std::nullopt;
    if (place->begin == 0 && !otherTextFollows(bytes, place->end))
        return std::nullopt;
    const ByteRange where =
        place->begin > 0 ? text.sourceRange(0, place->begin) : text.sourceRange(place->end, bytes.size());
    return Taken{text.sliced(place->begin, place->end - place->begin), where};
}

} // namespace lavascope
