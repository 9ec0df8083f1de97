// SPDX-License-Identifier: MIT
#pragma once

#include "cli/terminal.h"
#include "core/stream/stream_reader.h"
#include "session/run.h"

#include <QString>
#include <QStringDecoder>

namespace lavascope {

enum class SendFormat { Text, Events, Raw, Json };

/// One event as a line: number, arrival, name, data.
[[nodiscard]] QString eventLine(const StreamEvent& event, qsizetype index, bool timed);
/// Verdict, clocks and tokens in one line.
[[nodiscard]] QString summaryLine(const StreamReader& reader, bool timed);
/// Of that line: good only for a complete answer.
[[nodiscard]] Ink summaryInk(const StreamReader& reader);

/// Prints a run as it goes: each call of printNew() shows what has come since the last one.
class SendOutput {
public:
    SendOutput(Terminal& terminal, SendFormat format)
        : m_terminal(terminal)
        , m_format(format) {}

    void startAttempt();
    void printNew(const Run& run);
    void finish(const Run& run);

private:
    void printText(const Run& run);
    void printEvents(const Run& run);
    void printRaw(const Run& run);
    void printJson(const Run& run);
    void printWhatIsLeft(const Run& run);

    Terminal& m_terminal;
    SendFormat m_format;
    qsizetype m_shownText = 0;
    qsizetype m_shownEvents = 0;
    size_t m_shownChunks = 0;
    QStringDecoder m_decoder{QStringDecoder::Utf8}; ///< a character may be cut between two chunks
};

} // namespace lavascope
