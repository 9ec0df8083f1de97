// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <algorithm>
#include <vector>

namespace lavascope::json {

/// Bytes that are written at the end only, mostly a few at a time. Room is made ahead, so that a short word
/// costs no call.
class GrowingBytes {
public:
    /// Room for so many bytes behind the last one; take() says how many of them were used.
    [[nodiscard]] char* room(size_t wanted) {
        if (m_room.size() - m_size < wanted)
            m_room.resize(std::max(m_room.size() * 2, m_size + wanted));
        return m_room.data() + m_size;
    }
    void take(size_t count) { m_size += count; }

    void put(char byte) {
        *room(1) = byte;
        take(1);
    }
    void put(QByteArrayView bytes) {
        std::copy(bytes.begin(), bytes.end(), room(size_t(bytes.size())));
        take(size_t(bytes.size()));
    }

    [[nodiscard]] QByteArray bytes() const { return view().toByteArray(); }
    /// Valid until something is put or cleared.
    [[nodiscard]] QByteArrayView view() const { return {m_room.data(), qsizetype(m_size)}; }
    void clear() { m_size = 0; }

private:
    std::vector<char> m_room;
    size_t m_size = 0;
};

} // namespace lavascope::json
