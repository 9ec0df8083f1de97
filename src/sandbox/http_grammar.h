// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <algorithm>

namespace lavascope {

/// `tchar` of RFC 9110: what methods and field names are made of.
[[nodiscard]] constexpr bool isTokenChar(char c) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
        return true;
    }
    return c != '\0' && QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

[[nodiscard]] inline bool isHttpToken(QByteArrayView text) {
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenChar);
}

/// Field values hold visible characters, blanks, tabs and bytes above 127; no other control.
[[nodiscard]] constexpr bool isFieldValueChar(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
}

[[nodiscard]] inline bool isFieldValue(QByteArrayView text) {
    return std::all_of(text.begin(), text.end(), isFieldValueChar);
}

/// Without the blanks and tabs around it.
[[nodiscard]] inline QByteArrayView withoutBlanks(QByteArrayView text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.isEmpty() && blank(text.front())) {
        text = text.sliced(1);
    }
    while (!text.isEmpty() && blank(text.back())) {
        text.chop(1);
    }
    return text;
}

/// ASCII letters compare without case.
[[nodiscard]] inline bool sameWord(QByteArrayView a, QByteArrayView b) {
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

} // namespace lavascope
