// SPDX-License-Identifier: MIT
#include "session/load_test.h"

#include "net/plain_read.h"
#include "sandbox/load_source.h"
#include "session/run.h"
#include "session/workbench.h"

#include <QThread>

#include <algorithm>

namespace lavascope {

using namespace std::chrono_literals;

namespace {

constexpr qint64 events = 10'000;
constexpr qint64 eventsWithoutEnd = 1'000'000'000;
constexpr qsizetype bytesPerEvent = 330;
constexpr qint64 endingEvents = 2; // and `[DONE]`
constexpr auto drawnUntil = 200ms;
constexpr auto inTheMiddle = 150ms;

constexpr double mostTimesPlain = 1.5;
constexpr double longestStallMs = 16;
constexpr double longestStopMs = 50;

double milliseconds(std::chrono::microseconds time) {
    return std::chrono::duration<double, std::milli>(time).count();
}

std::chrono::microseconds median(std::vector<std::chrono::microseconds> times) {
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

RequestDraft draftTo(quint16 port) {
    RequestDraft draft;
    draft.gateway = "http://127.0.0.1:" + QByteArray::number(port);
    draft.providerUrl = "https://api.openai.com/v1/chat/completions";
    draft.token.secretKey = Secret("aks_test_load_test_0000");
    draft.body = R"({"model":"load","stream":true,"messages":[{"role":"user","content":"load"}]})";
    return draft;
}

} // namespace

double LoadFigures::ratio() const {
    return plainTook.count() > 0 ? double(took.count()) / double(plainTook.count()) : 0;
}

double LoadFigures::eventsPerSecond() const {
    return took.count() > 0 ? double(events) * double(std::micro::den) / double(took.count()) : 0;
}

double LoadFigures::megabytesPerSecond() const {
    return took.count() > 0 ? double(bytes) / double(took.count()) : 0;
}

std::vector<LoadBar> loadBars(const LoadFigures& figures) {
    return {{QStringLiteral("ratio"), figures.ratio(), mostTimesPlain},
            {QStringLiteral("longest_stall_ms"), milliseconds(figures.longestStall), longestStallMs},
            {QStringLiteral("stop_ms"), milliseconds(figures.stopTook), longestStopMs}};
}

LoadTest::LoadTest(Workbench& workbench, QObject* parent)
    : QObject(parent)
    , m_workbench(workbench)
    , m_source(std::make_unique<LoadSource>(events, bytesPerEvent))
    , m_endless(std::make_unique<LoadSource>(eventsWithoutEnd, bytesPerEvent)) {
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &LoadTest::nextStep);
}

LoadTest::~LoadTest() {
    // What it waits for ends by itself; gone sources end it at once.
    m_source.reset();
    if (m_plainReader)
        m_plainReader->wait();
}

void LoadTest::start() {
    const Result<quint16> port = m_source->listen();
    const Result<quint16> endlessPort = m_endless->listen();
    if (!port || !endlessPort) {
        const Error error = port ? endlessPort.error() : port.error();
        QTimer::singleShot(0, this, [this, error] { finish(tl::unexpected(error)); });
        return;
    }
    m_port = *port;
    m_endlessPort = *endlessPort;
    m_pause.start(0ms);
}

void LoadTest::nextStep() {
    Q_EMIT progressed(m_step);
    if (m_step == steps - 1)
        runStop();
    else if (m_step % 2 == 0)
        readPlainly();
    else
        runLoad();
    ++m_step;
}

// In a thread of its own, since it waits, and since what is measured against it must not be in its way.
void LoadTest::readPlainly() {
    m_plainReader.reset(QThread::create([this, port = m_port] {
        const Result<PlainRead> read = plainRead(port, "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        const auto took = read.map([](const PlainRead& plain) { return plain.took; });
        QMetaObject::invokeMethod(
            this, [this, took] { takePlainRead(took); }, Qt::QueuedConnection);
    }));
    m_plainReader->start();
}

void LoadTest::takePlainRead(const Result<std::chrono::microseconds>& took) {
    m_plainReader->wait();
    if (!took) {
        finish(tl::unexpected(took.error()));
        return;
    }
    m_plainTimes.push_back(*took);
    m_pause.start(0ms);
}

void LoadTest::startCall(quint16 port) {
    Result<std::unique_ptr<Run>> run = m_workbench.send(draftTo(port));
    Q_ASSERT(run); // the draft is our own
    m_run = *std::move(run);
    m_seen = 0;
    connect(m_run.get(), &Run::changed, this, &LoadTest::watchWaits);
    connect(m_run.get(), &Run::attemptStarted, this, [this] { m_since.start(); });
    Q_EMIT callStarted(m_run.get());
}

void LoadTest::runLoad() {
    startCall(m_port);
    connect(m_run.get(), &Run::finished, this, &LoadTest::takeLoad);
    m_watch.start();
}

void LoadTest::watchWaits() {
    const StreamReader& reader = m_run->reader();
    const auto now = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::nanoseconds(m_since.nsecsElapsed()));
    // The first of those that were read in this step has waited longest.
    if (m_seen < reader.eventCount())
        m_figures.longestWait = std::max(m_figures.longestWait, now - reader.event(m_seen).at);
    m_seen = reader.eventCount();
}

void LoadTest::takeLoad() {
    m_times.push_back(std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::nanoseconds(m_since.nsecsElapsed())));
    const StreamReader& reader = m_run->reader();
    m_figures.events = reader.eventCount();
    m_figures.bytes = reader.timeline().bytes;
    const bool isWhole =
        reader.transcript().verdict == Verdict::Complete && m_figures.events == events + endingEvents + 1;
    if (!isWhole) {
        const QString sentence = m_run->diagnosis() ? m_run->diagnosis()->title : tr("It was not whole.");
        finish(fail(QStringLiteral("load_test_failed"),
                    tr("The answer of the load test did not arrive as it was sent. %1").arg(sentence)));
        return;
    }
    QTimer::singleShot(drawnUntil, this, [this] {
        m_watch.stop();
        m_figures.longestStall = std::max(m_figures.longestStall, m_watch.longest());
        nextStep();
    });
}

void LoadTest::runStop() {
    startCall(m_endlessPort);
    connect(m_run.get(), &Run::finished, this, &LoadTest::takeStop);
    connect(
        m_run.get(), &Run::changed, this,
        [this] {
            QTimer::singleShot(inTheMiddle, this, [this] {
                if (m_run->isDone())
                    return;
                m_since.start();
                m_run->stop();
            });
        },
        Qt::SingleShotConnection);
}

void LoadTest::takeStop() {
    m_figures.stopTook = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::nanoseconds(m_since.nsecsElapsed()));
    if (m_run->reader().transcript().verdict != Verdict::Stopped) {
        finish(
            fail(QStringLiteral("load_test_failed"), tr("The call that was to be stopped ended by itself.")));
        return;
    }
    m_figures.took = median(m_times);
    m_figures.plainTook = median(m_plainTimes);
    finish(m_figures);
}

void LoadTest::finish(Result<LoadFigures> result) {
    m_result = std::move(result);
    // Not from inside the call's own signal: whoever is told may delete the test, and the call with it.
    QTimer::singleShot(0, this, [this] {
        Q_EMIT progressed(steps);
        Q_EMIT finished();
    });
}

} // namespace lavascope
