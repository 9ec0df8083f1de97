// SPDX-License-Identifier: MIT
#include "session/run.h"

#include "core/request/header_rules.h"
#include "session/run_private.h"

#include <QDateTime>
#include <QRandomGenerator>

namespace lavascope {

using namespace std::chrono_literals;

namespace {

constexpr qsizetype bodyForDiagnosis = 64 * 1024;
constexpr auto lingerLimit = 2s;

std::optional<Secret> sentCredential(const HttpRequest& request) {
    const auto value = request.headers.value("Authorization");
    if (!value)
        return std::nullopt;
    constexpr QByteArrayView scheme = "Bearer ";
    const QByteArrayView view(*value);
    return Secret(view.startsWith(scheme) ? view.sliced(scheme.size()) : view);
}

QByteArray beginningOfBody(const Attempt& attempt) {
    QByteArray beginning;
    for (const Chunk& chunk : attempt.chunks) {
        beginning += chunk.bytes.first(qMin(chunk.bytes.size(), bodyForDiagnosis - beginning.size()));
        if (beginning.size() >= bodyForDiagnosis)
            break;
    }
    return beginning;
}

Outcome outcomeOf(const HttpRequest& request, const Attempt& attempt) {
    Outcome outcome;
    outcome.status = attempt.status;
    outcome.headers = attempt.headers;
    outcome.body = beginningOfBody(attempt);
    outcome.ending = attempt.ending;
    outcome.url = request.url;
    outcome.credential = sentCredential(request);
    outcome.nowMs = QDateTime::currentMSecsSinceEpoch();
    return outcome;
}

// A good answer that began, and a request that went out and was never answered, may both have been charged.
bool mayHaveBeenBilled(const Attempt& attempt) {
    const bool goodAnswerBegan = attempt.status >= 200 && attempt.status < 300 && attempt.bodySize() > 0;
    const bool unanswered = attempt.status == 0 && attempt.ending && attempt.ending->timesSent > 0;
    return goodAnswerBegan || unanswered;
}

TimeLimits limitsOf(const SendOptions& options) {
    return {options.connectLimit, options.firstByteLimit, options.idleLimit, options.totalLimit};
}

} // namespace

std::vector<Secret> secretsOf(const RequestDraft& draft) {
    std::vector<Secret> secrets{draft.token.secretKey};
    if (draft.token.providerKey.hasValue())
        secrets.push_back(draft.token.providerKey.value());
    if (draft.credential)
        secrets.push_back(*draft.credential);
    else if (const Result<QByteArray> token = buildToken(draft.token))
        secrets.emplace_back(*token);
    for (const Headers::Field& field : draft.headers)
        if (isCredentialHeader(field.name))
            secrets.emplace_back(field.value);
    std::erase_if(secrets, [](const Secret& secret) { return secret.isEmpty(); });
    return secrets;
}

Run::Run(std::unique_ptr<Private> p, QObject* parent)
    : QObject(parent)
    , m_private(std::move(p)) {
    m_private->wait.setSingleShot(true);
    // A coarse timer may fire early, and a server that named a time means it.
    m_private->wait.setTimerType(Qt::PreciseTimer);
    m_private->linger.setSingleShot(true);
    connect(&m_private->wait, &QTimer::timeout, this, &Run::startAttempt);
    connect(&m_private->linger, &QTimer::timeout, this, [this] {
        m_private->serverLingers = true;
        m_private->exchange->abort();
    });
    m_private->recording.startedAtMs = QDateTime::currentMSecsSinceEpoch();
    m_private->reader = StreamReader(m_private->hints());
    // Started from the event loop, so that whoever asked for the run can connect to it first.
    m_private->wait.start(0ms);
}

Run::~Run() = default;

Run::State Run::state() const {
    return m_private->state;
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
    return isDone() && !m_private->diagnosis;
}

std::chrono::milliseconds Run::waitLeft() const {
    return state() == State::Waiting ? qMax(0ms, m_private->wait.remainingTimeAsDuration()) : 0ms;
}

RedactedRecording Run::redacted() const {
    return redact(m_private->recording, m_private->secrets);
}

void Run::stop() {
    Private& d = *m_private;
    if (isDone())
        return;
    if (d.exchange) {
        d.exchange->abort();
        return;
    }
    d.wait.stop();
    if (state() == State::Waiting) {
        finish();
        return;
    }
    // Stopped before anything was sent: that too is an attempt with an end.
    d.recording.attempts.emplace_back();
    takeEnding({EndReason::StoppedByUser, {}, {}, 0});
}

void Run::retryNow() {
    if (state() != State::Waiting)
        return;
    m_private->wait.start(0ms);
}

void Run::startAttempt() {
    Private& d = *m_private;
    const bool isRetry = state() == State::Waiting;
    Attempt attempt;
    if (isRetry)
        attempt.waited = std::chrono::milliseconds(d.waitedMs.elapsed());
    d.recording.attempts.push_back(std::move(attempt));
    d.reader = StreamReader(d.hints());
    d.diagnosis.reset();
    d.serverLingers = false;
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
    d.attempt().chunks.push_back(chunk);
    d.reader.take(chunk);
    // Some servers keep the connection open after the answer's end; the answer is whole all the same.
    if (d.reader.transcript().endSignalSeen)
        d.linger.start(lingerLimit);
    Q_EMIT changed();
}

void Run::takeEnding(const Ending& reported) {
    Private& d = *m_private;
    d.linger.stop();
    Ending ending = reported;
    if (d.serverLingers && ending.reason == EndReason::StoppedByUser) {
        ending.reason = EndReason::Finished;
        ending.detail =
            tr("The server kept the connection open after the end of the answer; it was closed from here.");
    }
    d.attempt().ending = ending;
    d.reader.takeEnding(ending);
    // The exchange is still emitting, so it is let go of, not deleted here.
    if (d.exchange)
        d.exchange.release()->deleteLater();

    const Outcome outcome = outcomeOf(d.recording.request, d.attempt());
    if (lavascope::succeeded(outcome, d.reader.transcript())) {
        finish();
        return;
    }
    d.diagnosis = diagnose(d.rules, outcome, &d.reader.transcript());
    const bool stopped = ending.reason == EndReason::StoppedByUser;
    const auto pause = stopped ? std::nullopt
                               : d.options.retry.waitBefore(*d.diagnosis, int(d.recording.attempts.size()),
                                                            mayHaveBeenBilled(d.attempt()),
                                                            QRandomGenerator::global()->generateDouble());
    if (!pause) {
        finish();
        return;
    }
    d.state = State::Waiting;
    d.waitedMs.start();
    d.wait.start(*pause);
    Q_EMIT waiting();
}

void Run::finish() {
    m_private->state = State::Done;
    Q_EMIT finished();
}

} // namespace lavascope
