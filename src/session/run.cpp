// SPDX-License-Identifier: MIT
#include "session/run.h"

#include "core/request/gateway_credential.h"
#include "session/run_private.h"

#include <QDateTime>
#include <QLocale>
#include <QRandomGenerator>

namespace lavascope {

using namespace std::chrono_literals;

namespace {

constexpr qsizetype bodyForDiagnosis = 64 * 1024;
constexpr auto lingerLimit = 2s;
/// So far the reading may fall behind before the peer has to wait for it.
constexpr qint64 largestLag = 256 * 1024;

/// The Authorization header as it went out; what came in another header that the gateway reads, as it would
/// stand there. Empty: nothing was sent.
Secret sentAuthorization(const HttpRequest& request) {
    if (const auto value = request.headers.value("Authorization"))
        return Secret(*value);
    for (const Headers::Field& field : request.headers)
        if (isGatewayCredentialHeader(field.name))
            return Secret("Bearer " + field.value);
    return {};
}

Outcome outcomeOf(const Recording& recording, const Attempt& attempt, bool isReplay) {
    Outcome outcome;
    outcome.status = attempt.status;
    outcome.headers = attempt.headers;
    outcome.body = attempt.beginningOfBody(bodyForDiagnosis);
    outcome.ending = attempt.ending;
    outcome.url = recording.request.url;
    outcome.request = recording.request;
    outcome.nowMs = QDateTime::currentMSecsSinceEpoch();
    if (!isReplay) {
        outcome.authorization = sentAuthorization(recording.request);
    } else if (recording.startedAtMs != 0) {
        // A date that the server named is told from then. The credential is masked: nothing to look at.
        outcome.nowMs = recording.startedAtMs +
                        std::chrono::duration_cast<std::chrono::milliseconds>(attempt.ending->at).count();
    }
    return outcome;
}

QString sizeOf(qint64 bytes) {
    return QLocale::c().formattedDataSize(bytes, 0);
}

TimeLimits limitsOf(const SendOptions& options) {
    return {options.connectLimit, options.firstByteLimit, options.idleLimit, options.totalLimit};
}

} // namespace

Run::Run(std::unique_ptr<Private> p, QObject* parent)
    : QObject(parent)
    , m_private(std::move(p)) {
    m_private->wait.setSingleShot(true);
    // A coarse timer may fire early, and a server that named a time means it.
    m_private->wait.setTimerType(Qt::PreciseTimer);
    m_private->linger.setSingleShot(true);
    m_private->nextStep.setSingleShot(true);
    m_private->nextStep.setInterval(0ms);
    connect(&m_private->wait, &QTimer::timeout, this, [this] {
        // Windows lets even a precise timer fire a moment early.
        const bool isRetry = state() == State::Waiting;
        const auto rest =
            isRetry ? m_private->advisedPause - std::chrono::milliseconds(m_private->waitedMs.elapsed())
                    : 0ms;
        if (rest > 0ms)
            m_private->wait.start(rest);
        else
            startAttempt();
    });
    connect(&m_private->nextStep, &QTimer::timeout, this, &Run::readOn);
    connect(&m_private->linger, &QTimer::timeout, this, [this] { endFromHere(EndedBy::UsAsServerLingers); });
    if (!isReplay())
        m_private->recording.startedAtMs = QDateTime::currentMSecsSinceEpoch();
    m_private->reader = StreamReader(m_private->hints());
    // Started from the event loop, so that whoever asked for the run can connect to it first.
    m_private->wait.start(0ms);
}

Run::~Run() = default;

Run::State Run::state() const {
    return m_private->state;
}

bool Run::isReplay() const {
    return m_private->replay != nullptr;
}

const Recording& Run::recording() const {
    return m_private->recording;
}

const StreamReader& Run::reader() const {
    return m_private->reader;
}

const std::optional<Diagnosis>& Run::diagnosis() const {
    return m_private->diagnosis;
}

bool Run::succeeded() const {
    return isDone() && !m_private->diagnosis && m_private->endedBy != EndedBy::User;
}

std::chrono::milliseconds Run::waitLeft() const {
    const Private& d = *m_private;
    if (isDone())
        return isReplay() ? 0ms : qMax(0ms, d.advisedPause - std::chrono::milliseconds(d.waitedMs.elapsed()));
    return state() == State::Waiting ? qMax(0ms, d.wait.remainingTimeAsDuration()) : 0ms;
}

RetryPlan Run::retryPlan() const {
    const Private& d = *m_private;
    if (!d.diagnosis || isReplay())
        return {};
    RetryPolicy policy = d.options.retry;
    const auto triesMade = int(d.recording.attempts.size());
    RetryPlan plan = lavascope::retryPlan(policy, *d.diagnosis, d.recording.attempts.back(), triesMade);
    if (!isDone() || plan.next != RetryPlan::Next::ByItself)
        return plan;
    policy.maxRetries = 0; // it was stopped while it waited
    return lavascope::retryPlan(policy, *d.diagnosis, d.recording.attempts.back(), triesMade);
}

const Recording& Run::wholeRecording() const {
    return isReplay() ? m_private->replay->recording() : m_private->recording;
}

void Run::letGo(qint64 bytesLookedAt) const {
    if (m_private->memory)
        m_private->memory->letGo(bytesLookedAt);
}

void Run::stop() {
    Private& d = *m_private;
    if (isDone())
        return;
    // If the rest of an answer that is over is being read, there is nothing to end but what would follow.
    d.isStopWished = true;
    if (d.exchange) {
        endFromHere(EndedBy::User);
        return;
    }
    d.wait.stop();
    if (state() == State::Waiting) {
        finish();
        return;
    }
    // Stopped before anything was sent: that too is an attempt with an end.
    d.recording.attempts.emplace_back();
    d.endedBy = EndedBy::User;
    takeEnding({EndReason::StoppedByUser, {}, {}, 0});
}

void Run::retryNow() {
    if (state() != State::Waiting)
        return;
    m_private->advisedPause = 0ms;
    m_private->wait.start(0ms);
}

QString Run::forcedDialect() const {
    return m_private->options.forcedDialect;
}

void Run::readAs(const QString& dialect) {
    Private& d = *m_private;
    if (std::exchange(d.options.forcedDialect, dialect) == dialect || d.recording.attempts.empty())
        return;
    const Attempt& attempt = d.attempt();
    d.reader = StreamReader(d.hints(), d.newMemory());
    if (attempt.headersAt)
        d.reader.takeHeaders(attempt.status, attempt.headers, *attempt.headersAt);
    d.diagnosis.reset();
    d.reading.startOver();
    d.nextStep.start();
    Q_EMIT readingStartedOver();
}

void Run::startAttempt() {
    Private& d = *m_private;
    const bool isRetry = state() == State::Waiting;
    Attempt attempt;
    if (isReplay())
        attempt.waited = d.replay->next()->waited;
    else if (isRetry)
        attempt.waited = std::chrono::milliseconds(d.waitedMs.elapsed());
    d.recording.attempts.push_back(std::move(attempt));
    d.memory = d.newMemory();
    d.reader = StreamReader(d.hints(), d.memory);
    d.diagnosis.reset();
    d.reading.startOver();
    d.keptBytes = 0;
    d.isHeld = false;
    d.endedBy = EndedBy::Peer;
    d.reportedEnding.reset();
    d.state = State::Connecting;

    d.exchange = d.transport.send(d.recording.request, limitsOf(d.options));
    connect(d.exchange.get(), &Exchange::headers, this, &Run::takeHeaders);
    connect(d.exchange.get(), &Exchange::chunk, this, &Run::takeChunk);
    connect(d.exchange.get(), &Exchange::ended, this, &Run::takeEnding);
    Q_EMIT attemptStarted(int(d.recording.attempts.size()));
}

void Run::takeHeaders(int status, const QByteArray& reason, const Headers& headers,
                      std::chrono::microseconds at) {
    Private& d = *m_private;
    d.attempt().status = status;
    d.attempt().reason = reason;
    d.attempt().headers = headers;
    d.attempt().headersAt = at;
    d.reader.takeHeaders(status, headers, at);
    d.state = State::Receiving;
    Q_EMIT headersArrived();
}

void Run::takeChunk(const Chunk& chunk) {
    Private& d = *m_private;
    if (d.endedBy == EndedBy::UsAsTooLarge)
        return; // was on its way when enough was enough
    d.attempt().chunks.push_back(d.memory->keep(chunk));
    d.keptBytes += chunk.bytes.size();
    if (!isReplay()) // what is played is kept already
        keepWithinLimits();
    // Not read here and now: a whole row of chunks can come in one turn of the event loop.
    if (!d.nextStep.isActive())
        d.nextStep.start();
}

void Run::takeEnding(const Ending& ending) {
    Private& d = *m_private;
    d.linger.stop();
    d.reportedEnding = ending;
    if (d.reading.hasReadAll(d.attempt().chunks))
        conclude();
}

/// One step of the reading, and what follows from it.
void Run::readOn() {
    Private& d = *m_private;
    const std::vector<Chunk>& chunks = d.attempt().chunks;
    if (d.reading.hasReadAll(chunks) && d.attempt().ending) {
        if (d.reader.transcript().verdict)
            return;
        judge();
        Q_EMIT readingCameToTheEndAgain();
        return;
    }
    if (d.reading.hasReadAll(chunks) && d.reportedEnding) {
        conclude();
        return;
    }
    const qint64 before = d.reader.timeline().bytes;
    d.reading.readOn(chunks, d.reader);
    letGo(d.reader.timeline().bytes - before);
    if (!d.reading.hasReadAll(chunks) || d.reportedEnding)
        d.nextStep.start();
    if (!isReplay())
        keepWithinLimits();
    const bool lags = d.keptBytes - d.reader.timeline().bytes > largestLag;
    if (!d.reportedEnding && std::exchange(d.isHeld, lags) != lags)
        d.exchange->setHeld(lags);
    // Some servers keep the connection open after the answer's end; the answer is whole all the same.
    if (!d.reportedEnding && !isReplay() && d.reader.transcript().endSignalSeen)
        d.linger.start(lingerLimit);
    Q_EMIT changed();
}

/// The first reason counts.
void Run::endFromHere(EndedBy reason) {
    Private& d = *m_private;
    if (d.reportedEnding || d.endedBy != EndedBy::Peer)
        return;
    d.endedBy = reason;
    d.exchange->abort();
}

void Run::endAsTooLarge(const QString& why) {
    if (m_private->reportedEnding || m_private->endedBy != EndedBy::Peer)
        return;
    m_private->whyTooLarge =
        tr("%1 The connection was closed from here; what came until then is kept.").arg(why);
    endFromHere(EndedBy::UsAsTooLarge);
}

void Run::keepWithinLimits() {
    Private& d = *m_private;
    const AnswerLimits& limits = d.options.limits;
    if (d.keptBytes > limits.largest)
        endAsTooLarge(tr("The answer grew beyond %1, the most that is kept.").arg(sizeOf(limits.largest)));
    else if (d.attempt().chunks.size() > limits.mostChunks)
        endAsTooLarge(tr("The answer came in more than %1 pieces.").arg(limits.mostChunks));
    else if (d.reader.eventCount() > limits.mostEvents)
        endAsTooLarge(tr("The answer holds more than %1 events.").arg(limits.mostEvents));
    else if (d.reader.heldBytes() > limits.largestText)
        endAsTooLarge(tr("The text of the answer, or one event of it, takes more than %1 of memory.")
                          .arg(sizeOf(limits.largestText)));
    else if (d.memory->problem())
        endAsTooLarge(tr("The answer is too large for memory. %1").arg(d.memory->problem()->message));
}

/// The attempt is over, and all of it was read.
void Run::conclude() {
    Private& d = *m_private;
    Ending ending = *d.reportedEnding;
    if (ending.reason == EndReason::StoppedByUser && d.endedBy == EndedBy::UsAsServerLingers) {
        ending.reason = EndReason::Finished;
        ending.detail =
            tr("The server kept the connection open after the end of the answer; it was closed from here.");
    }
    if (ending.reason == EndReason::StoppedByUser && d.endedBy == EndedBy::UsAsTooLarge) {
        ending.reason = EndReason::TooLarge;
        ending.detail = d.whyTooLarge;
    }
    d.attempt().ending = ending;
    judge();
    // The exchange is still emitting, so it is let go of, not deleted here.
    if (d.exchange)
        d.exchange.release()->deleteLater();
    const double random = QRandomGenerator::global()->generateDouble();
    const auto pause = pauseBeforeNextTry(random);
    d.waitedMs.start();
    if (!pause) {
        if (d.diagnosis && !isReplay())
            d.advisedPause =
                d.options.retry.advisedWait(*d.diagnosis, int(d.recording.attempts.size()), random)
                    .value_or(0ms);
        finish();
        return;
    }
    d.advisedPause = *pause;
    d.state = State::Waiting;
    d.wait.start(*pause);
    Q_EMIT waiting();
}

/// The attempt has its ending, and all of it was read.
void Run::judge() {
    Private& d = *m_private;
    d.reader.takeEnding(*d.attempt().ending);
    const Outcome outcome = outcomeOf(d.recording, d.attempt(), isReplay());
    const bool isStoppedReplay = isReplay() && d.endedBy == EndedBy::User;
    if (!lavascope::succeeded(outcome, d.reader.transcript()) && !isStoppedReplay)
        d.diagnosis = diagnose(d.rules, outcome, &d.reader.transcript());
}

/// How long to wait before a next try; nothing if there is to be none.
std::optional<std::chrono::milliseconds> Run::pauseBeforeNextTry(double random) const {
    const Private& d = *m_private;
    if (isReplay())
        return d.replay->next() && !d.isStopWished ? std::optional(d.replay->pauseBeforeNext())
                                                   : std::nullopt;
    const Attempt& attempt = d.recording.attempts.back();
    if (!d.diagnosis || d.isStopWished || attempt.ending->reason == EndReason::StoppedByUser)
        return std::nullopt;
    return d.options.retry.waitBefore(*d.diagnosis, int(d.recording.attempts.size()),
                                      mayHaveBeenBilled(attempt), random);
}

void Run::finish() {
    m_private->state = State::Done;
    Q_EMIT finished();
}

} // namespace lavascope
