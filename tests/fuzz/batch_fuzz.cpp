// SPDX-License-Identifier: MIT
#include "check.h"
#include "core/token/batch_summary.h"

using namespace lavascope;

namespace {

// What is written as CSV is read back as one record of as many cells, none of which a spreadsheet would run.
void checkCsv(const BatchItem& item) {
    const QByteArray titles = batchCsvTitles();
    const QByteArray record = batchCsvRecord(item);
    CsvReader reader(record, ',');
    CsvReader head(titles, ',');
    const std::optional<CsvRecord> read = reader.next();
    FUZZ_CHECK(read && !reader.next());
    FUZZ_CHECK(read->cells.size() == head.next()->cells.size());
    for (const CsvCell& cell : read->cells)
        FUZZ_CHECK(cell.text.isEmpty() || !QByteArrayView("=+-@\t\r").contains(cell.text.front()));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const QByteArray text(reinterpret_cast<const char*>(data), qsizetype(size));
    BatchReader reader(text);
    BatchSummary summary;
    qint64 line = 0;
    qint64 items = 0;
    while (const std::optional<BatchItem> item = reader.next()) {
        FUZZ_CHECK(item->line >= 1 && item->line >= line);
        FUZZ_CHECK(++items <= text.size());
        line = item->line;
        summary.add(item->report);
        checkCsv(*item);
    }
    FUZZ_CHECK(reader.position() <= reader.size());
    FUZZ_CHECK(summary.total() == items && summary.usable() + summary.broken() == items);
    qint64 kinds = 0;
    for (const BatchCount& count : summary.kinds())
        kinds += count.count;
    FUZZ_CHECK(kinds == items);
    for (const char separator : {',', ';', '\t'}) {
        CsvReader records(text, separator);
        while (const std::optional<CsvRecord> record = records.next())
            FUZZ_CHECK(!record->cells.isEmpty() && record->line >= 1);
        FUZZ_CHECK(records.position() == text.size());
    }
    return 0;
}
