// SPDX-License-Identifier: MIT
#include "cli/token_batch.h"

#include "cli/command_line.h"
#include "cli/json_output.h"
#include "core/token/batch_summary.h"

namespace lavascope {

namespace {

void writeItem(Terminal& terminal, const BatchItem& item) {
    json::Writer writer;
    writer.beginObject();
    writer.member("line", item.line);
    writer.member("label", item.label.isEmpty() ? std::nullopt : std::optional(item.label));
    writer.name("report");
    writeTokenReport(writer, item.report, false);
    writer.endObject();
    terminal.writeJson(writer.bytes());
}

void writeCounts(json::Writer& writer, const char* name, const std::vector<BatchCount>& counts) {
    writer.name(name);
    writer.beginObject();
    for (const BatchCount& count : counts)
        writer.member(count.name.toUtf8(), count.count);
    writer.endObject();
}

void writeSummary(Terminal& terminal, const BatchSummary& summary, qint64 linesWithout) {
    json::Writer writer;
    writer.beginObject();
    writer.member("headline", summary.headline());
    writer.member("total", summary.total());
    writer.member("usable", summary.usable());
    writer.member("broken", summary.broken());
    writer.member("live", summary.live());
    writer.member("test", summary.test());
    writer.member("distinct_keys", summary.distinctKeys());
    writer.member("lines_without", linesWithout);
    writeCounts(writer, "kinds", summary.kinds());
    writeCounts(writer, "customers", summary.customers());
    writeCounts(writer, "reasons", summary.reasons());
    writer.endObject();
    terminal.writeJson(writer.bytes());
}

void printCounts(Terminal& terminal, const QString& title, const std::vector<BatchCount>& counts) {
    if (counts.empty())
        return;
    constexpr int countWidth = 7;
    terminal.printLine(QStringLiteral("\n%1").arg(title));
    for (const BatchCount& count : counts)
        terminal.printLine(QStringLiteral("%1  %2").arg(count.count, countWidth).arg(count.name));
}

void printSummary(Terminal& terminal, const BatchSummary& summary, qint64 linesWithout) {
    terminal.printLine(summary.headline());
    terminal.printLine(QStringLiteral("%1 different secret keys; %2 lines without a credential.")
                           .arg(summary.distinctKeys())
                           .arg(linesWithout));
    printCounts(terminal, QStringLiteral("Kinds"), summary.kinds());
    printCounts(terminal, QStringLiteral("Customers"), summary.customers());
    std::vector<BatchCount> reasons = summary.reasons();
    for (BatchCount& reason : reasons)
        reason.name += QStringLiteral(": ") + summary.sentenceOf(reason.name);
    printCounts(terminal, QStringLiteral("Not usable because of"), reasons);
}

} // namespace

int inspectBatch(Terminal& terminal, const QByteArray& text, BatchOutput output) {
    BatchReader reader(text);
    BatchSummary summary;
    if (output == BatchOutput::Csv)
        terminal.writeBytes(batchCsvTitles());
    while (const std::optional<BatchItem> item = reader.next()) {
        summary.add(item->report);
        if (output == BatchOutput::JsonLines)
            writeItem(terminal, *item);
        else if (output == BatchOutput::Csv)
            terminal.writeBytes(batchCsvRecord(*item));
        if (!terminal.outIsOpen())
            break;
    }
    if (output == BatchOutput::SummaryJson)
        writeSummary(terminal, summary, reader.linesWithout());
    else if (output == BatchOutput::Summary)
        printSummary(terminal, summary, reader.linesWithout());
    else
        terminal.note(summary.headline());
    return int(summary.total() > 0 && summary.broken() == 0 ? ExitCode::Fine : ExitCode::Bad);
}

} // namespace lavascope
