// SPDX-License-Identifier: MIT
#include "core/base/csv.h"

#include "core/base/visible_text.h"

namespace lavascope {

bool CsvReader::atLineEnd() const {
    return m_at >= m_text.size() || m_text[m_at] == '\n' || m_text[m_at] == '\r';
}

void CsvReader::skipLineEnd() {
    if (m_at < m_text.size() && m_text[m_at] == '\r')
        ++m_at;
    if (m_at < m_text.size() && m_text[m_at] == '\n')
        ++m_at;
    ++m_line;
}

CsvCell CsvReader::readCell() {
    CsvCell cell;
    cell.offset = m_at;
    if (m_at < m_text.size() && m_text[m_at] == '"') {
        ++m_at;
        while (m_at < m_text.size()) {
            const char c = m_text[m_at++];
            const bool isDoubled = c == '"' && m_at < m_text.size() && m_text[m_at] == '"';
            if (c == '"' && !isDoubled)
                break;
            m_at += isDoubled ? 1 : 0;
            m_line += c == '\n' ? 1 : 0;
            cell.text += c;
        }
    }
    const qsizetype begin = m_at;
    while (!atLineEnd() && m_text[m_at] != m_separator)
        ++m_at;
    cell.text += m_text.sliced(begin, m_at - begin);
    return cell;
}

std::optional<CsvRecord> CsvReader::next() {
    while (m_at < m_text.size() && atLineEnd())
        skipLineEnd();
    if (m_at >= m_text.size())
        return std::nullopt;
    CsvRecord record;
    record.line = m_line;
    record.cells.append(readCell());
    while (!atLineEnd()) {
        ++m_at; // the separator
        record.cells.append(readCell());
    }
    skipLineEnd();
    return record;
}

QByteArray safeCsvCell(const QString& text) {
    QString shown = withVisibleChips(text);
    const bool isFormula = !text.isEmpty() && QStringLiteral("=+-@\t\r").contains(text.front());
    if (isFormula || text.startsWith(QChar(0)))
        shown.prepend(QLatin1Char('\''));
    QByteArray cell = shown.toUtf8();
    const bool needsQuotes =
        cell.contains(',') || cell.contains('"') || cell.contains('\n') || cell.contains('\'');
    if (!needsQuotes)
        return cell;
    return '"' + cell.replace("\"", "\"\"") + '"';
}

QByteArray safeCsvRecord(const QStringList& texts) {
    QByteArray record;
    for (const QString& text : texts)
        record += safeCsvCell(text) + ',';
    record.chop(1);
    return record + "\r\n";
}

} // namespace lavascope
