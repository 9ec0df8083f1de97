// SPDX-License-Identifier: MIT
#include "gui/stream_pane.h"

#include "core/json/edit.h"
#include "core/stream/played_recording.h"
#include "gui/screen_share.h"
#include "gui/units.h"
#include "gui/widgets/curtain.h"
#include "gui/widgets/find_bar.h"
#include "session/run.h"
#include "session/secret_watch.h"
#include "ui_stream_pane.h"

#include <QDeadlineTimer>
#include <QTabBar>

#include <array>
#include <utility>

namespace lavascope {

using namespace std::chrono_literals;

namespace {

constexpr auto frame = 16ms;
// A timer of 0 fires after what was drawn is laid out and painted, but on Windows before it.
constexpr auto afterPainting = 1ms;
// Work on one frame; the rest of the frame is for layout and painting.
constexpr auto workPerFrame = 3ms;
// Nobody reads figures that change faster, and each change makes the window lay itself out anew.
constexpr auto figuresStand = 100ms;
constexpr auto lookingPerFrame = 2ms; // for secrets, while the screen is shared
constexpr qint64 longestPrettyBody = 2'000'000;

QString bodyText(const Attempt& attempt) {
    if (attempt.bodySize() <= longestPrettyBody)
        return QString::fromUtf8(json::prettyPrint(attempt.body()));
    return QString::fromUtf8(attempt.beginningOfBody(longestPrettyBody)) +
           StreamPane::tr("\n… %1 in all; Raw shows the end as well.").arg(byteSize(attempt.bodySize()));
}

bool saysSomething(const Transcript& transcript) {
    const auto says = [](const Choice& choice) {
        return !choice.text.isEmpty() || !choice.reasoning.isEmpty() || !choice.refusal.isEmpty() ||
               !choice.toolCalls.empty() || !choice.citations.empty() || !choice.media.empty();
    };
    return std::any_of(transcript.choices.begin(), transcript.choices.end(), says);
}

const Attempt* latestAttempt(const Run& run) {
    return run.recording().attempts.empty() ? nullptr : &run.recording().attempts.back();
}

// Why there is no text; nothing if there is a body.
QString whyNoText(const Run& run) {
    const Attempt* attempt = latestAttempt(run);
    if (!run.isDone() && run.state() != Run::State::Waiting)
        return StreamPane::tr("Waiting for the first byte.");
    if (!attempt || attempt->status == 0)
        return StreamPane::tr("No answer came, so there is nothing to show.");
    if (attempt->bodySize() == 0)
        return StreamPane::tr("The answer has no body.");
    return StreamPane::tr("The answer holds no text: see Events and Raw.");
}

QString whyNoEvents(const Run& run) {
    const Attempt* attempt = latestAttempt(run);
    const bool hasBody = attempt && !attempt->chunks.empty();
    if (!hasBody)
        return whyNoText(run);
    const QByteArray type = attempt->headers.value("content-type").value_or(QByteArray()).trimmed();
    if (!attempt->ending)
        return StreamPane::tr("No event is whole yet.");
    return type.isEmpty()
               ? StreamPane::tr("The server named no content type and sent no stream of events: see Text.")
               : StreamPane::tr("The server answered %1, not a stream of events: see Text.")
                     .arg(QString::fromLatin1(type.left(100)));
}

} // namespace

StreamPane::StreamPane(const ScreenShare& share, QWidget* parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::StreamPane>()) {
    m_ui->setupUi(this);
    m_find = new FindBar(this);
    m_ui->layout->addWidget(m_find);
    m_ui->headersView->setTextFilter([&share](const QString& text) { return share.shown(text); });
    m_ui->attempts->setTextFilter([&share](const QString& text) { return share.shown(text); });
    connect(&share, &ScreenShare::changed, this, &StreamPane::drawHeaders);
    connect(&share, &ScreenShare::changed, m_ui->attempts, &AttemptsView::showDetail);
    m_curtain = new Curtain(m_ui->tabs, share, [this] { return mayHoldSecret(); });
    m_ui->tabs->tabBar()->setDrawBase(false);
    // Who presses a tab looks there, and finds there.
    m_ui->tabs->tabBar()->setFocusPolicy(Qt::StrongFocus);
    m_ui->tabs->tabBar()->setAccessibleName(tr("Parts of the response"));
    m_frame.setSingleShot(true);
    connect(&m_frame, &QTimer::timeout, this, &StreamPane::drawFrame);
    m_figuresStand.setSingleShot(true);
    connect(&m_figuresStand, &QTimer::timeout, this, [this] {
        if (m_run && m_figuresAreLate)
            drawFigures();
    });
    connect(m_ui->diagnosis, &DiagnosisCard::retryNowWanted, this, &StreamPane::retryNowWanted);
    connect(m_ui->diagnosis, &DiagnosisCard::stopWanted, this, &StreamPane::stopWanted);
    connect(m_ui->diagnosis, &DiagnosisCard::remedyWanted, this, &StreamPane::remedyWanted);
    connect(m_ui->diagnosis, &DiagnosisCard::rawBodyWanted, this, &StreamPane::showRawTab);
    connect(m_ui->clock, &ClockStrip::saveWanted, this, &StreamPane::saveWanted);
    connect(m_ui->clock, &ClockStrip::dialectChosen, this, [this](const QString& dialect) {
        if (m_run)
            m_run->readAs(dialect);
    });
    connect(m_ui->answer, &AnswerView::demoWanted, this, &StreamPane::demoWanted);
    connect(m_ui->answer, &AnswerView::pullWanted, this, &StreamPane::armFrame);
    connect(m_ui->answer, &AnswerView::renderedChosen, this, &StreamPane::renderedChosen);
    connect(m_ui->answer, &AnswerView::saveMediaWanted, this, &StreamPane::saveBytesWanted);
    connect(m_ui->events, &EventsView::pullWanted, this, &StreamPane::armFrame);
    connect(m_ui->events, &EventsView::saveWanted, this, &StreamPane::saveBytesWanted);
    connect(m_ui->tabs, &QTabWidget::currentChanged, this, &StreamPane::armFrame);
    connect(m_ui->timeline, &TimelineView::eventChosen, this, &StreamPane::showEventRow);
    connect(m_ui->tabs, &QTabWidget::currentChanged, this, &StreamPane::aimFind);
    connect(m_ui->attempts, &AttemptsView::countChanged, this, [this](int tries) {
        m_ui->tabs->setTabText(m_ui->tabs->indexOf(m_ui->attemptsTab),
                               tries > 1 ? tr("Tries %1").arg(tries) : tr("Tries"));
    });
    aimFind();
    clear();
}

StreamPane::~StreamPane() = default;

void StreamPane::tell(const QString& text) {
    m_ui->diagnosis->tell(text);
}

void StreamPane::clear() {
    if (m_run)
        disconnect(m_run, nullptr, this, nullptr);
    m_run = nullptr;
    m_secretWatch.reset();
    m_frame.stop();
    m_figuresStand.stop();
    m_ui->clock->clear();
    m_ui->headersView->clear();
    m_curtain->followContent();
    startAttempt();
    m_ui->answer->showDemoButton(true);
}

int StreamPane::triesOf(const HttpRequest& request) const {
    return m_ui->attempts->history().triesOf(request);
}

void StreamPane::showRun(Run* run) {
    if (m_run)
        clear();
    m_ui->attempts->history().follow(run);
    if (!run)
        return;
    m_run = run;
    m_ui->answer->showDemoButton(false);
    connect(run, &Run::attemptStarted, this, &StreamPane::startAttempt);
    connect(run, &Run::headersArrived, this, &StreamPane::drawHeaders);
    connect(run, &Run::changed, this, &StreamPane::armFrame);
    connect(run, &Run::waiting, this, &StreamPane::drawEnd);
    connect(run, &Run::finished, this, &StreamPane::drawEnd);
    connect(run, &Run::readingStartedOver, this, &StreamPane::startAttempt);
    connect(run, &Run::readingCameToTheEndAgain, this, &StreamPane::drawEnd);
    // The reader dies with its run: the views must let go of it at once.
    connect(run, &QObject::destroyed, this, &StreamPane::clear);
    startAttempt();
    if (run->isDone())
        drawEnd();
}

void StreamPane::aimFind() {
    const QWidget* inSight = m_ui->tabs->currentWidget();
    Searchable* target = nullptr;
    if (inSight == m_ui->textTab)
        target = m_ui->answer->search();
    else if (inSight == m_ui->eventsTab)
        target = m_ui->events->search();
    else if (inSight == m_ui->rawTab)
        target = m_ui->rawView->search();
    else if (inSight == m_ui->headersTab)
        target = m_ui->headersView;
    m_find->setTarget(target);
}

void StreamPane::focusFilter() {
    m_ui->tabs->setCurrentWidget(m_ui->eventsTab);
    m_ui->events->focusFilter();
}

void StreamPane::showRendered(bool rendered) {
    m_ui->answer->showRendered(rendered);
}

void StreamPane::showRawTab() {
    m_ui->tabs->setCurrentWidget(m_ui->rawTab);
    m_ui->tabs->tabBar()->setFocus(Qt::OtherFocusReason);
}

void StreamPane::showEventRow(int number) {
    m_ui->tabs->setCurrentWidget(m_ui->eventsTab);
    m_ui->events->choose(number);
}

void StreamPane::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    constexpr double shareOfCard = 0.35;
    constexpr double shareOfFigures = 0.15;
    const int oneRow = 2 * fontMetrics().height(); // a caption and its figure
    m_ui->diagnosis->setTextHeightLimit(int(height() * shareOfCard));
    m_ui->clock->setFiguresHeightLimit(qMax(oneRow, int(height() * shareOfFigures)));
}

void StreamPane::startAttempt() {
    const StreamReader* reader = m_run ? &m_run->reader() : nullptr;
    m_secretWatch = m_run ? std::make_unique<SecretWatch>(*m_run) : nullptr;
    m_bytesSeen = 0;
    m_figuresStand.stop();
    m_ui->diagnosis->clear();
    m_ui->answer->setReader(reader);
    m_ui->events->setReader(reader);
    m_ui->events->setTimed(isTimed());
    m_ui->timeline->setReader(isTimed() ? reader : nullptr);
    m_ui->rawView->clear();
    m_ui->tabs->setTabText(m_ui->tabs->indexOf(m_ui->eventsTab), tr("Events"));
    drawEmptyReasons();
    if (m_run)
        m_ui->clock->showRun(*m_run);
    drawHeaders();
}

void StreamPane::drawEmptyReasons() {
    const QString nothingYet = tr("No call yet.\nThe request on the left is ready: press Send.");
    m_ui->answer->setEmptyReason(m_run ? whyNoText(*m_run) : nothingYet);
    m_ui->events->setEmptyReason(m_run ? whyNoEvents(*m_run) : nothingYet);
    m_ui->timeline->setEmptyReason(!isTimed() ? tr("The file does not tell when each event came.")
                                   : m_run    ? whyNoEvents(*m_run)
                                              : nothingYet);
}

// The bytes of a call that is running have their times, even if there are none yet.
bool StreamPane::isTimed() const {
    return !m_run || !m_run->isReplay() || hasTimes(m_run->wholeRecording());
}

// What comes after a silence is drawn at once.
void StreamPane::armFrame() {
    if (m_run && !m_frame.isActive())
        m_frame.start(untilNextFrame());
}

std::chrono::milliseconds StreamPane::untilNextFrame() const {
    return std::chrono::ceil<std::chrono::milliseconds>(m_nextFrame.remainingTimeAsDuration());
}

void StreamPane::drawFrame() {
    if (!m_run)
        return;
    const QDeadlineTimer until(workPerFrame, Qt::PreciseTimer);
    if (m_run->reader().timeline().bytes > 0)
        m_nextFrame = QDeadlineTimer(frame, Qt::PreciseTimer);
    if (!m_figuresStand.isActive())
        drawFigures();
    else
        m_figuresAreLate = true;
    m_ui->clock->showVerdict(*m_run);
    m_curtain->followContent();
    // While bytes come, reading them is to get the time in between.
    const bool grows = takeGrowth();
    if (drawTabs(until, grows))
        m_frame.start(grows ? untilNextFrame() : afterPainting);
    m_find->lookOn();
}

void StreamPane::drawFigures() {
    m_figuresAreLate = false;
    m_figuresStand.start(figuresStand);
    m_ui->clock->showRun(*m_run);
    drawEmptyReasons();
    if (const qsizetype count = m_run->reader().eventCount(); count > 0)
        m_ui->tabs->setTabText(m_ui->tabs->indexOf(m_ui->eventsTab), tr("Events %1").arg(count));
    m_ui->layout->activate();
}

// The tab in sight comes first, the others get what is left of the time, if the reading does not need it;
// true if there is more to draw.
bool StreamPane::drawTabs(const QDeadlineTimer& until, bool grows) {
    const auto draw = [&](const QWidget* tab) {
        if (tab == m_ui->textTab)
            return m_ui->answer->pull(until);
        if (tab == m_ui->eventsTab)
            return m_ui->events->pull(until);
        if (tab == m_ui->timelineTab)
            return m_ui->timeline->pull(until);
        return tab == m_ui->rawTab && drawRaw(until);
    };
    const QWidget* inSight = m_ui->tabs->currentWidget();
    bool more = draw(inSight);
    const std::array<const QWidget*, 4> tabs{m_ui->textTab, m_ui->eventsTab, m_ui->timelineTab, m_ui->rawTab};
    for (const QWidget* tab : tabs)
        if (tab != inSight)
            more |= grows || until.hasExpired() || draw(tab);
    return more;
}

bool StreamPane::drawRaw(const QDeadlineTimer& until) {
    const Attempt* attempt = latestAttempt(*m_run);
    if (!attempt)
        return false;
    const qint64 before = m_ui->rawView->bytesTakenIn();
    const bool more = m_ui->rawView->pull(*attempt, until);
    m_run->letGo(m_ui->rawView->bytesTakenIn() - before);
    return more;
}

// Whether bytes were read since the last frame, and more may come.
bool StreamPane::takeGrowth() {
    const StreamReader& reader = m_run->reader();
    const qint64 bytes = reader.timeline().bytes;
    return std::exchange(m_bytesSeen, bytes) != bytes && !reader.transcript().verdict;
}

// What was not looked at yet is covered as if it were one.
bool StreamPane::mayHoldSecret() {
    if (!m_secretWatch)
        return false;
    const SecretWatch::Seen seen = m_secretWatch->lookOn(QDeadlineTimer(lookingPerFrame, Qt::PreciseTimer));
    if (seen == SecretWatch::Seen::NotAll)
        armFrame();
    return seen != SecretWatch::Seen::None;
}

void StreamPane::drawEnd() {
    m_curtain->followContent();
    drawHeaders();
    m_ui->diagnosis->showRun(*m_run);
    const Attempt* attempt = latestAttempt(*m_run);
    if (attempt && attempt->bodySize() > 0 && !saysSomething(m_run->reader().transcript()) &&
        m_run->reader().eventCount() == 0)
        m_ui->answer->setBody(bodyText(*attempt));
    drawFigures();
    // All at once would be too long for one frame.
    m_frame.start(afterPainting);
}

void StreamPane::drawHeaders() {
    if (m_run)
        m_ui->headersView->showCall(redact(withoutBodies(m_run->recording()), {}));
}

} // namespace lavascope
