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

Result<void> AnswerSaver::write(const QString& path, const Run& run, Form form) const {
    if (form == Form::Recording)
        return m_workbench.saveRecording(path, run);
    if (form == Form::Body)
        return m_workbench.saveBody(path, run);
    const Recording& recording = run.wholeRecording();
    if (recording.attempts.empty())
        return m_workbench.writeUserFile(path, {});
    const StreamReader reader = run.redactedReading();
    return m_workbench.writeUserFile(path, form == Form::Text ? textOf(reader.transcript())
                                                              : jsonOf(reader, recording, run));
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
        report(write(path, *run, form), tr("Saved with every secret masked: %1").arg(path));
}

void AnswerSaver::saveBytes(const QByteArray& bytes, const QString& suggestedName) {
    const QString path = askForFile(tr("Save as"), suggestedName, tr("All files (*)"));
    if (!path.isEmpty())
        report(m_workbench.writeUserFile(path, bytes), tr("Saved: %1").arg(path));
}

QString AnswerSaver::askForFile(const QString& title, const QString& suggestedName, const QString& kinds) {
    return QFileDialog::getSaveFileName(m_window, title, suggestedName, kinds);
}

void AnswerSaver::report(const Result<void>& saved, const QString& done) {
    Q_EMIT said(saved ? done : saved.error().message);
}

} // namespace lavascope
