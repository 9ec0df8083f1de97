// SPDX-License-Identifier: MIT
#include "gui/stream_pane.h"

#include "core/json/edit.h"
#include "core/request/header_rules.h"
#include "gui/units.h"
#include "session/run.h"
#include "ui_stream_pane.h"

namespace lavascope {

using namespace std::chrono_literals;

namespace {

constexpr qint64 longestRaw = 2 * 1024 * 1024;
constexpr qint64 rawPerFrame = 128 * 1024;
constexpr qint64 longestBodyText = 512 * 1024;
constexpr auto frame = 16ms;

QString headerLines(const Headers& headers) {
    QString text;
    for (const Headers::Field& field : redactedHeaders(headers))
        text += QString::fromUtf8(field.name) + QStringLiteral(": ") + QString::fromUtf8(field.value) +
                QLatin1Char('\n');
    return text;
}

QString bodyText(const Attempt& attempt) {
    const QByteArray body = attempt.body();
    if (body.size() > longestBodyText)
        return StreamPane::tr("%1: see Raw.").arg(byteSize(body.size()));
    return QString::fromUtf8(json::prettyPrint(body));
}

bool saysSomething(const Transcript& transcript) {
    const Choice& choice = transcript.first();
    return !choice.text.isEmpty() || !choice.reasoning.isEmpty() || !choice.refusal.isEmpty() ||
           !choice.toolCalls.empty();
}

} // namespace

StreamPane::StreamPane(QWidget* parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::StreamPane>()) {
    m_ui->setupUi(this);
    m_frame.setSingleShot(true);
    m_frame.setInterval(frame);
    connect(&m_frame, &QTimer::timeout, this, &StreamPane::drawFrame);
    connect(m_ui->diagnosis, &DiagnosisCard::retryNowWanted, this, &StreamPane::retryNowWanted);
    connect(m_ui->diagnosis, &DiagnosisCard::stopWanted, this, &StreamPane::stopWanted);
    connect(m_ui->answer, &AnswerView::demoWanted, this, &StreamPane::demoWanted);
    connect(m_ui->tabs, &QTabWidget::currentChanged, this, &StreamPane::armFrame);
    clear();
}

StreamPane::~StreamPane() = default;

void StreamPane::clear() {
    if (m_run)
        disconnect(m_run, nullptr, this, nullptr);
    m_run = nullptr;
    m_frame.stop();
    m_ui->diagnosis->clear();
    m_ui->clock->clear();
    m_ui->headerText->setLog({});
    startAttempt();
    m_ui->answer->showDemoButton(true);
}

void StreamPane::showRun(Run* run) {
    clear();
    m_run = run;
    m_ui->answer->showDemoButton(false);
    connect(run, &Run::attemptStarted, this, &StreamPane::startAttempt);
    connect(run, &Run::headersArrived, this, &StreamPane::drawHeaders);
    connect(run, &Run::changed, this, &StreamPane::armFrame);
    connect(run, &Run::waiting, this, &StreamPane::drawEnd);
    connect(run, &Run::finished, this, &StreamPane::drawEnd);
    startAttempt();
}

void StreamPane::focusFilter() {
    m_ui->tabs->setCurrentWidget(m_ui->eventsTab);
    m_ui->events->focusFilter();
}

void StreamPane::startAttempt() {
    m_ui->diagnosis->clear();
    m_ui->events->setReader(m_run ? &m_run->reader() : nullptr);
    m_ui->raw->setLog({});
    m_rawText = QStringDecoder(QStringDecoder::Utf8);
    m_rawChunks = 0;
    m_rawShown = 0;
    m_rawFull = false;
    m_ui->tabs->setTabText(m_ui->tabs->indexOf(m_ui->eventsTab), tr("Events"));
    m_ui->answer->clear({});
    drawEmptyStates();
    if (m_run)
        m_ui->clock->showRun(*m_run);
    drawHeaders();
}

void StreamPane::drawEmptyStates() {
    QString reason;
    if (!m_run)
        reason = tr("No call yet.\nThe request on the left is ready: press Send.");
    else if (!m_run->isDone())
        reason = tr("Waiting for the first byte.");
    else if (m_run->recording().attempts.back().status == 0)
        reason = tr("No answer came, so there is nothing to show.");
    else
        reason = tr("The answer has no body.");
    m_ui->answer->clear(reason);
    const QString type =
        m_run && !m_run->recording().attempts.empty()
            ? QString::fromLatin1(
                  m_run->recording().attempts.back().headers.value("content-type").value_or(QByteArray()))
            : QString();
    const bool plainBody = m_run && m_run->isDone() && m_run->recording().attempts.back().bodySize() > 0;
    m_ui->events->setEmptyReason(
        plainBody ? tr("The server answered %1, not a stream of events: see Text.").arg(type) : reason);
}

void StreamPane::armFrame() {
    if (m_run && !m_frame.isActive())
        m_frame.start();
}

void StreamPane::drawFrame() {
    if (!m_run)
        return;
    const StreamReader& reader = m_run->reader();
    if (saysSomething(reader.transcript()))
        m_ui->answer->pull(reader, m_run->isDone());
    const bool moreEvents = m_ui->events->pull();
    const bool moreRaw = drawRaw();
    m_ui->clock->showRun(*m_run);
    if (const qsizetype count = reader.eventCount(); count > 0)
        m_ui->tabs->setTabText(m_ui->tabs->indexOf(m_ui->eventsTab), tr("Events %1").arg(count));
    if (moreEvents || moreRaw)
        armFrame();
}

void StreamPane::drawEnd() {
    drawHeaders();
    m_ui->diagnosis->showRun(*m_run);
    const Attempt& attempt = m_run->recording().attempts.back();
    if (!saysSomething(m_run->reader().transcript())) {
        drawEmptyStates();
        m_ui->answer->showBody(bodyText(attempt));
    }
    armFrame();
    drawFrame();
}

void StreamPane::drawHeaders() {
    if (!m_run)
        return;
    const HttpRequest& request = m_run->recording().request;
    QString text = QString::fromLatin1(request.method) + QLatin1Char(' ') + QString::fromUtf8(request.url) +
                   QLatin1Char('\n') + headerLines(request.headers);
    if (!m_run->recording().attempts.empty()) {
        const Attempt& attempt = m_run->recording().attempts.back();
        if (attempt.status != 0)
            text += QStringLiteral("\n%1 %2\n").arg(attempt.status).arg(QString::fromLatin1(attempt.reason)) +
                    headerLines(attempt.headers);
    }
    m_ui->headerText->setLog(text);
}

// The bytes as they came, a bounded piece a frame; true if there are more.
bool StreamPane::drawRaw() {
    if (m_rawFull || m_ui->tabs->currentWidget() != m_ui->rawTab || m_run->recording().attempts.empty())
        return false;
    const std::vector<Chunk>& chunks = m_run->recording().attempts.back().chunks;
    QByteArray bytes;
    while (m_rawChunks < chunks.size() && bytes.size() < rawPerFrame)
        bytes += chunks[m_rawChunks++].bytes;
    m_rawShown += bytes.size();
    m_ui->raw->appendLog(QString(m_rawText(bytes)));
    if (m_rawShown >= longestRaw) {
        m_rawFull = true;
        m_ui->raw->appendLog(tr("\n\n… only the first %1 are shown here; a saved recording holds everything.")
                                 .arg(byteSize(m_rawShown)));
    }
    return m_rawChunks < chunks.size() && !m_rawFull;
}

} // namespace lavascope
