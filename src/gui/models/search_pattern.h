// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QRegularExpression>

namespace lavascope {

/// A text or a regular expression to look for; neither tells capital from small letters. One without text
/// finds nothing.
class SearchPattern {
public:
    SearchPattern() = default;
    [[nodiscard]] static SearchPattern holding(const QString& text);
    /// `^` and `$` are ends of lines. Errors: `regex_invalid` with the offset in the pattern.
    [[nodiscard]] static Result<SearchPattern> matching(const QString& pattern);

    [[nodiscard]] bool isEmpty() const { return m_expression.pattern().isEmpty(); }
    [[nodiscard]] const QRegularExpression& expression() const { return m_expression; }
    /// The text in small letters if it is a text of ASCII alone, so that bytes can be compared with it.
    [[nodiscard]] const QByteArray& ascii() const { return m_ascii; }

private:
    explicit SearchPattern(QRegularExpression expression)
        : m_expression(std::move(expression)) {}

    QRegularExpression m_expression;
    QByteArray m_ascii;
};

} // namespace lavascope
