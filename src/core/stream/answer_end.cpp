// SPDX-License-Identifier: MIT
#include "core/stream/answer_end.h"

namespace lavascope {

Verdict verdictOn(const AnswerEnd& end, const Assembler& read) {
    if (read.transcript().error)
        return Verdict::ErrorInStream;

    const bool stopped = end.reason == EndReason::StoppedByUser;
    if (holdsEvents(end.shape)) {
        // Here the failure came as an event, but it is the status's own.
        if (read.hasFailed())
            return Verdict::NotAStream;
        if (read.transcript().endSignalSeen && end.framingIsWhole)
            return Verdict::Complete;
        // Rows of JSON that nobody streams have no end signal: a log, a batch, a list.
        if (!end.spoken && end.shape == BodyShape::JsonLines && end.reason == EndReason::Finished)
            return Verdict::NotAStream;
        return stopped ? Verdict::Stopped : Verdict::CutOff;
    }
    if (end.shape == BodyShape::Json && end.wholeness == Wholeness::EndsTooSoon)
        return stopped ? Verdict::Stopped : Verdict::CutOff;
    if (stopped)
        return end.shape == BodyShape::Json ? Verdict::NotAStream : Verdict::Stopped;
    if (end.reason != EndReason::Finished)
        return Verdict::CutOff;
    const bool expectedStream = end.dialectExpected || holdsEvents(end.promised);
    if (end.shape == BodyShape::Undecided && end.goodStatus && expectedStream)
        return Verdict::CutOff;
    return Verdict::NotAStream;
}

void noteShape(const AnswerEnd& end, Assembler& out) {
    if (end.shape == BodyShape::Undecided) {
        out.note(QStringLiteral("the answer has no body"));
        return;
    }
    const QString shape = QLatin1String(shapeInWords(end.shape));
    const bool isStream = holdsEvents(end.shape);
    const bool streamWasDue = end.streamAsked.value_or(false) || holdsEvents(end.promised);
    if (!isStream && streamWasDue && end.goodStatus)
        out.note(QStringLiteral("server answered %1 although a stream was asked for").arg(shape));
    if (isStream && end.streamAsked == false)
        out.note(QStringLiteral("server streamed although no stream was asked for"));
    const bool keepsPromise =
        end.promised == end.shape || (end.promised == BodyShape::Json && end.shape == BodyShape::JsonArray);
    if (end.promised != BodyShape::Undecided && !keepsPromise)
        out.note(QStringLiteral("the content type promises %1, the body is %2")
                     .arg(QLatin1String(shapeInWords(end.promised)), shape));
}

void noteEnd(const AnswerEnd& end, Verdict decided, Assembler& out) {
    const Transcript& read = out.transcript();
    const bool isStream = holdsEvents(end.shape);
    if (isStream && !end.framingIsWhole)
        out.note(QStringLiteral("the array was not closed"));
    if (isStream && end.lastIsUnterminated)
        out.note(QStringLiteral("last event was not terminated: most clients lose it"));
    if (decided == Verdict::CutOff && isStream)
        out.note(end.spoken ? QStringLiteral("no end signal came")
                            : QStringLiteral("no end signal is known for this kind of stream"));
    const bool brokeLate = end.reason != EndReason::Finished && end.reason != EndReason::StoppedByUser;
    if (decided == Verdict::Complete && brokeLate)
        out.note(QStringLiteral("the connection broke after the end signal"));

    const bool isAnswer =
        decided == Verdict::Complete || (decided == Verdict::NotAStream && read.endSignalSeen);
    const bool hasUsage = read.usage.inputTokens || read.usage.outputTokens || read.usage.totalTokens;
    const bool countsNothing = end.spoken && end.spoken->end == DialectKind::End::WithTheBody;
    if (isAnswer && !hasUsage && !countsNothing)
        out.note(QStringLiteral("usage missing"));
}

} // namespace lavascope
