// SPDX-License-Identifier: MIT
#include "gui/answer_saver.h"

#include "core/diagnosis/answer_json.h"
#include "core/stream/played_recording.h"
#include "session/run.h"
#include "session/workbench.h"

#include <QFileDialog>

namespace lavascope {

namespace {

QByteArray textOf(const Transcript& transcript) {
    QStringList texts;
    for (const Choice& choice : transcript.choices)
        texts += choice.text;
    return texts.join(QStringLiteral("\n\n")).toUtf8();
}

QByteArray jsonOf(const StreamReader& reader, const Recording& recording, const Run& run) {
    json::Writer writer;
    const bool reports = reportsError(recording.attempts.back(), reader.transcript());
    writeTranscript(writer, reader, reports ? run.diagnosis() : std::nullopt, hasTimes(recording));
    return writer.bytes() + '\n';
}

/// The suffix that tells other programs what the body is.
QString bodySuffix(const Run& run) {
    if (run.recording().attempts.empty())
        return QStringLiteral("txt");
    const QByteArray type =
        run.recording().attempts.back().headers.value("content-type").value_or(QByteArray()).toLower();
    if (type.contains("event-stream"))
        return QStringLiteral("sse");
    return type.contains("ndjson") ? QStringLiteral("ndjson")
                                   : (type.contains("json") ? QStringLiteral("json") : QStringLiteral("txt"));
}

} // namespace

AnswerSaver::AnswerSaver(const Workbench& workbench, QWidget* window)
    : QObject(window)
    , m_workbench(workbench)
    , m_window(window) {}

QByteArray AnswerSaver::contentOf(const Run& run, Form form) {
    const RedactedRecording redacted = run.redacted();
    if (form == Form::Recording)
        return writeRecording(redacted);
    const Recording& recording = redacted.recording();
    if (recording.attempts.empty())
        return {};
    const Attempt& attempt = recording.attempts.back();
    if (form == Form::Body)
        return attempt.body();
    const StreamReader reader = readAttempt(attempt, hintsFor(recording.request));
    return form == Form::Text ? textOf(reader.transcript()) : jsonOf(reader, recording, run);
}

void AnswerSaver::save(const Run* run, Form form) {
    if (!run) {
        Q_EMIT said(tr("There is no call to save yet."));
        return;
    }
    QString path;
    switch (form) {
    case Form::Recording:
        path = askForFile(tr("Save recording"), QStringLiteral("call.jsonl"), tr("Recordings (*.jsonl)"));
        break;
    case Form::Body:
        path = askForFile(tr("Save the body"), QStringLiteral("answer.") + bodySuffix(*run),
                          tr("All files (*)"));
        break;
    case Form::Text:
        path = askForFile(tr("Save the text"), QStringLiteral("answer.txt"), tr("Text (*.txt)"));
        break;
    case Form::Json:
        path = askForFile(tr("Save as JSON"), QStringLiteral("answer.json"), tr("JSON (*.json)"));
        break;
    }
    if (!path.isEmpty())
        write(path, contentOf(*run, form), tr("Saved with every secret masked: %1").arg(path));
}

void AnswerSaver::saveBytes(const QByteArray& bytes, const QString& suggestedName) {
    const QString path = askForFile(tr("Save as"), suggestedName, tr("All files (*)"));
    if (!path.isEmpty())
        write(path, bytes, tr("Saved: %1").arg(path));
}

QString AnswerSaver::askForFile(const QString& title, const QString& suggestedName, const QString& kinds) {
    return QFileDialog::getSaveFileName(m_window, title, suggestedName, kinds);
}

void AnswerSaver::write(const QString& path, const QByteArray& bytes, const QString& done) {
    const Result<void> saved = m_workbench.writeUserFile(path, bytes);
    Q_EMIT said(saved ? done : saved.error().message);
}

} // namespace lavascope
