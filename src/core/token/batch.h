// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/csv.h"
#include "core/token/inspect_token.h"

#include <optional>
#include <set>

namespace lavascope {

/// One credential found in a list, a table or a log, and what it is.
struct BatchItem {
    qint64 line = 0; ///< 1-based
    QString label;   ///< what stands beside it: the first other cell of a table, the name in a JSON line; may
                     ///< be empty. Harmless to show.
    TokenReport report;
};

/// Finds every credential in a text of many: a list with one a line, CSV (`,`, `;` or TAB), JSON Lines, or a
/// log, in UTF-8 or UTF-16. Goes on piece by piece, so that a window can stay alive.
class BatchReader {
public:
    enum class Form { Text, Table, JsonLines };

    /// Looks at the beginning of the text to see what it is.
    explicit BatchReader(const QByteArray& text);
    BatchReader(const BatchReader&) = delete;
    BatchReader& operator=(const BatchReader&) = delete;
    ~BatchReader() = default;

    [[nodiscard]] Form form() const { return m_form; }
    /// Reads one line or record more; false at the end. A window calls it until its time is up.
    [[nodiscard]] bool readSome();
    /// What was found since the last call, in the order of the text.
    [[nodiscard]] std::vector<BatchItem> take();
    /// The next credential, however far away; nothing at the end. Not to be mixed with take().
    [[nodiscard]] std::optional<BatchItem> next();
    /// How much has been read, in bytes of UTF-8.
    [[nodiscard]] qsizetype position() const { return m_form == Form::Table ? m_csv.position() : m_at; }
    [[nodiscard]] qsizetype size() const { return m_text.size(); }
    /// Lines (or rows) that hold none, so far. Blank ones do not count.
    [[nodiscard]] qint64 linesWithout() const { return m_linesWithout; }

private:
    [[nodiscard]] bool detectTable();
    [[nodiscard]] bool readRecord();
    void readLine();
    void readText(QByteArrayView line);
    [[nodiscard]] bool readJson(QByteArrayView line);
    void found(const QString& label, QByteArrayView text);

    QByteArray m_text;
    Form m_form = Form::Text;
    char m_separator = ',';
    std::set<qsizetype> m_columns; ///< of a table, those that hold credentials
    bool m_hasTitles = false;
    CsvReader m_csv;
    qsizetype m_at = 0;
    qint64 m_line = 0;
    qint64 m_linesWithout = 0;
    std::vector<BatchItem> m_waiting; ///< found and not yet taken
};

} // namespace lavascope
