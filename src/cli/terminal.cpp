// SPDX-License-Identifier: MIT
#include "cli/terminal.h"

#include "core/base/visible_text.h"

namespace lavascope {

namespace {

/// The same JSON with every character that could deceive a reader or steer a terminal as `\uXXXX`. Outside of
/// strings JSON has no such character, so no string has to be recognised.
QByteArray withEscapes(QByteArrayView document) {
    const QString text = QString::fromUtf8(document);
    QString out;
    out.reserve(text.size());
    for (const QChar unit : text) {
        // Surrogates too: two of them make the tag characters, which draw nothing.
        if (unit.isSurrogate() || isDeceptive(unit.unicode()))
            out += QStringLiteral("\\u%1").arg(uint(unit.unicode()), 4, 16, QLatin1Char('0'));
        else
            out += unit;
    }
    return out.toUtf8();
}

/// A line in a colour, if it has one and colours are allowed. What it says was made harmless before.
QByteArray inked(const QByteArray& line, Ink ink, bool allowed) {
    if (ink == Ink::Plain || !allowed)
        return line;
    return startOf(ink).toByteArray() + line + endOfInk.toByteArray();
}

} // namespace

Result<QByteArray> Terminal::read() {
    constexpr qsizetype largestPiece = 64 * 1024;
    QByteArray piece(largestPiece, Qt::Uninitialized);
    const qint64 count = m_in.read(piece.data(), piece.size());
    if (count < 0)
        return fail(QStringLiteral("stdin_unreadable"),
                    QStringLiteral("Standard input could not be read: %1.").arg(m_in.errorString()));
    piece.truncate(count);
    return piece;
}

void Terminal::print(QStringView text) {
    writeBytes(m_outIsTty ? forTerminal(text).toUtf8() : text.toUtf8());
}

void Terminal::printLine(QStringView text, Ink ink) {
    const QByteArray line = m_outIsTty ? forTerminal(text).toUtf8() : text.toUtf8();
    writeBytes(inked(line, ink, m_outHasColours));
    writeBytes("\n");
}

void Terminal::writeBytes(QByteArrayView bytes) {
    while (m_outIsOpen && !bytes.isEmpty()) {
        const qint64 written = m_out.write(bytes.data(), bytes.size());
        m_outIsOpen = written > 0;
        bytes = bytes.sliced(qMax<qint64>(0, written));
    }
}

void Terminal::writeJson(QByteArrayView document) {
    writeBytes((m_outIsTty ? withEscapes(document) : document.toByteArray()) + '\n');
}

void Terminal::writeJsonLines(QByteArrayView documents) {
    writeBytes(m_outIsTty ? withEscapes(documents) : documents.toByteArray());
}

void Terminal::note(QStringView text, Ink ink) {
    const QByteArray line = (m_errIsTty ? forTerminal(text) : text.toString()).toUtf8();
    m_err.write(inked(line, ink, m_errHasColours) + '\n');
}

} // namespace lavascope
