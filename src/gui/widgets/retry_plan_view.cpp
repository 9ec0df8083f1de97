// SPDX-License-Identifier: MIT
#include "gui/widgets/retry_plan_view.h"

#include "core/diagnosis/rate_limits.h"
#include "gui/appearance.h"
#include "gui/repeat_question.h"
#include "gui/retry_words.h"
#include "gui/widgets/wrapped_label.h"
#include "session/run.h"

#include <QLabel>
#include <QLayout>
#include <QPushButton>

namespace lavascope {

using namespace std::chrono_literals;

RetryPlanView::RetryPlanView(QLayout* text, QLayout* actions, QWidget* parent)
    : QObject(parent)
    , m_card(parent)
    , m_words(new WrappedLabel(parent))
    , m_countdown(new QLabel(parent))
    , m_retryNow(new QPushButton(parent))
    , m_stop(new QPushButton(tr("Stop"), parent)) {
    m_words->setObjectName(QStringLiteral("retryWords"));
    m_words->setTextFormat(Qt::PlainText);
    m_countdown->setObjectName(QStringLiteral("countdown"));
    m_countdown->setTextFormat(Qt::PlainText);
    setTextRole(m_countdown, TextRole::Headline);
    m_retryNow->setObjectName(QStringLiteral("retryNow"));
    m_retryNow->setAccessibleName(tr("Retry now"));
    m_stop->setObjectName(QStringLiteral("stopWaiting"));
    m_stop->setAccessibleName(tr("Stop waiting"));
    text->addWidget(m_words);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_countdown, m_retryNow, m_stop})
        actions->addWidget(widget);
    m_tick.setInterval(200ms);
    connect(&m_tick, &QTimer::timeout, this, &RetryPlanView::tick);
    connect(m_retryNow, &QPushButton::clicked, this, &RetryPlanView::retry);
    connect(m_stop, &QPushButton::clicked, this, &RetryPlanView::stopWanted);
    clear();
}

void RetryPlanView::clear() {
    m_run = nullptr;
    m_plan = {};
    m_tick.stop();
    for (QWidget* widget : std::initializer_list<QWidget*>{m_words, m_countdown, m_retryNow, m_stop})
        widget->hide();
}

void RetryPlanView::showRun(const Run& run) {
    clear();
    if (!run.diagnosis() || (run.isReplay() && run.isDone()))
        return;
    const RetryPlan plan = run.retryPlan();
    if (run.isDone() && plan.next == RetryPlan::Next::Nothing)
        return;
    m_run = &run;
    m_tick.start();
    putUp(plan);
}

void RetryPlanView::showPlan(const RetryPlan& plan) {
    clear();
    if (plan.next != RetryPlan::Next::Nothing)
        putUp(plan);
}

void RetryPlanView::putUp(const RetryPlan& plan) {
    m_plan = plan;
    m_words->setText(retryPlanWords(plan));
    m_words->setAccessibleName(m_words->text());
    m_words->setHidden(m_words->text().isEmpty());
    m_retryNow->show();
    tick();
}

void RetryPlanView::tick() {
    const bool waits = m_run && m_run->state() == Run::State::Waiting;
    m_stop->setVisible(waits);
    const auto left = m_run ? m_run->waitLeft() : 0ms;
    // Where it may cost twice, nobody is encouraged.
    const bool encourages = left > 0ms || m_plan.next != RetryPlan::Next::OnAnswer;
    m_countdown->setVisible(m_run && encourages);
    showButton(m_plan.serverWait && left > 0ms);
    if (!m_run) {
        m_tick.stop();
        return;
    }
    showCountdown(left);
    if (!waits && left == 0ms)
        m_tick.stop();
}

void RetryPlanView::showCountdown(std::chrono::milliseconds left) {
    const QString span = spanInWords(std::chrono::ceil<std::chrono::seconds>(left));
    if (m_run->state() == Run::State::Waiting)
        m_countdown->setText(tr("Retry in %1").arg(span));
    else
        m_countdown->setText(left > 0ms ? tr("Worth trying in %1").arg(span) : tr("You can try again now"));
}

void RetryPlanView::showButton(bool isEarly) {
    const bool asks = m_plan.next == RetryPlan::Next::OnAnswer;
    const QString name = asks ? tr("Send again…") : tr("Retry now");
    const QString early = tr("That is earlier than the server asked: it may refuse again, or for longer.");
    m_retryNow->setText(isEarly && !asks ? tr("Retry now (early)") : name);
    m_retryNow->setAccessibleName(name);
    m_retryNow->setAccessibleDescription(isEarly ? early : QString());
    m_retryNow->setToolTip(isEarly ? plainToolTip(early) : QString());
}

void RetryPlanView::retry() {
    if (m_plan.next != RetryPlan::Next::OnAnswer) {
        Q_EMIT retryNowWanted();
        return;
    }
    askToRepeat(m_card, billingDoubtWords(m_plan.doubt), [this] { Q_EMIT retryNowWanted(); });
}

} // namespace lavascope
