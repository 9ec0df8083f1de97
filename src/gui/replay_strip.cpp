// SPDX-License-Identifier: MIT
#include "gui/replay_strip.h"

#include "core/base/visible_text.h"
#include "core/stream/played_recording.h"
#include "gui/appearance.h"
#include "gui/units.h"
#include "gui/widgets/flow_layout.h"
#include "gui/widgets/wrapped_label.h"
#include "session/run.h"

#include <QAccessible>
#include <QComboBox>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace lavascope {

namespace {

constexpr qsizetype longestName = 60;

/// The file's own name, short enough for a line.
QString shortName(const QString& path) {
    const QString name = QFileInfo(path).fileName();
    if (name.size() <= longestName)
        return withVisibleChips(name);
    constexpr qsizetype half = longestName / 2;
    return withVisibleChips(name.first(half) + QChar(0x2026) + name.last(half));
}

QString wholePath(const QString& path) {
    return plainToolTip(withVisibleChips(QDir::toNativeSeparators(QFileInfo(path).absoluteFilePath())));
}

QString titleOf(const QString& path, const Recording& recording) {
    if (recording.startedAtMs == 0)
        return ReplayStrip::tr("Replay of %1").arg(shortName(path));
    const QDateTime then = QDateTime::fromMSecsSinceEpoch(recording.startedAtMs);
    return ReplayStrip::tr("Replay of %1, recorded %2")
        .arg(shortName(path), then.toString(QStringLiteral("yyyy-MM-dd HH:mm")));
}

QString factsOf(const Recording& recording) {
    if (!hasTimes(recording))
        return ReplayStrip::tr("Nothing is sent. The file tells no times, so all of it is shown at once.");
    const QString length = milliseconds(endingOf(recording.attempts.back()).at);
    if (recording.attempts.size() == 1)
        return ReplayStrip::tr("Nothing is sent. The call took %1.").arg(length);
    return ReplayStrip::tr("Nothing is sent. %1 tries; the last one took %2.")
        .arg(recording.attempts.size())
        .arg(length);
}

QLabel* addText(QLayout* layout, const QString& name) {
    auto* label = new WrappedLabel;
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    layout->addWidget(label);
    return label;
}

} // namespace

ReplayStrip::ReplayStrip(QWidget* parent)
    : QFrame(parent) {
    setObjectName(QStringLiteral("replayStrip"));
    setAccessibleName(tr("Replay"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 12, 8); // the edge in colour takes the rest of the left
    layout->setSpacing(6);
    m_problem = buildProblem();
    layout->addWidget(m_problem);
    m_title = addText(layout, QStringLiteral("replayTitle"));
    setTextRole(m_title, TextRole::Headline);
    m_facts = addText(layout, QStringLiteral("replayFacts"));
    setTextRole(m_facts, TextRole::Quiet);
    m_controls = buildControls();
    layout->addWidget(m_controls);
    clear();
}

QWidget* ReplayStrip::buildControls() {
    auto* controls = new QWidget(this);
    auto* flow = new FlowLayout(8, 6);
    controls->setLayout(flow);
    auto* speed = new QWidget(controls);
    auto* speedLayout = new QHBoxLayout(speed);
    speedLayout->setContentsMargins(0, 0, 0, 0);
    speedLayout->setSpacing(6);
    m_speedLabel = new QLabel(tr("S&peed"), speed);
    m_speedLabel->setTextFormat(Qt::PlainText);
    m_speed = new QComboBox(speed);
    m_speed->setObjectName(QStringLiteral("replaySpeed"));
    m_speed->setAccessibleName(tr("Speed of the replay"));
    m_speed->addItem(tr("At once"), QStringLiteral("once"));
    m_speed->addItem(tr("Original speed"), QStringLiteral("original"));
    m_speed->addItem(QStringLiteral("×2"), QStringLiteral("2"));
    m_speed->addItem(QStringLiteral("×10"), QStringLiteral("10"));
    m_speedLabel->setBuddy(m_speed);
    speedLayout->addWidget(m_speedLabel);
    speedLayout->addWidget(m_speed);
    flow->addWidget(speed);
    m_play = addButton(flow, QStringLiteral("replayPlay"), tr("Play again"), tr("Play the recording again"));
    m_stop = addButton(flow, QStringLiteral("replayStop"), tr("Stop"), tr("Stop the replay"));
    m_request = addButton(flow, QStringLiteral("replayRequest"), tr("Recorded request"),
                          tr("Show the request that was recorded"));
    auto* close = addButton(flow, QStringLiteral("replayClose"), tr("Close"), tr("Close the replay"));
    connect(m_speed, &QComboBox::activated, this, &ReplayStrip::playWanted);
    connect(m_play, &QPushButton::clicked, this, &ReplayStrip::playWanted);
    connect(m_stop, &QPushButton::clicked, this, &ReplayStrip::stopWanted);
    connect(m_request, &QPushButton::clicked, this, &ReplayStrip::requestWanted);
    connect(close, &QPushButton::clicked, this, &ReplayStrip::closeWanted);
    return controls;
}

QWidget* ReplayStrip::buildProblem() {
    auto* problem = new QWidget(this);
    auto* layout = new QHBoxLayout(problem);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_problemText = addText(layout, QStringLiteral("replayProblem"));
    setTextRole(m_problemText, TextRole::Bad);
    layout->setStretch(0, 1);
    auto* dismiss = addButton(layout, QStringLiteral("replayDismiss"), tr("Dismiss"),
                              tr("Dismiss what is said about the file"));
    connect(dismiss, &QPushButton::clicked, this, &ReplayStrip::hideProblem);
    return problem;
}

QPushButton* ReplayStrip::addButton(QLayout* layout, const QString& name, const QString& text,
                                    const QString& accessibleName) {
    auto* button = new QPushButton(text, this);
    button->setObjectName(name);
    button->setAccessibleName(accessibleName);
    layout->addWidget(button);
    return button;
}

void ReplayStrip::clear() {
    m_isOpen = false;
    follow(nullptr);
    hideProblem();
}

void ReplayStrip::showRecording(const QString& path, const Recording& recording) {
    m_isOpen = true;
    m_hasTimes = hasTimes(recording);
    m_hasRequest = !recording.request.url.isEmpty();
    m_title->setText(QStringLiteral("▶ ") + titleOf(path, recording));
    m_title->setAccessibleName(titleOf(path, recording));
    m_title->setToolTip(wholePath(path));
    m_facts->setText(factsOf(recording));
    m_speed->setCurrentIndex(0);
    hideProblem();
    showButtons();
}

void ReplayStrip::follow(const Run* run) {
    m_isRunning = run && !run->isDone();
    if (m_isRunning)
        connect(run, &Run::finished, this, [this] {
            m_isRunning = false;
            showButtons();
        });
    showButtons();
}

void ReplayStrip::setRequestShown(bool shown) {
    m_isRequestShown = shown;
    showButtons();
}

void ReplayStrip::showButtons() {
    for (QWidget* widget : {static_cast<QWidget*>(m_title), static_cast<QWidget*>(m_facts), m_controls})
        widget->setVisible(m_isOpen);
    m_speed->setEnabled(m_hasTimes);
    m_speedLabel->setEnabled(m_hasTimes);
    // The hands stay where they are when the button under them has nothing to do any more.
    if (m_stop->hasFocus() && !m_isRunning)
        m_play->setFocus(Qt::OtherFocusReason);
    m_stop->setEnabled(m_isRunning);
    m_request->setVisible(m_hasRequest && !m_isRequestShown);
}

void ReplayStrip::showProblem(const QString& path, const QString& problem) {
    const QString text = tr("%1 was not opened. %2").arg(shortName(path), withVisibleChips(problem));
    m_problemText->setText(QStringLiteral("✕ ") + text);
    m_problemText->setAccessibleName(text);
    m_problemText->setToolTip(wholePath(path));
    m_problem->show();
    show();
    QAccessibleEvent alert(m_problemText, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void ReplayStrip::hideProblem() {
    m_problem->hide();
    m_problemText->clear();
    setVisible(m_isOpen);
}

ReplayPace ReplayStrip::pace() const {
    return replayPaceByName(m_speed->currentData().toString()).value_or(ReplayPace::atOnce());
}

void ReplayStrip::focusControls() {
    m_play->setFocus(Qt::OtherFocusReason);
}

} // namespace lavascope
