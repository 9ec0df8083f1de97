// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/result.h"

#include <QRegularExpression>

namespace lavascope {

struct StreamEvent;

/// Which events a table shows: all of them, or those whose name or data hold a text or match a pattern.
/// Neither tells capital from small letters.
class EventFilter {
public:
    EventFilter() = default; ///< all
    [[nodiscard]] static EventFilter holding(const QString& text);
    /// Errors: `regex_invalid` with the offset in the pattern.
    [[nodiscard]] static Result<EventFilter> matching(const QString& pattern);

    [[nodiscard]] bool acceptsAll() const { return m_pattern.pattern().isEmpty(); }
    [[nodiscard]] bool accepts(const StreamEvent& event) const;

private:
    explicit EventFilter(QRegularExpression pattern)
        : m_pattern(std::move(pattern)) {}

    QRegularExpression m_pattern;
};

} // namespace lavascope
