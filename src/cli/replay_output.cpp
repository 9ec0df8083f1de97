// SPDX-License-Identifier: MIT
#include "cli/replay_output.h"

#include "cli/command_line.h"
#include "cli/diagnosis_text.h"
#include "cli/interrupt.h"
#include "cli/json_output.h"

#include <QDateTime>
#include <QEventLoop>

namespace lavascope {

int ReplayOutput::showAtOnce(const Recording& recording, const QString& forcedDialect,
                             const DiagnosisRules& rules) {
    const Attempt& attempt = recording.attempts.back();
    StreamHints hints = hintsFor(recording.request);
    hints.forcedDialect = forcedDialect;
    const StreamReader reader = readAttempt(attempt, hints);
    Outcome outcome;
    outcome.status = attempt.status;
    outcome.headers = attempt.headers;
    outcome.body = attempt.body();
    outcome.ending = attempt.ending;
    outcome.url = hints.url;
    const bool good = succeeded(outcome, reader.transcript());
    outcome.nowMs = QDateTime::currentMSecsSinceEpoch();
    std::optional<Diagnosis> diagnosis;
    if (!good)
        diagnosis = diagnose(rules, outcome, &reader.transcript());

    printAll(reader, outcome.body);
    printRest(attempt, reader, diagnosis);
    return int(good ? ExitCode::Fine : ExitCode::Bad);
}

int ReplayOutput::follow(Run& run) {
    SendOutput output(m_terminal, m_format);
    const Interrupt interrupt;
    QEventLoop loop;
    QObject::connect(&interrupt, &Interrupt::requested, &run, &Run::stop);
    QObject::connect(&run, &Run::changed, &loop, [&] {
        output.printNew(run);
        if (!m_terminal.outIsOpen()) // nobody reads any more
            run.stop();
    });
    QObject::connect(&run, &Run::finished, &loop, &QEventLoop::quit);
    loop.exec();
    output.printNew(run);
    printRest(run.recording().attempts.back(), run.reader(), run.diagnosis());
    return int(run.succeeded() ? ExitCode::Fine : ExitCode::Bad);
}

void ReplayOutput::printAll(const StreamReader& reader, const QByteArray& body) {
    switch (m_format) {
    case SendFormat::Text:
        m_terminal.print(reader.transcript().first().text);
        break;
    case SendFormat::Events:
        for (qsizetype i = 0; i < reader.eventCount(); ++i)
            m_terminal.printLine(eventLine(reader.event(i), i, m_isTimed));
        break;
    case SendFormat::Raw:
        // A terminal obeys what it is sent; anything else gets the bytes as they came.
        if (m_terminal.outIsTty())
            m_terminal.print(QString::fromUtf8(body));
        else
            m_terminal.writeBytes(body);
        break;
    case SendFormat::Json:
        break;
    }
}

/// What stands behind the body, whatever the speed.
void ReplayOutput::printRest(const Attempt& attempt, const StreamReader& reader,
                             const std::optional<Diagnosis>& diagnosis) {
    const Transcript& transcript = reader.transcript();
    if (m_format == SendFormat::Json) {
        json::Writer writer;
        writeTranscript(writer, reader, reportsError(attempt, transcript) ? diagnosis : std::nullopt,
                        m_isTimed);
        m_terminal.writeJson(writer.bytes());
        return;
    }
    if (m_format == SendFormat::Text && !transcript.first().text.isEmpty())
        m_terminal.writeBytes("\n");
    m_terminal.note(summaryLine(reader, m_isTimed), summaryInk(reader));
    if (diagnosis)
        noteDiagnosis(m_terminal, *diagnosis);
}

} // namespace lavascope
