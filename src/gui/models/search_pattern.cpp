// SPDX-License-Identifier: MIT
#include "gui/models/search_pattern.h"

#include <algorithm>

namespace lavascope {

SearchPattern SearchPattern::holding(const QString& text) {
    SearchPattern pattern(
        QRegularExpression(QRegularExpression::escape(text), QRegularExpression::CaseInsensitiveOption));
    if (std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x80; }))
        pattern.m_ascii = text.toLatin1().toLower();
    return pattern;
}

Result<SearchPattern> SearchPattern::matching(const QString& pattern) {
    QRegularExpression expression(pattern, QRegularExpression::CaseInsensitiveOption |
                                               QRegularExpression::MultilineOption);
    if (!expression.isValid())
        return fail(QStringLiteral("regex_invalid"), expression.errorString(), {},
                    expression.patternErrorOffset());
    return SearchPattern(std::move(expression));
}

} // namespace lavascope
