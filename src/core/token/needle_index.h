// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QHash>

#include <functional>
#include <vector>

namespace lavascope {

/// Finds any number of short texts in one pass over the bytes.
class NeedleIndex {
public:
    /// Adds a text of at least two bytes and the number that stands for it.
    void add(const QByteArray& needle, int number);

    using Hit = std::function<void(int number, qsizetype at)>;
    /// Tells every occurrence, overlapping ones too, in the order of their places.
    void find(QByteArrayView bytes, const Hit& hit) const;

private:
    struct Needle {
        QByteArray text;
        int number = 0;
    };

    /// By the first two bytes; most bytes of any text begin no needle.
    std::vector<bool> m_begins = std::vector<bool>(0x10000);
    QHash<quint16, std::vector<Needle>> m_needles;
};

} // namespace lavascope
