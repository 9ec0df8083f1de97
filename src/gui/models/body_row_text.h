// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <vector>

namespace lavascope {

/// A row of a body as text to draw: what cannot be seen or deceives, and what is no UTF-8, as chips. Knows
/// which byte each of its characters stands for.
class BodyRowText {
public:
    struct Chip {
        enum class Kind {
            Warning,   ///< a character that deceives, or a byte that is none: `<U+202E>`, `<FF>`
            EndOfLine, ///< the return before a line feed
        };
        Kind kind = Kind::Warning;
        int begin = 0; ///< in the text, in UTF-16 units
        int length = 0;
    };

    BodyRowText() = default;
    /// `endsLine`: a line feed follows.
    BodyRowText(QByteArrayView bytes, bool endsLine);

    [[nodiscard]] const QString& text() const { return m_text; }
    [[nodiscard]] const std::vector<Chip>& chips() const { return m_chips; } ///< in the order of the text
    /// Byte of the row that the character at this place begins with; the row's size behind the last one.
    [[nodiscard]] int byteAt(int place) const { return m_bytes[size_t(place)]; }
    /// Place of the first character that begins at this byte or after it.
    [[nodiscard]] int placeOf(qint64 byte) const;

private:
    void add(QStringView text, int byte);
    void addChip(Chip::Kind kind, const QString& text, int byte);

    QString m_text;
    std::vector<Chip> m_chips;
    std::vector<int> m_bytes{0}; ///< one for each UTF-16 unit, and the end
};

} // namespace lavascope
