// SPDX-License-Identifier: MIT
#include "gui/clock_strip.h"

#include "core/base/visible_text.h"
#include "core/stream/played_recording.h"
#include "gui/appearance.h"
#include "gui/clipboard.h"
#include "gui/models/timeline_figures.h"
#include "gui/units.h"
#include "gui/widgets/dialect_picker.h"
#include "gui/widgets/fitting_scroll_area.h"
#include "gui/widgets/flow_layout.h"
#include "gui/widgets/wrapped_label.h"
#include "session/run.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

namespace lavascope {

namespace {

struct Word {
    QString text;
    Tone tone;
};

// The sign says what the colour says.
Word verdictWord(const Run& run) {
    const std::optional<Verdict>& verdict = run.reader().transcript().verdict;
    switch (run.state()) {
    case Run::State::Connecting:
        return {ClockStrip::tr("… waiting for the first byte"), Tone::Quiet};
    case Run::State::Receiving:
        return {ClockStrip::tr("● receiving"), Tone::Good};
    case Run::State::Waiting:
        return {ClockStrip::tr("… waiting to try again"), Tone::Warning};
    case Run::State::Done:
        break;
    }
    const int status = run.recording().attempts.empty() ? 0 : run.recording().attempts.back().status;
    if (status == 0 && verdict != Verdict::Stopped)
        return {ClockStrip::tr("✕ no answer"), Tone::Bad};
    if (!verdict)
        return {};
    switch (*verdict) {
    case Verdict::Complete:
        return {ClockStrip::tr("✓ complete"), Tone::Good};
    case Verdict::Stopped:
        return {ClockStrip::tr("■ stopped by you"), Tone::Warning};
    case Verdict::CutOff:
        return {ClockStrip::tr("✂ cut off"), Tone::Bad};
    case Verdict::ErrorInStream:
        return {ClockStrip::tr("✕ error inside the answer"), Tone::Bad};
    case Verdict::NotAStream:
        return run.succeeded() ? Word{ClockStrip::tr("✓ whole answer, not a stream"), Tone::Good}
                               : Word{ClockStrip::tr("✕ an error, not a stream"), Tone::Bad};
    }
    return {};
}

QString count(qint64 number) {
    return QLocale::c().toString(number);
}

QString tokenWords(const Usage& usage) {
    if (!usage.inputTokens && !usage.outputTokens)
        return {};
    const QString unknown = QStringLiteral("?");
    QString words = ClockStrip::tr("%1 in, %2 out")
                        .arg(usage.inputTokens ? count(*usage.inputTokens) : unknown,
                             usage.outputTokens ? count(*usage.outputTokens) : unknown);
    if (usage.reasoningTokens && *usage.reasoningTokens > 0)
        words += ClockStrip::tr(" (%1 reasoning)").arg(count(*usage.reasoningTokens));
    return words;
}

QString stallWords(const StreamReader& reader) {
    const auto stalls = reader.arrivals().stalls(stallThreshold, reader.eventCount());
    return stalls.empty() ? QString() : count(qint64(stalls.size()));
}

QString timeWords(const std::optional<std::chrono::microseconds>& time) {
    return time ? milliseconds(*time) : QString();
}

// Most answers begin with an event: its time is said only where it is another one.
QString firstEventWords(const Timeline& timeline) {
    const QString event = timeWords(timeline.firstEvent);
    return event == timeWords(timeline.firstByte) ? QString() : event;
}

/// From the inside out; whether anything was laid out anew.
bool layOutWithin(const QWidget& widget) {
    bool isChanged = false;
    for (const QWidget* child : widget.findChildren<QWidget*>(Qt::FindDirectChildrenOnly))
        isChanged |= layOutWithin(*child);
    return (widget.layout() && widget.layout()->activate()) || isChanged;
}

const Attempt* latestAttempt(const Run& run) {
    return run.recording().attempts.empty() ? nullptr : &run.recording().attempts.back();
}

} // namespace

ClockStrip::ClockStrip(QWidget* parent)
    : QWidget(parent)
    , m_status(new QLabel(this))
    , m_verdict(new QLabel(this))
    , m_requestId(new QPushButton(tr("Copy request id"), this))
    , m_save(new QPushButton(tr("Save…"), this))
    , m_dialect(new DialectPicker(this))
    , m_buffering(new WrappedLabel)
    , m_head(buildHead())
    , m_details(new FittingScrollArea(this)) {
    auto* figures = new QWidget;
    figures->setObjectName(QStringLiteral("figures"));
    auto* flow = new FlowLayout(16, 4);
    figures->setLayout(flow);
    m_try = addFigure(flow, QStringLiteral("try"), tr("Try"));
    m_firstByte = addFigure(flow, QStringLiteral("firstByte"), tr("First byte"));
    m_firstEvent = addFigure(flow, QStringLiteral("firstEvent"), tr("First event"));
    m_firstText = addFigure(flow, QStringLiteral("firstText"), tr("First text"));
    m_end = addFigure(flow, QStringLiteral("end"), tr("End"));
    m_longestGap = addFigure(flow, QStringLiteral("longestGap"), tr("Longest gap"));
    m_stalls = addFigure(flow, QStringLiteral("stalls"),
                         tr("Stalls ≥ %1 s").arg(std::chrono::duration<double>(stallThreshold).count()));
    m_speed = addFigure(flow, QStringLiteral("speed"), tr("Speed"));
    m_tokens = addFigure(flow, QStringLiteral("tokens"), tr("Tokens"));
    m_events = addFigure(flow, QStringLiteral("events"), tr("Events"));
    m_size = addFigure(flow, QStringLiteral("size"), tr("Size"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_head);
    layout->addWidget(m_details);
    auto* content = new QWidget;
    auto* contentLayout = new QVBoxLayout(content);
    contentLayout->setContentsMargins(0, 0, 0, 0);
    contentLayout->setSpacing(8);
    contentLayout->addWidget(figures);
    contentLayout->addWidget(m_buffering);
    m_details->setWidget(content);
    content->installEventFilter(m_details);
    m_details->setAccessibleName(tr("Figures of the call"));
    // A stop of the Tab key only where there is something to scroll.
    m_details->setFocusPolicy(Qt::NoFocus);
    connect(m_details->verticalScrollBar(), &QScrollBar::rangeChanged, m_details, [this](int, int largest) {
        m_details->setFocusPolicy(largest > 0 ? Qt::StrongFocus : Qt::NoFocus);
    });
    m_details->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    m_buffering->setObjectName(QStringLiteral("buffering"));
    m_buffering->setTextFormat(Qt::PlainText);
    setTone(m_buffering, Tone::Warning);
    clear();
}

void ClockStrip::setFiguresHeightLimit(int pixels) {
    m_details->setHeightLimit(pixels);
}

void ClockStrip::buildSaveMenu() {
    m_save->setObjectName(QStringLiteral("save"));
    m_save->setAccessibleName(tr("Save this call as a file, secrets masked"));
    auto* menu = new QMenu(m_save);
    const auto add = [&](const QString& text, const QString& name, AnswerSaver::Form form) {
        QAction* action = menu->addAction(text, this, [this, form] { Q_EMIT saveWanted(form); });
        action->setObjectName(name);
    };
    add(tr("&Recording, to replay it…"), QStringLiteral("saveRecording"), AnswerSaver::Form::Recording);
    add(tr("&Body as it came (.sse, .json)…"), QStringLiteral("saveBody"), AnswerSaver::Form::Body);
    add(tr("&Text of the answer…"), QStringLiteral("saveText"), AnswerSaver::Form::Text);
    add(tr("&JSON of what it means…"), QStringLiteral("saveJson"), AnswerSaver::Form::Json);
    m_save->setMenu(menu);
}

QWidget* ClockStrip::buildHead() {
    m_status->setObjectName(QStringLiteral("status"));
    m_status->setTextFormat(Qt::PlainText);
    setTextRole(m_status, TextRole::Chip);
    m_verdict->setObjectName(QStringLiteral("verdict"));
    m_verdict->setTextFormat(Qt::PlainText);
    setTextRole(m_verdict, TextRole::Headline);
    m_requestId->setObjectName(QStringLiteral("requestId"));
    m_requestId->setAccessibleName(tr("Copy x-lava-request-id"));
    connect(m_requestId, &QPushButton::clicked, this,
            [this] { copyText(m_requestId->property("requestId").toString()); });
    buildSaveMenu();
    auto* words = new QWidget(this);
    auto* wordFlow = new FlowLayout(12, 4);
    wordFlow->addWidget(m_status);
    wordFlow->addWidget(m_verdict);
    wordFlow->addWidget(m_dialect);
    connect(m_dialect, &DialectPicker::chosen, this, &ClockStrip::dialectChosen);
    words->setLayout(wordFlow);
    auto* buttons = new QWidget(this);
    auto* buttonFlow = new FlowLayout(8, 4);
    buttonFlow->addWidget(m_requestId);
    buttonFlow->addWidget(m_save);
    buttons->setLayout(buttonFlow);
    auto* head = new QWidget(this);
    auto* layout = new QHBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(words, 1);
    layout->addWidget(buttons);
    return head;
}

ClockStrip::Figure ClockStrip::addFigure(QLayout* layout, const QString& name, const QString& caption) {
    Figure figure;
    figure.box = new QWidget(this);
    figure.caption = new QLabel(caption, figure.box);
    figure.caption->setTextFormat(Qt::PlainText);
    setTextRole(figure.caption, TextRole::Quiet);
    figure.value = new QLabel(figure.box);
    figure.value->setObjectName(name);
    figure.value->setTextFormat(Qt::PlainText);
    auto* box = new QVBoxLayout(figure.box);
    box->setContentsMargins(0, 0, 0, 0);
    box->setSpacing(0);
    box->addWidget(figure.caption);
    box->addWidget(figure.value);
    figure.box->hide();
    layout->addWidget(figure.box);
    return figure;
}

void ClockStrip::clear() {
    hide();
    m_status->clear();
    m_verdict->clear();
    m_requestId->hide();
    for (const Figure& figure : {m_try, m_firstByte, m_firstEvent, m_firstText, m_end, m_longestGap, m_stalls,
                                 m_speed, m_tokens, m_events, m_size})
        show(figure, {});
    m_buffering->hide();
}

void ClockStrip::showRun(const Run& run) {
    showVerdict(run);
    showStatus(run);
    showFigures(run);
    showBuffering(run);
    showRequestId(run);
    m_dialect->showDialect(run.reader().transcript().dialect, run.forcedDialect());
    QWidget::show();
    layOut();
}

// At once. Left to the event loop each layout is painted before the one around it knows of it: new figures
// are seen cut off for a moment.
void ClockStrip::layOut() {
    layOutWithin(*m_head);
    if (layOutWithin(*m_details->widget()))
        m_details->updateGeometry();
    layout()->activate();
}

void ClockStrip::show(const Figure& figure, const QString& value) {
    if (figure.value->text() == value)
        return;
    figure.value->setText(value);
    figure.value->setAccessibleName(figure.caption->text() + QStringLiteral(": ") + value);
    figure.box->setHidden(value.isEmpty());
}

void ClockStrip::showVerdict(const Run& run) {
    const Word word = verdictWord(run);
    if (word.text == m_verdict->text())
        return;
    m_verdict->setText(word.text);
    setTone(m_verdict, word.tone);
}

void ClockStrip::showStatus(const Run& run) {
    constexpr qsizetype longestReason = 60;
    const Attempt* attempt = latestAttempt(run);
    const int status = attempt ? attempt->status : 0;
    m_status->setHidden(status == 0);
    if (status == 0)
        return;
    const QString reason = QString::fromLatin1(attempt->reason.left(longestReason));
    m_status->setText(withVisibleChips(QStringLiteral("%1 %2").arg(status).arg(reason).trimmed()));
    m_status->setAccessibleName(tr("Status %1").arg(m_status->text()));
    setTone(m_status, status >= 200 && status <= 299 ? Tone::Good : Tone::Bad);
}

void ClockStrip::showFigures(const Run& run) {
    const StreamReader& reader = run.reader();
    // A bare body that is played has none.
    const Timeline timeline = hasTimes(run.recording()) ? reader.timeline() : Timeline{};
    const auto tries = run.recording().attempts.size();
    show(m_try, tries > 1 ? count(qint64(tries)) : QString());
    show(m_firstByte, timeWords(timeline.firstByte));
    show(m_firstEvent, firstEventWords(timeline));
    show(m_firstText, timeWords(timeline.firstText));
    show(m_end, timeWords(timeline.end));
    show(m_longestGap, timeline.longestGap.count() > 0 ? milliseconds(timeline.longestGap) : QString());
    show(m_stalls, stallWords(reader));
    show(m_speed, reader.speed() ? speedText(*reader.speed()) : QString());
    show(m_tokens, tokenWords(reader.transcript().usage));
    show(m_events, reader.eventCount() > 0 ? count(reader.eventCount()) : QString());
    const qint64 bytes = reader.timeline().bytes;
    show(m_size, bytes > 0 ? byteSize(bytes) : QString());
}

void ClockStrip::showBuffering(const Run& run) {
    const std::optional<Buffering> found = run.reader().buffering();
    m_buffering->setHidden(!found);
    if (!found)
        return;
    const QString said = QStringLiteral("⚠ ") + withVisibleChips(found->sentence);
    if (said == m_buffering->text())
        return;
    m_buffering->setText(said);
    // The Timeline tab shows it too.
    m_buffering->setToolTip(plainToolTip(found->advice));
}

void ClockStrip::showRequestId(const Run& run) {
    const Attempt* attempt = latestAttempt(run);
    const QString id =
        attempt ? QString::fromLatin1(attempt->headers.value("x-lava-request-id").value_or(QByteArray()))
                : QString();
    m_requestId->setProperty("requestId", id);
    m_requestId->setToolTip(plainToolTip(QStringLiteral("x-lava-request-id: ") + withVisibleChips(id)));
    m_requestId->setHidden(id.isEmpty());
}

} // namespace lavascope
