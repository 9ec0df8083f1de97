// SPDX-License-Identifier: MIT
#pragma once

#include "gui/models/body_lines.h"
#include "gui/models/body_row_text.h"

#include <QCache>
#include <QTextLayout>

namespace lavascope {

/// One line of a body on the screen: its row is wrapped into one or more of them.
struct BodySpot {
    BodyRow row;
    int line = 0; ///< in the row, from 0
};

/// Lays out the rows of a body that are in sight or near it; no others.
class BodyLayout {
public:
    /// What a row looks like.
    struct Look {
        QFont font;
        int width = 0;      ///< of a line, in pixels
        int lineHeight = 0; ///< of each, in pixels
        QColor warning;
        QColor quiet;

        friend bool operator==(const Look&, const Look&) = default;
    };
    /// A row, ready to be drawn.
    struct Row {
        qint64 end = 0;
        BodyRowText text;
        QTextLayout layout;
    };

    void setLook(const Look& look);
    /// Null: none. It must outlive its use here.
    void setChunks(const BodyLines::Chunks* chunks);
    bool grow(qint64 bytes) { return m_lines.grow(*m_chunks, bytes); }

    [[nodiscard]] const BodyLines& lines() const { return m_lines; }
    [[nodiscard]] QByteArray bytes(qint64 begin, qint64 end) const;
    [[nodiscard]] std::vector<BodyRow> rows(qint64 first, qint64 count) const;
    /// Valid until the next row is asked for.
    [[nodiscard]] const Row& row(const BodyRow& row) const;

    [[nodiscard]] BodySpot spotAt(qint64 byte) const;
    /// That many lines further down, or up; no further than the first or the last one.
    [[nodiscard]] BodySpot moved(const BodySpot& spot, int lines) const;
    [[nodiscard]] qint64 beginOf(const BodySpot& spot) const;
    /// The last place in the line where the cursor can stand.
    [[nodiscard]] qint64 endOf(const BodySpot& spot) const;
    /// The character that is nearest to this place in the line.
    [[nodiscard]] qint64 byteAt(const BodySpot& spot, qreal x) const;
    [[nodiscard]] qreal placeOf(const BodySpot& spot, qint64 byte) const;
    /// Where the character after the one at this byte begins, or the one before.
    [[nodiscard]] qint64 nextCharacter(qint64 byte) const;
    [[nodiscard]] qint64 previousCharacter(qint64 byte) const;

private:
    [[nodiscard]] Row* newRow(const BodyRow& row) const;
    [[nodiscard]] int lineCount(const BodyRow& row) const { return this->row(row).layout.lineCount(); }

    Look m_look;
    const BodyLines::Chunks* m_chunks = nullptr;
    BodyLines m_lines;
    static constexpr int charactersKept = 200'000;      ///< laid out, in all rows together
    mutable QCache<qint64, Row> m_rows{charactersKept}; ///< by their begin
};

} // namespace lavascope
