// SPDX-License-Identifier: MIT
#include "gui/diagnosis_card.h"

#include "core/base/visible_text.h"
#include "gui/appearance.h"
#include "gui/clipboard.h"
#include "gui/units.h"
#include "gui/widgets/flow_layout.h"
#include "gui/widgets/remedy_buttons.h"
#include "gui/widgets/retry_plan_view.h"
#include "session/run.h"
#include "ui_diagnosis_card.h"

#include <QAccessible>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QTimer>

namespace lavascope {

namespace {

struct Words {
    QString sign; ///< says by its shape what the words say; not read aloud
    QString text;

    [[nodiscard]] QString both() const { return sign + QLatin1Char(' ') + text; }
};

Words faultWords(Fault fault) {
    switch (fault) {
    case Fault::You:
        return {QStringLiteral("●"), DiagnosisCard::tr("on your side")};
    case Fault::Wallet:
        return {QStringLiteral("$"), DiagnosisCard::tr("the wallet")};
    case Fault::Gateway:
        return {QStringLiteral("◆"), DiagnosisCard::tr("the gateway")};
    case Fault::Provider:
        return {QStringLiteral("▲"), DiagnosisCard::tr("the provider")};
    case Fault::Network:
        return {QStringLiteral("⇄"), DiagnosisCard::tr("the network")};
    case Fault::Unknown:
        break;
    }
    return {QStringLiteral("?"), DiagnosisCard::tr("whose fault cannot be told")};
}

Words retryWords(const Diagnosis& diagnosis) {
    switch (diagnosis.retry) {
    case Retry::No:
        return {QStringLiteral("✕"), DiagnosisCard::tr("do not retry")};
    case Retry::After:
        return {QStringLiteral("↻"),
                diagnosis.retryAfter
                    ? DiagnosisCard::tr("retry after %1").arg(milliseconds(*diagnosis.retryAfter))
                    : DiagnosisCard::tr("retry later")};
    case Retry::Backoff:
        break;
    }
    return {QStringLiteral("↻"), DiagnosisCard::tr("retry with growing pauses")};
}

// Stopping is no failure.
bool isStop(const Diagnosis& diagnosis) {
    return diagnosis.kind == QStringLiteral("stopped");
}

Tone toneOf(const Diagnosis& diagnosis) {
    if (isStop(diagnosis))
        return Tone::Quiet;
    return diagnosis.retry == Retry::No ? Tone::Bad : Tone::Warning;
}

QString numbered(const QStringList& steps) {
    QStringList lines;
    for (qsizetype i = 0; i < steps.size(); ++i)
        lines += QStringLiteral("%1. %2").arg(i + 1).arg(steps[i]);
    return lines.join(QLatin1Char('\n'));
}

QStringList evidenceLines(const Diagnosis& diagnosis) {
    QStringList lines = diagnosis.evidence + diagnosis.ruledOut;
    if (!diagnosis.docs.isEmpty())
        lines += DiagnosisCard::tr("Documentation: %1").arg(diagnosis.docs);
    return lines;
}

void setTextOrHide(QLabel* label, const QString& text) {
    label->setText(withVisibleChips(text));
    label->setHidden(text.isEmpty());
}

} // namespace

DiagnosisCard::DiagnosisCard(QWidget* parent)
    : QFrame(parent)
    , m_ui(std::make_unique<Ui::DiagnosisCard>()) {
    m_ui->setupUi(this);
    setTextRole(m_ui->title, TextRole::Title);
    setTextRole(m_ui->evidence, TextRole::Quiet);
    setTextRole(m_ui->remedySaid, TextRole::Headline);
    m_ui->scroll->setAccessibleName(tr("Diagnosis"));
    m_ui->content->installEventFilter(m_ui->scroll);
    m_ui->content->setAutoFillBackground(false);
    m_ui->scroll->viewport()->setAutoFillBackground(false);
    buildChips();
    buildActions();
    clear();
}

DiagnosisCard::~DiagnosisCard() = default;

void DiagnosisCard::buildChips() {
    auto* flow = new FlowLayout(8, 4);
    m_ui->chips->setLayout(flow);
    const auto addChip = [this, flow](const char* name) {
        auto* chip = new QLabel(m_ui->chips);
        chip->setObjectName(QLatin1String(name));
        chip->setTextFormat(Qt::PlainText);
        setTextRole(chip, TextRole::Chip);
        flow->addWidget(chip);
        return chip;
    };
    m_fault = addChip("fault");
    m_retry = addChip("retry");
    m_billed = addChip("billed");
    m_billed->setText(tr("$ may have been billed"));
}

QPushButton* DiagnosisCard::addButton(const QString& name, const QString& text,
                                      const QString& accessibleName) {
    auto* button = new QPushButton(text, m_ui->actions);
    button->setObjectName(name);
    button->setAccessibleName(accessibleName);
    m_ui->actions->layout()->addWidget(button);
    return button;
}

void DiagnosisCard::buildActions() {
    auto* row = new FlowLayout(8, 8);
    m_ui->actions->setLayout(row);
    m_plan = new RetryPlanView(m_ui->contentLayout, m_ui->actions->layout(), this);
    m_showEvidence = addButton(QStringLiteral("showEvidence"), tr("Evidence"), tr("Show the evidence"));
    m_showEvidence->setCheckable(true);
    m_remedies = new RemedyButtons(*row, m_showEvidence, this);
    connect(m_remedies, &RemedyButtons::wanted, this, &DiagnosisCard::remedyWanted);
    m_rawBody = addButton(QStringLiteral("rawBody"), tr("Raw body"), tr("Show the raw body"));
    m_copyRequestId =
        addButton(QStringLiteral("copyRequestId"), tr("Copy request id"), tr("Copy the request id"));
    m_copyReport =
        addButton(QStringLiteral("copyReport"), tr("Copy report"), tr("Copy a report without secrets"));

    connect(m_plan, &RetryPlanView::retryNowWanted, this, &DiagnosisCard::retryNowWanted);
    connect(m_plan, &RetryPlanView::stopWanted, this, &DiagnosisCard::stopWanted);
    connect(m_rawBody, &QPushButton::clicked, this, &DiagnosisCard::rawBodyWanted);
    connect(m_showEvidence, &QPushButton::toggled, m_ui->evidence, &QLabel::setVisible);
    connect(m_copyRequestId, &QPushButton::clicked, this, [this] { copyText(m_diagnosis->requestId); });
    connect(m_copyReport, &QPushButton::clicked, this, [this] { copyText(report()); });
}

void DiagnosisCard::clear() {
    m_diagnosis.reset();
    m_plan->clear();
    hide();
}

void DiagnosisCard::tell(const QString& text) {
    setTextOrHide(m_ui->remedySaid, text);
    // Its place is known once the layout has run.
    QTimer::singleShot(0, this, [this] { m_ui->scroll->ensureWidgetVisible(m_ui->remedySaid); });
}

void DiagnosisCard::setTextHeightLimit(int pixels) {
    m_ui->scroll->setHeightLimit(pixels);
}

void DiagnosisCard::showRun(const Run& run) {
    if (!run.diagnosis()) {
        clear();
        return;
    }
    showDiagnosis(*run.diagnosis());
    // What is in the form is another request than the one that was played.
    if (run.isReplay())
        m_remedies->setRemedies({});
    m_rawBody->setVisible(run.recording().attempts.back().bodySize() > 0);
    m_plan->showRun(run);
}

void DiagnosisCard::showDiagnosis(const Diagnosis& diagnosis) {
    m_diagnosis = diagnosis;
    m_plan->showPlan(retryPlan({}, diagnosis, {}, 1));
    setTextOrHide(m_ui->title, diagnosis.title);
    showChips(diagnosis);
    setTextOrHide(m_ui->cause, diagnosis.cause);
    setTextOrHide(m_ui->steps, numbered(diagnosis.steps));
    m_remedies->setRemedies(diagnosis.remedies);
    setTextOrHide(m_ui->remedySaid, {});
    m_ui->limits->setLimits(diagnosis.rateLimits);
    const QStringList evidence = evidenceLines(diagnosis);
    m_ui->evidence->setText(withVisibleChips(evidence.join(QLatin1Char('\n'))));
    m_ui->evidence->hide();
    m_showEvidence->setChecked(false);
    m_showEvidence->setHidden(evidence.isEmpty());
    m_rawBody->hide();
    m_copyRequestId->setHidden(diagnosis.requestId.isEmpty());
    m_copyRequestId->setToolTip(plainToolTip(withVisibleChips(diagnosis.requestId)));
    setAccessibleName(sentence());
    setTone(this, toneOf(diagnosis));
    m_ui->scroll->verticalScrollBar()->setValue(0);
    show();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void DiagnosisCard::showChips(const Diagnosis& diagnosis) {
    const Words fault = faultWords(diagnosis.fault);
    const Words retry = retryWords(diagnosis);
    m_fault->setText(fault.both());
    m_fault->setAccessibleName(fault.text);
    m_retry->setText(retry.both());
    m_retry->setAccessibleName(retry.text);
    setTone(m_retry, toneOf(diagnosis));
    // Of a stop by hand there is nobody to blame and nothing to advise.
    m_ui->chips->setHidden(isStop(diagnosis) && !diagnosis.mayHaveBeenBilled);
    m_fault->setHidden(isStop(diagnosis));
    m_retry->setHidden(isStop(diagnosis));
    m_billed->setVisible(diagnosis.mayHaveBeenBilled);
    setTone(m_billed, Tone::Warning);
}

// What a screen reader says first: all that matters, in one sentence.
QString DiagnosisCard::sentence() const {
    if (isStop(*m_diagnosis))
        return withVisibleChips(m_diagnosis->title);
    return withVisibleChips(
        tr("%1: %2, %3.")
            .arg(m_diagnosis->title, faultWords(m_diagnosis->fault).text, retryWords(*m_diagnosis).text));
}

// For a ticket: everything on the card, nothing secret, since a diagnosis never holds any.
QString DiagnosisCard::report() const {
    QStringList lines{QStringLiteral("## ") + m_diagnosis->title,
                      QString(),
                      sentence(),
                      QString(),
                      m_diagnosis->cause,
                      QString()};
    lines += numbered(m_diagnosis->steps);
    lines += QString();
    for (const RateLimit& limit : m_diagnosis->rateLimits)
        lines += tr("- Limit: %1").arg(rateLimitLine(limit));
    for (const QString& evidence : evidenceLines(*m_diagnosis))
        lines += QStringLiteral("- ") + evidence;
    if (!m_diagnosis->requestId.isEmpty())
        lines += tr("- Request id: %1").arg(m_diagnosis->requestId);
    return withVisibleChips(lines.join(QLatin1Char('\n')));
}

} // namespace lavascope
