// SPDX-License-Identifier: MIT
#include "core/token/needle_index.h"

namespace lavascope {

namespace {

quint16 pairAt(QByteArrayView bytes, qsizetype at) {
    return quint16(uchar(bytes[at]) << 8 | uchar(bytes[at + 1]));
}

} // namespace

void NeedleIndex::add(const QByteArray& needle, int number) {
    Q_ASSERT(needle.size() >= 2);
    const quint16 pair = pairAt(needle, 0);
    m_begins[pair] = true;
    m_needles[pair].push_back({needle, number});
}

void NeedleIndex::find(QByteArrayView bytes, const Hit& hit) const {
    for (qsizetype at = 0; at + 1 < bytes.size(); ++at) {
        const quint16 pair = pairAt(bytes, at);
        if (!m_begins[pair])
            continue;
        const auto needles = m_needles.constFind(pair);
        for (const Needle& needle : *needles)
            if (bytes.sliced(at).startsWith(needle.text))
                hit(needle.number, at);
    }
}

} // namespace lavascope
