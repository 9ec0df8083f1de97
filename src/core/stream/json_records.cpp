// SPDX-License-Identifier: MIT
#include "core/stream/json_records.h"

namespace lavascope {

namespace {

constexpr char recordSeparator = '\x1E';
constexpr QByteArrayView byteOrderMark("\xEF\xBB\xBF", 3);
// A buffer that one huge record has blown up is given back instead of being kept.
constexpr qsizetype keptCapacity = 1 << 20;

bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == recordSeparator;
}

} // namespace

JsonRecords::JsonRecords(Layout layout)
    : m_layout(layout) {}

void JsonRecords::feed(QByteArrayView bytes, const Sink& sink) {
    const char* const end = bytes.end();
    // The part of the record at hand that lies in these bytes is copied in one go.
    const char* from = bytes.begin();
    for (const char* at = bytes.begin(); at != end; ++at, ++m_offset) {
        Step done = step(*at);
        if (done == Step::EndsBefore) {
            m_record.append(QByteArrayView(from, at));
            emit(true, sink);
            from = at;
            done = step(*at);
        }
        switch (done) {
        case Step::EndsWith:
            m_record.append(QByteArrayView(from, at + 1));
            ++m_offset;
            emit(true, sink);
            --m_offset;
            from = at + 1;
            break;
        case Step::Begins:
            m_begin = m_offset;
            from = at;
            break;
        case Step::Skip:
            from = at + 1;
            break;
        case Step::Goes:
        case Step::EndsBefore:
            break;
        }
    }
    m_record.append(QByteArrayView(from, end));
}

void JsonRecords::finish(const Sink& sink) {
    if (m_state != State::Between)
        emit(m_state == State::Bare, sink);
}

JsonRecords::Step JsonRecords::step(char c) {
    const Step done = m_state == State::Between                                            ? between(c)
                      : m_state == State::Container                                        ? inContainer(c)
                      : c == '\n' || (m_layout == Layout::Array && (c == ',' || c == ']')) ? Step::EndsBefore
                                                                                           : Step::Goes;
    m_atLineStart = c == '\n';
    return done;
}

JsonRecords::Step JsonRecords::between(char c) {
    if (isBlank(c) || (m_offset < byteOrderMark.size() && c == byteOrderMark[m_offset]))
        return Step::Skip;
    if (m_layout == Layout::Array && !m_arrayClosed) {
        if (!m_arrayOpen && c == '[') {
            m_arrayOpen = true;
            return Step::Skip;
        }
        if (c == ',')
            return Step::Skip;
        if (c == ']') {
            m_arrayClosed = true;
            return Step::Skip;
        }
    }
    m_depth = c == '{' || c == '[' ? 1 : 0;
    m_state = m_depth > 0 ? State::Container : State::Bare;
    m_inString = m_escaped = false;
    return Step::Begins;
}

JsonRecords::Step JsonRecords::inContainer(char c) {
    if (m_layout == Layout::Lines && ((c == '{' && m_atLineStart) || c == recordSeparator))
        return Step::EndsBefore;
    if (m_inString) {
        // No JSON string holds a line end: this record was cut.
        if (c == '\n' && m_layout == Layout::Lines)
            return Step::EndsBefore;
        if (m_escaped)
            m_escaped = false;
        else if (c == '\\')
            m_escaped = true;
        else if (c == '"')
            m_inString = false;
        return Step::Goes;
    }
    if (c == '"')
        m_inString = true;
    else if (c == '{' || c == '[')
        ++m_depth;
    else if ((c == '}' || c == ']') && --m_depth == 0)
        return Step::EndsWith;
    return Step::Goes;
}

void JsonRecords::emit(bool terminated, const Sink& sink) {
    SseItem item;
    item.type = "message";
    item.data = m_record;
    while (item.data.endsWith('\r') || item.data.endsWith('\n'))
        item.data.chop(1);
    item.begin = m_begin;
    item.end = m_offset;
    item.terminated = terminated;
    sink(item);
    m_state = State::Between;
    if (m_record.capacity() > keptCapacity)
        m_record = QByteArray();
    else
        m_record.resize(0);
}

} // namespace lavascope
