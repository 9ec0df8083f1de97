// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QStringList>

#include <optional>

namespace lavascope {

/// One cell of a table, and where it began.
struct CsvCell {
    QByteArray text; ///< without its quotes, doubled quotes made single
    qint64 offset = 0;
};
struct CsvRecord {
    qint64 line = 1; ///< 1-based, where the record begins; quoted cells may go over several lines
    QList<CsvCell> cells;
};

/// Reads RFC 4180 and what programs make of it: any separator, CR LF or LF, quotes that are never closed. A
/// quote inside an unquoted cell is a character like any other. Blank lines are passed over.
class CsvReader {
public:
    /// `text` must outlive the reader.
    CsvReader(QByteArrayView text, char separator)
        : m_text(text)
        , m_separator(separator) {}

    /// The next record; nothing at the end.
    [[nodiscard]] std::optional<CsvRecord> next();
    /// How much has been read, in bytes.
    [[nodiscard]] qsizetype position() const { return m_at; }

private:
    [[nodiscard]] CsvCell readCell();
    [[nodiscard]] bool atLineEnd() const;
    void skipLineEnd();

    QByteArrayView m_text;
    char m_separator;
    qsizetype m_at = 0;
    qint64 m_line = 1;
};

/// A text as one cell of RFC 4180 that no spreadsheet takes for a formula: one that begins with `=`, `+`,
/// `-`,
/// `@`, TAB, CR or NUL gets an apostrophe in front (OWASP ASVS 1.2.10). Invisible characters become chips.
[[nodiscard]] QByteArray safeCsvCell(const QString& text);

/// A whole record of such cells, with CR LF at its end.
[[nodiscard]] QByteArray safeCsvRecord(const QStringList& texts);

} // namespace lavascope
