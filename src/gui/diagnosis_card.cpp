// SPDX-License-Identifier: MIT
#include "gui/diagnosis_card.h"

#include "core/base/visible_text.h"
#include "gui/appearance.h"
#include "gui/units.h"
#include "session/run.h"
#include "ui_diagnosis_card.h"

#include <QClipboard>
#include <QGuiApplication>

namespace lavascope {

using namespace std::chrono_literals;

namespace {

QString faultWords(Fault fault) {
    switch (fault) {
    case Fault::You:
        return DiagnosisCard::tr("● on your side");
    case Fault::Wallet:
        return DiagnosisCard::tr("$ the wallet");
    case Fault::Gateway:
        return DiagnosisCard::tr("◆ the gateway");
    case Fault::Provider:
        return DiagnosisCard::tr("▲ the provider");
    case Fault::Network:
        return DiagnosisCard::tr("⇄ the network");
    case Fault::Unknown:
        break;
    }
    return DiagnosisCard::tr("? whose fault cannot be told");
}

QString retryWords(const Diagnosis& diagnosis) {
    switch (diagnosis.retry) {
    case Retry::No:
        return DiagnosisCard::tr("do not retry");
    case Retry::After:
        return diagnosis.retryAfter
                   ? DiagnosisCard::tr("retry after %1").arg(milliseconds(*diagnosis.retryAfter))
                   : DiagnosisCard::tr("retry later");
    case Retry::Backoff:
        break;
    }
    return DiagnosisCard::tr("retry with growing pauses");
}

QString toneOf(const Diagnosis& diagnosis) {
    if (diagnosis.kind == QStringLiteral("stopped"))
        return QStringLiteral("quiet");
    return diagnosis.retry == Retry::No ? QStringLiteral("bad") : QStringLiteral("warning");
}

QString numbered(const QStringList& steps) {
    QStringList lines;
    for (qsizetype i = 0; i < steps.size(); ++i)
        lines += QStringLiteral("%1. %2").arg(i + 1).arg(steps[i]);
    return lines.join(QLatin1Char('\n'));
}

void setTextOrHide(QLabel* label, const QString& text) {
    label->setText(withVisibleChips(text));
    label->setVisible(!text.isEmpty());
}

} // namespace

DiagnosisCard::DiagnosisCard(QWidget* parent)
    : QFrame(parent)
    , m_ui(std::make_unique<Ui::DiagnosisCard>()) {
    m_ui->setupUi(this);
    setTextRole(m_ui->fault, TextRole::Quiet);
    setTextRole(m_ui->retry, TextRole::Headline);
    setTextRole(m_ui->evidence, TextRole::Quiet);
    connect(m_ui->retryNow, &QPushButton::clicked, this, &DiagnosisCard::retryNowWanted);
    connect(m_ui->stopWaiting, &QPushButton::clicked, this, &DiagnosisCard::stopWanted);
    connect(m_ui->showEvidence, &QPushButton::toggled, m_ui->evidence, &QLabel::setVisible);
    connect(m_ui->copyReport, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(report()); });
    m_tick.setInterval(200ms);
    connect(&m_tick, &QTimer::timeout, this, &DiagnosisCard::tick);
    clear();
}

DiagnosisCard::~DiagnosisCard() = default;

void DiagnosisCard::clear() {
    m_diagnosis.reset();
    m_waiting = nullptr;
    m_tick.stop();
    hide();
}

void DiagnosisCard::showRun(const Run& run) {
    if (!run.diagnosis()) {
        clear();
        return;
    }
    showDiagnosis(*run.diagnosis());
    m_waiting = run.state() == Run::State::Waiting ? &run : nullptr;
    m_waiting ? m_tick.start() : m_tick.stop();
    tick();
}

void DiagnosisCard::showDiagnosis(const Diagnosis& diagnosis) {
    m_diagnosis = diagnosis;
    m_waiting = nullptr;
    setTextOrHide(m_ui->title, diagnosis.title);
    m_ui->fault->setText(faultWords(diagnosis.fault));
    m_ui->retry->setText(retryWords(diagnosis));
    setTextOrHide(m_ui->cause, diagnosis.cause);
    setTextOrHide(m_ui->steps, numbered(diagnosis.steps));
    m_ui->evidence->setText(withVisibleChips(diagnosis.evidence.join(QLatin1Char('\n'))));
    m_ui->showEvidence->setVisible(!diagnosis.evidence.isEmpty());
    m_ui->showEvidence->setChecked(false);
    m_ui->evidence->hide();
    setAccessibleName(
        QStringLiteral("%1 %2, %3.").arg(diagnosis.title, m_ui->fault->text(), m_ui->retry->text()));
    setStyleProperty(this, "tone", toneOf(diagnosis));
    tick();
    show();
}

void DiagnosisCard::tick() {
    const bool waiting = m_waiting != nullptr;
    m_ui->countdown->setVisible(waiting);
    m_ui->stopWaiting->setVisible(waiting);
    m_ui->retryNow->setVisible(waiting || (m_diagnosis && m_diagnosis->retry != Retry::No));
    if (!waiting)
        return;
    const auto seconds = (m_waiting->waitLeft() + 999ms) / 1s;
    m_ui->countdown->setText(tr("Retry in %1 s").arg(seconds));
}

// For a ticket: everything on the card, nothing secret, since a diagnosis never holds any.
QString DiagnosisCard::report() const {
    if (!m_diagnosis)
        return {};
    QStringList lines{QStringLiteral("## %1").arg(m_diagnosis->title),
                      QString(),
                      tr("%1; %2.").arg(m_ui->fault->text(), m_ui->retry->text()),
                      QString(),
                      m_diagnosis->cause,
                      QString()};
    lines += numbered(m_diagnosis->steps);
    lines += QString();
    for (const QString& evidence : m_diagnosis->evidence)
        lines += QStringLiteral("- ") + evidence;
    if (!m_diagnosis->requestId.isEmpty())
        lines += QStringLiteral("- request id: ") + m_diagnosis->requestId;
    return lines.join(QLatin1Char('\n'));
}

} // namespace lavascope
