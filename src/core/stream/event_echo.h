// SPDX-License-Identifier: MIT
#pragma once

#include "core/json/document.h"

#include <QByteArray>

#include <optional>

namespace lavascope {

/// Knows an event again that differs from an earlier one in a single plain string. Nine of ten events of a
/// long answer do; what such an event means is known without reading it, but for that string.
class EventEcho {
public:
    /// Remembers an event and the string in it, quotes included, that may differ next time.
    void learn(QByteArrayView data, ByteRange string);
    void forget() { m_head.clear(); }
    /// The text between the quotes if this is such an event: valid UTF-8 without escapes. It lies in `data`.
    [[nodiscard]] std::optional<QByteArrayView> heardIn(QByteArrayView data) const;

private:
    QByteArray m_head; ///< up to and with the string's first quote; empty: nothing learned
    QByteArray m_tail; ///< from its last quote on
};

} // namespace lavascope
