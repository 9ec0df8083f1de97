// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/page_source.h"

#include <QByteArrayView>

#include <algorithm>
#include <memory>
#include <vector>

namespace lavascope {

/// Bytes that are only ever added, each stretch in one piece, in memory that a source gives.
class ByteStore {
public:
    struct Place {
        quint32 page = 0;
        quint32 offset = 0; ///< a multiple of `unit`
    };
    static constexpr qsizetype pageBytes = qsizetype(1) << 18;
    static constexpr qsizetype unit = 8;

    explicit ByteStore(std::shared_ptr<PageSource> source)
        : m_source(std::move(source)) {}

    [[nodiscard]] Place add(QByteArrayView bytes) {
        if (bytes.isEmpty())
            return {};
        if (m_pages.empty() || m_used + bytes.size() > pageBytes)
            addPagesFor(bytes.size());
        const Place place{quint32(m_pages.size() - m_lastPages), quint32(m_used)};
        std::copy(bytes.begin(), bytes.end(), m_pages[place.page] + place.offset);
        const qsizetype after = m_used + bytes.size();
        m_used = std::min((after + unit - 1) / unit * unit, pageBytes);
        return place;
    }
    [[nodiscard]] QByteArrayView at(Place place, qsizetype size) const {
        return size == 0 ? QByteArrayView("") : QByteArrayView(m_pages[place.page] + place.offset, size);
    }

private:
    // What is longer than a page takes several that lie side by side, so that a page's number tells an
    // address.
    void addPagesFor(qsizetype size) {
        const qsizetype count = std::max<qsizetype>((size + pageBytes - 1) / pageBytes, 1);
        char* const begin = m_source->newPage(count * pageBytes);
        for (qsizetype i = 0; i < count; ++i)
            m_pages.push_back(begin + i * pageBytes);
        m_lastPages = size_t(count);
        m_used = 0;
    }

    std::shared_ptr<PageSource> m_source;
    std::vector<char*> m_pages;
    size_t m_lastPages = 1; ///< of the stretch that was added last with pages of its own
    qsizetype m_used = 0;   ///< of the first of them
};

} // namespace lavascope
