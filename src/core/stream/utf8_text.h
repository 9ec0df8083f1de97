// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace lavascope {

/// Text from UTF-8 that is still arriving: the same text at any cut, also where bytes are no UTF-8.
/// (QStringDecoder keeps state too, but replaces bad bytes differently from browsers, and when they are cut.)
class Utf8Text {
public:
    /// The text of what is whole by now.
    [[nodiscard]] QString take(QByteArrayView bytes);
    /// The text of what stayed half.
    [[nodiscard]] QString finish();

private:
    QByteArray m_pending; ///< begins a character that is not whole yet
    bool m_atBegin = true;
};

} // namespace lavascope
