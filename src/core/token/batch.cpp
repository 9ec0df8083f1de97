// SPDX-License-Identifier: MIT
#include "core/token/batch.h"

#include "core/json/document.h"
#include "core/token/batch_lines.h"
#include "core/token/display.h"
#include "core/token/field_check.h"
#include "core/token/layers.h"

#include <algorithm>
#include <utility>

namespace lavascope {

namespace {

constexpr qsizetype sample = 64 * 1024;
constexpr int sampledRecords = 20;
constexpr int deepestValue = 16;
constexpr qsizetype largestWhole = 64 * 1024;
constexpr qsizetype largestJson = 4 * 1024 * 1024; // the scanner's memory is many times its input

bool holdsOne(QByteArrayView text) {
    return nextCredential(text, 0).has_value();
}

bool isToken(json::View object) {
    for (json::View member = object.firstChild(); member.exists(); member = member.nextSibling())
        if (knownField(member))
            return true;
    return false;
}

} // namespace

BatchReader::BatchReader(const QByteArray& text)
    : m_text(batchTextOf(text))
    , m_csv(m_text, m_separator) {
    if (detectTable()) {
        m_form = Form::Table;
        m_csv = CsvReader(m_text, m_separator);
        return;
    }
    const QByteArray first = m_text.first(std::min(std::max<qsizetype>(m_text.indexOf('\n'), 0), sample));
    json::Document document;
    if (first.startsWith('{') && !document.scan(first))
        m_form = Form::JsonLines;
}

// A separator that cuts every record of the sample into equally many cells, of which one is a credential.
bool BatchReader::detectTable() {
    const QByteArrayView head = QByteArrayView(m_text).first(std::min(m_text.size(), sample));
    for (const char separator : {',', ';', '\t'}) {
        CsvReader reader(head, separator);
        std::vector<CsvRecord> records;
        while (records.size() < sampledRecords) {
            std::optional<CsvRecord> record = reader.next();
            if (!record)
                break;
            records.push_back(std::move(*record));
        }
        if (head.size() < m_text.size() && records.size() > 1)
            records.pop_back(); // the sample may end inside it
        if (records.size() < 2 || records.front().cells.size() < 2)
            continue;
        const qsizetype width = records.front().cells.size();
        const bool isEven = std::all_of(records.begin(), records.end(),
                                        [&](const CsvRecord& r) { return r.cells.size() == width; });
        if (!isEven)
            continue;
        std::set<qsizetype> columns;
        for (const CsvRecord& record : records)
            for (qsizetype i = 0; i < width; ++i)
                if (holdsOne(record.cells[i].text))
                    columns.insert(i);
        // JSON and prose have commas too, but break a credential's row into cells that are no whole texts.
        const bool isWhole = std::none_of(records.begin(), records.end(), [](const CsvRecord& r) {
            return r.cells.front().text.startsWith('{') || r.cells.front().text.startsWith('[');
        });
        if (columns.empty() || !isWhole)
            continue;
        m_separator = separator;
        m_columns = columns;
        m_hasTitles = std::none_of(columns.begin(), columns.end(),
                                   [&](qsizetype i) { return holdsOne(records.front().cells[i].text); });
        return true;
    }
    return false;
}

bool BatchReader::readSome() {
    if (m_form == Form::Table)
        return readRecord();
    if (m_at >= m_text.size())
        return false;
    readLine();
    return true;
}

std::vector<BatchItem> BatchReader::take() {
    return std::exchange(m_waiting, {});
}

std::optional<BatchItem> BatchReader::next() {
    while (m_waiting.empty())
        if (!readSome())
            return std::nullopt;
    BatchItem item = std::move(m_waiting.front());
    m_waiting.erase(m_waiting.begin());
    return item;
}

bool BatchReader::readRecord() {
    const std::optional<CsvRecord> record = m_csv.next();
    if (!record)
        return false;
    m_line = record->line;
    if (m_hasTitles) {
        m_hasTitles = false;
        return true;
    }
    QString label;
    for (qsizetype i = 0; i < record->cells.size() && label.isEmpty(); ++i)
        if (m_columns.count(i) == 0)
            label = shownText(QString::fromUtf8(record->cells[i].text).simplified());
    bool any = false;
    for (const qsizetype column : m_columns) {
        if (column >= record->cells.size() || record->cells[column].text.trimmed().isEmpty())
            continue;
        found(label, record->cells[column].text);
        any = true;
    }
    m_linesWithout += any ? 0 : 1;
    return true;
}

void BatchReader::readLine() {
    const qsizetype end = m_text.indexOf('\n', m_at);
    // A single token that was wrapped is no list of pieces.
    if (m_at == 0 && end >= 0 && m_text.size() <= largestWhole) {
        const TokenReport whole = inspectToken(m_text);
        if (whole.usable && whole.layers.contains(QStringLiteral("line_wraps")) &&
            !whole.layers.contains(QStringLiteral("surrounding_text"))) {
            m_at = m_text.size();
            m_waiting.push_back({1, {}, whole});
            return;
        }
    }
    if (std::optional<WrappedLines> wrapped = wrappedLinesAt(m_text, m_at)) {
        m_waiting.push_back({m_line + 1, {}, std::move(wrapped->report)});
        m_line += wrapped->lines;
        m_at = wrapped->end;
        return;
    }
    const QByteArrayView line =
        QByteArrayView(m_text).sliced(m_at, (end < 0 ? m_text.size() : end) - m_at).trimmed();
    m_at = end < 0 ? m_text.size() : end + 1;
    ++m_line;
    if (line.isEmpty())
        return;
    const size_t before = m_waiting.size();
    const bool isRead = m_form == Form::JsonLines && line.size() <= largestJson && readJson(line);
    if (!isRead)
        readText(line);
    m_linesWithout += m_waiting.size() == before ? 1 : 0;
}

void BatchReader::readText(QByteArrayView line) {
    std::vector<FoundCredential> credentials;
    for (auto one = nextCredential(line, 0); one; one = nextCredential(line, one->end))
        credentials.push_back(*one);
    if (credentials.size() <= 1) {
        if (!credentials.empty() || isListed(line))
            found({}, line);
        return;
    }
    for (const FoundCredential& one : credentials)
        found({}, line.sliced(one.begin, one.end - one.begin));
}

bool BatchReader::readJson(QByteArrayView line) {
    json::Document document;
    const QByteArray source = line.toByteArray();
    if (document.scan(source) || !document.root().isObject())
        return false;
    if (isToken(document.root())) {
        found({}, line);
        return true;
    }
    struct Place {
        json::View value;
        QString path;
        int depth;
    };
    std::vector<Place> open{{document.root().firstChild(), {}, 0}};
    while (!open.empty()) {
        const Place place = open.back();
        open.pop_back();
        if (!place.value.exists())
            continue;
        open.push_back({place.value.nextSibling(), place.path, place.depth});
        const QString name = place.value.name();
        const QString path =
            place.path.isEmpty() || name.isEmpty() ? place.path + name : place.path + QLatin1Char('.') + name;
        if (place.depth < deepestValue)
            open.push_back({place.value.firstChild(), path, place.depth + 1});
        if (!place.value.isString())
            continue;
        const QByteArray text = place.value.toString().toUtf8();
        if (holdsOne(text))
            found(shownText(path), text);
    }
    return true;
}

void BatchReader::found(const QString& label, QByteArrayView text) {
    m_waiting.push_back({m_line, label, inspectToken(text)});
}

} // namespace lavascope
