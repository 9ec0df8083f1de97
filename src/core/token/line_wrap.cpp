// SPDX-License-Identifier: MIT
#include "core/token/line_wrap.h"

#include "core/token/base64.h"

#include <QByteArray>

#include <vector>

namespace lavascope {

namespace {

constexpr qsizetype bitsPerByte = 8;
constexpr qsizetype bitsPerCharacter = 6;
constexpr size_t mostPieces = 64; // tried of what may be a list of many tokens

enum class NextToken { Ends, IsPart };

bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool isEscape(QByteArrayView text, qsizetype at) {
    return text[at] == '\\' && at + 1 < text.size() && QByteArrayView("nrt\n").contains(text[at + 1]);
}

/// A run of base64 characters with up to two '=' behind it; ends where it began if there is none.
qsizetype endOfPiece(QByteArrayView text, qsizetype from) {
    qsizetype end = from;
    while (end < text.size() && base64Value(text[end]) >= 0)
        ++end;
    const qsizetype content = end;
    while (end > from && end < text.size() && text[end] == '=' && end - content < 2)
        ++end;
    return end;
}

/// Whether a piece may end there. A word of other text, such as `name:`, is no piece.
bool mayEndAt(QByteArrayView text, qsizetype end) {
    constexpr QByteArrayView closing = "\"'`&,;)}]>.";
    return end == text.size() || closing.contains(text[end]) || wrapLength(text, end) > 0;
}

struct Piece {
    qsizetype begin = 0;
    qsizetype end = 0;
    bool beginsLine = false; ///< a line end stands before it, not a blank alone
};

/// The pieces up to one that is no base64, or to what may be the next token of a list.
std::vector<Piece> piecesFrom(QByteArrayView text, qsizetype from, NextToken nextToken) {
    std::vector<Piece> pieces{{from, endOfPiece(text, from), true}};
    for (;;) {
        const qsizetype end = pieces.back().end;
        const qsizetype wrap = end > from && text[end - 1] != '=' ? wrapLength(text, end) : 0;
        const qsizetype begin = end + wrap;
        const qsizetype next = endOfPiece(text, begin);
        if (wrap == 0 || next == begin || !mayEndAt(text, next))
            return pieces;
        const bool isOver = nextToken == NextToken::Ends ? beginsLikeEncodedCredential(text.sliced(begin))
                                                         : pieces.size() == mostPieces;
        if (isOver)
            return pieces;
        const QByteArrayView between = text.sliced(end, wrap);
        const bool beginsLine = between.contains('\n') || between.contains("\\n");
        pieces.push_back({begin, next, beginsLine});
    }
}

QByteArray decoded(QByteArrayView text, const std::vector<Piece>& pieces) {
    QByteArray joined;
    for (const Piece& piece : pieces)
        joined += text.sliced(piece.begin, piece.end - piece.begin);
    return QByteArray::fromBase64(joined.replace('-', '+').replace('_', '/'));
}

/// Where the JSON object ends that the bytes begin with; -1 if they begin with none, or it does not end.
qsizetype endOfObject(QByteArrayView bytes) {
    qsizetype depth = 0;
    bool isInString = false;
    qsizetype at = 0;
    while (at < bytes.size() && isBlank(bytes[at]))
        ++at;
    if (at == bytes.size() || bytes[at] != '{')
        return -1;
    for (; at < bytes.size(); ++at) {
        const char c = bytes[at];
        if (isInString) {
            at += c == '\\' ? 1 : 0;
            isInString = c != '"';
        } else if (c == '"') {
            isInString = true;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if ((c == '}' || c == ']') && --depth == 0) {
            return at + 1;
        }
    }
    return -1;
}

/// Behind the piece in which the encoded object ends; -1 if it does not.
qsizetype endOfWhole(QByteArrayView text, const std::vector<Piece>& pieces) {
    const qsizetype object = endOfObject(decoded(text, pieces));
    qsizetype characters = (object * bitsPerByte + bitsPerCharacter - 1) / bitsPerCharacter;
    for (const Piece& piece : pieces) {
        characters -= piece.end - piece.begin;
        if (object >= 0 && characters <= 0)
            return piece.end;
    }
    return -1;
}

} // namespace

qsizetype wrapLength(QByteArrayView text, qsizetype at) {
    const qsizetype begin = at;
    bool isAtLineBegin = false;
    while (at < text.size()) {
        const bool isQuotation = isAtLineBegin && (text[at] == '>' || text[at] == '|');
        if (isBlank(text[at]) || isQuotation) {
            isAtLineBegin = isAtLineBegin || text[at] == '\n';
            ++at;
        } else if (isEscape(text, at)) {
            at += 2;
        } else {
            break;
        }
    }
    return at - begin;
}

WrappedToken wrappedTokenAt(QByteArrayView text, qsizetype from) {
    const std::vector<Piece> pieces = piecesFrom(text, from, NextToken::Ends);
    if (const qsizetype end = endOfWhole(text, pieces); end >= 0)
        return {end, true};
    // A line may begin as tokens do by chance, in the middle of one.
    if (const qsizetype end = endOfWhole(text, piecesFrom(text, from, NextToken::IsPart)); end >= 0)
        return {end, true};
    // Of a damaged one only line ends are known to be wraps.
    qsizetype end = pieces.front().end;
    for (const Piece& piece : pieces) {
        if (!piece.beginsLine)
            break;
        end = piece.end;
    }
    return {end, false};
}

} // namespace lavascope
