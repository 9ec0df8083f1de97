// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/stream_reader.h"
#include "gui/models/byte_search.h"

#include <optional>

namespace lavascope {

/// Which events a table shows: all of them, those of one type, and of these those whose name or data hold a
/// text or match a pattern.
class EventFilter {
public:
    EventFilter() = default; ///< all
    EventFilter(SearchPattern pattern, std::optional<EventType> type)
        : m_search(std::move(pattern))
        , m_type(std::move(type)) {}

    [[nodiscard]] bool acceptsAll() const { return m_search.pattern().isEmpty() && !m_type; }

    enum class Answer { No, Yes, NotYet };
    /// Looks at no more than a megabyte of an event's data, from `at` on. Until the answer is not NotYet it
    /// is to be asked again; `at` has gone on then, and is 0 again in the end.
    [[nodiscard]] Answer accepts(const StreamReader& reader, qsizetype event, qsizetype& at) const;

private:
    ByteSearch m_search;
    std::optional<EventType> m_type;
};

} // namespace lavascope
