// SPDX-License-Identifier: MIT
#pragma once

#include "core/json/document.h"

#include <QByteArray>

#include <optional>

namespace lavascope {

/// Knows an event again that differs from an earlier one only in a plain string, and perhaps in another that
/// is there as padding. Nine of ten events of a long answer do; what such an event means is known without
/// reading it, but for that string.
class EventEcho {
public:
    /// Remembers an event, the string in it that may differ next time and another that may too, quotes
    /// included; an empty `padding` is none. They must not overlap.
    void learn(QByteArrayView data, ByteRange string, ByteRange padding);
    void forget() { m_head.clear(); }
    /// The text between the quotes if this is such an event: valid UTF-8 without escapes. It lies in `data`.
    [[nodiscard]] std::optional<QByteArrayView> heardIn(QByteArrayView data) const;

private:
    QByteArray m_head;   ///< up to and with the first string's first quote; empty: nothing learned
    QByteArray m_middle; ///< from its last quote to the second string's first one; empty: there is but one
    QByteArray m_tail;   ///< from the last string's last quote on
    bool m_paddingFirst = false;
};

} // namespace lavascope
