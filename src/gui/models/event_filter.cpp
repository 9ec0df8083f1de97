// SPDX-License-Identifier: MIT
#include "gui/models/event_filter.h"

#include "core/stream/stream_reader.h"

namespace lavascope {

EventFilter EventFilter::holding(const QString& text) {
    return EventFilter(
        QRegularExpression(QRegularExpression::escape(text), QRegularExpression::CaseInsensitiveOption));
}

Result<EventFilter> EventFilter::matching(const QString& pattern) {
    QRegularExpression expression(pattern, QRegularExpression::CaseInsensitiveOption);
    if (!expression.isValid())
        return fail(QStringLiteral("regex_invalid"), expression.errorString(), {},
                    expression.patternErrorOffset());
    return EventFilter(std::move(expression));
}

bool EventFilter::accepts(const StreamEvent& event) const {
    return acceptsAll() || m_pattern.match(event.name).hasMatch() ||
           m_pattern.match(QString::fromUtf8(event.data)).hasMatch();
}

} // namespace lavascope
