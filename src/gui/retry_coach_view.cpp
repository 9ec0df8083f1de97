// SPDX-License-Identifier: MIT
#include "gui/retry_coach_view.h"

#include "core/base/visible_text.h"
#include "core/diagnosis/retry_report_text.h"
#include "core/diagnosis/retry_waits.h"
#include "gui/appearance.h"
#include "gui/clipboard.h"
#include "gui/widgets/flow_layout.h"
#include "gui/widgets/row_table.h"
#include "session/sandbox_host.h"
#include "ui_retry_coach_view.h"

#include <QHeaderView>

#include <algorithm>

namespace lavascope {

namespace {

enum TryColumn { Number, Came, Answer, Asked, TryColumns };
enum FindingColumn { Severity, What, FindingColumns };

constexpr qsizetype longestText = 600;
constexpr int mostTriesShown = 200;

QString severityWord(RetryFinding::Severity severity) {
    switch (severity) {
    case RetryFinding::Severity::Good:
        return RetryCoachView::tr("✓ good");
    case RetryFinding::Severity::Note:
        return RetryCoachView::tr("● note");
    case RetryFinding::Severity::Warning:
        return RetryCoachView::tr("▲ warning");
    case RetryFinding::Severity::Error:
        break;
    }
    return RetryCoachView::tr("✕ error");
}

Tone toneOf(RetryVerdict verdict) {
    switch (verdict) {
    case RetryVerdict::Good:
        return Tone::Good;
    case RetryVerdict::Improvable:
        return Tone::Warning;
    case RetryVerdict::Bad:
        break;
    }
    return Tone::Bad;
}

void setCell(QTableWidget* table, int row, int column, const QString& text,
             Qt::Alignment vertical = Qt::AlignVCenter) {
    auto* item = new QTableWidgetItem(withVisibleChips(text.left(longestText)));
    item->setTextAlignment(Qt::AlignLeft | vertical);
    table->setItem(row, column, item);
}

} // namespace

RetryCoachView::RetryCoachView(SandboxHost& sandbox, QWidget* parent)
    : QWidget(parent)
    , m_sandbox(sandbox)
    , m_ui(std::make_unique<Ui::RetryCoachView>()) {
    m_ui->setupUi(this);
    setTextRole(m_ui->coachVerdict, TextRole::Headline);
    setTextRole(m_ui->coachEmpty, TextRole::Quiet);
    setUpWish();
    setUpTables();
    connect(m_ui->coach, &QPushButton::clicked, this, &RetryCoachView::startOrStop);
    connect(m_ui->finish, &QPushButton::clicked, &m_sandbox, &SandboxHost::finishCoaching);
    connect(m_ui->reports, &QComboBox::currentIndexChanged, this, &RetryCoachView::refresh);
    connect(m_ui->copyJson, &QPushButton::clicked, this, [this] {
        if (const RetryReport* report = chosenReport())
            copyText(QString::fromUtf8(retryReportJson(*report)));
    });
    connect(&m_sandbox, &SandboxHost::coached, this, &RetryCoachView::add);
    connect(&m_sandbox, &SandboxHost::changed, this, &RetryCoachView::refresh);
    for (const RetryReport& report : m_sandbox.retryReports())
        add(report);
    refresh();
}

RetryCoachView::~RetryCoachView() = default;

void RetryCoachView::setUpWish() {
    const QList<std::pair<QString, QString>> answers{
        {tr("429 too many requests"), QStringLiteral("429")},
        {tr("503 unavailable"), QStringLiteral("503")},
        {tr("529 overloaded"), QStringLiteral("529")},
        {tr("500 gateway trouble"), QStringLiteral("500")},
        {tr("a closed connection"), QStringLiteral("drop")},
        {tr("a stream that is cut off"), QStringLiteral("cut")},
        {tr("silence"), QStringLiteral("hang")},
        {tr("401 bad token: stop!"), QStringLiteral("401")},
        {tr("402 no credit: stop!"), QStringLiteral("402")},
    };
    for (const auto& [text, step] : answers)
        m_ui->answer->addItem(text, step);
    connect(m_ui->answer, &QComboBox::currentIndexChanged, this, &RetryCoachView::refresh);
    auto* flow = new FlowLayout(16, 8);
    m_ui->wish->setLayout(flow);
    for (QWidget* part : {m_ui->answerPart, m_ui->timesPart, m_ui->waitPart,
                          static_cast<QWidget*>(m_ui->coach), static_cast<QWidget*>(m_ui->finish)})
        flow->addWidget(part);
}

void RetryCoachView::setUpTables() {
    constexpr int rowsInSight = 4;
    const int height = (rowsInSight + 1) * (fontMetrics().height() + 8);
    for (QTableWidget* table : {m_ui->tries, m_ui->coachFindings}) {
        table->setMinimumHeight(height);
        table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    }
    setUpLines(m_ui->tries);
    setUpRows(m_ui->coachFindings);
    m_ui->tries->setColumnCount(TryColumns);
    m_ui->tries->setHorizontalHeaderLabels({tr("Try"), tr("Came"), tr("Answer"), tr("Asked for")});
    m_ui->tries->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_ui->tries->horizontalHeader()->setStretchLastSection(true);
    m_ui->coachFindings->setColumnCount(FindingColumns);
    m_ui->coachFindings->setHorizontalHeaderLabels({tr("Severity"), tr("What was found, and what to do")});
    m_ui->coachFindings->horizontalHeader()->setSectionResizeMode(Severity, QHeaderView::ResizeToContents);
    m_ui->coachFindings->horizontalHeader()->setSectionResizeMode(What, QHeaderView::Stretch);
}

QString RetryCoachView::chosenStep() const {
    const QString kind = m_ui->answer->currentData().toString();
    QStringList options{QStringLiteral("times=%1").arg(m_ui->coachTimes->value())};
    if (m_ui->coachRetryAfter->isEnabled() && m_ui->coachRetryAfter->value() > 0)
        options += QStringLiteral("retry_after=%1").arg(m_ui->coachRetryAfter->value());
    return kind + QLatin1Char(':') + options.join(QLatin1Char(','));
}

void RetryCoachView::startOrStop() {
    const bool isOn = !m_sandbox.coach().isEmpty();
    const Result<void> set = m_sandbox.setCoach(isOn ? QStringList() : QStringList(chosenStep()));
    Q_ASSERT(set);
}

void RetryCoachView::refresh() {
    const bool running = m_sandbox.isRunning();
    const QStringList steps = m_sandbox.coach();
    const bool isOn = !steps.isEmpty();
    const QString kind = m_ui->answer->currentData().toString();
    for (QWidget* part : {m_ui->answerPart, m_ui->timesPart, m_ui->waitPart})
        part->setEnabled(!isOn);
    m_ui->coachRetryAfter->setEnabled(!isOn && kind[0].isDigit());
    m_ui->waitLabel->setEnabled(m_ui->coachRetryAfter->isEnabled());
    m_ui->coach->setEnabled(running);
    m_ui->coach->setText(isOn ? tr("Stop the coach") : tr("Start the coach"));
    m_ui->coach->setAccessibleName(m_ui->coach->text());
    m_ui->finish->setEnabled(isOn);

    const RetryReport* report = chosenReport();
    if (!running)
        m_ui->coachState->setText(tr("○ off: the coach works while the gateway runs"));
    else if (isOn)
        m_ui->coachState->setText(tr("▲ every call first gets: %1").arg(steps.join(QStringLiteral(", "))));
    else
        m_ui->coachState->setText(tr("○ off: calls get true answers, or the fault above"));
    m_ui->coachEmpty->setText(
        isOn ? tr("No call judged yet. Make one with your program, or from Compose.\nHow it tried again is "
                  "told "
                  "here once it has its answer, or stays away.")
             : tr("Does your program try again as it should? Start the coach and let it make a call:\nthe "
                  "first "
                  "tries fail as chosen, the next is answered, and here you read what was right and wrong."));
    setTone(m_ui->coachState, isOn ? Tone::Warning : Tone::Quiet);
    m_ui->choice->setVisible(report != nullptr);
    m_ui->report->setVisible(report != nullptr);
    m_ui->coachEmpty->setVisible(report == nullptr);
    if (report)
        showReport(*report);
}

void RetryCoachView::add(const RetryReport& report) {
    const QString text = tr("Call %1 · %2 · %3 tries · %4")
                             .arg(QString::number(report.exchange.number), verdictText(report.verdict),
                                  QString::number(report.exchange.tries.size()),
                                  withVisibleChips(report.exchange.target.left(longestText)));
    const bool followsNewest = m_ui->reports->currentIndex() <= 0;
    m_ui->reports->insertItem(0, text);
    while (m_ui->reports->count() > m_sandbox.retryReports().size())
        m_ui->reports->removeItem(m_ui->reports->count() - 1);
    if (followsNewest) // who reads an older one is not interrupted
        m_ui->reports->setCurrentIndex(0);
    refresh();
}

const RetryReport* RetryCoachView::chosenReport() const {
    const QList<RetryReport>& reports = m_sandbox.retryReports();
    const qsizetype index = reports.size() - 1 - m_ui->reports->currentIndex();
    const bool isThere = m_ui->reports->currentIndex() >= 0 && index >= 0;
    return isThere ? &reports[index] : nullptr;
}

void RetryCoachView::showReport(const RetryReport& report) {
    m_ui->coachVerdict->setText(verdictText(report.verdict));
    m_ui->coachVerdict->setAccessibleName(tr("Verdict: %1").arg(QLatin1String(verdictName(report.verdict))));
    setTone(m_ui->coachVerdict, toneOf(report.verdict));
    showTries(report);
    showFindings(report);
}

void RetryCoachView::showTries(const RetryReport& report) {
    const QList<RetryTry>& tries = report.exchange.tries;
    const QList<RetryWait> waits = waitsOf(report.exchange);
    const int shown = std::min(int(tries.size()), mostTriesShown);
    m_ui->tries->setRowCount(shown);
    for (int row = 0; row < shown; ++row) {
        const QString asked = tries[row].retryAfter ? pauseText(*tries[row].retryAfter) : QStringLiteral("–");
        setCell(m_ui->tries, row, Number, QString::number(row + 1));
        setCell(m_ui->tries, row, Came, row == 0 ? tr("first") : laterText(waits[row - 1]));
        setCell(m_ui->tries, row, Answer, answerText(tries[row]));
        setCell(m_ui->tries, row, Asked, asked);
    }
}

void RetryCoachView::showFindings(const RetryReport& report) {
    m_ui->coachFindings->setRowCount(int(report.findings.size()));
    for (int row = 0; row < report.findings.size(); ++row) {
        const RetryFinding& finding = report.findings[row];
        const QString what =
            finding.advice.isEmpty() ? finding.message : finding.message + QLatin1Char('\n') + finding.advice;
        setCell(m_ui->coachFindings, row, Severity, severityWord(finding.severity), Qt::AlignTop);
        setCell(m_ui->coachFindings, row, What, what, Qt::AlignTop);
        m_ui->coachFindings->item(row, What)->setToolTip(plainToolTip(finding.name));
    }
}

} // namespace lavascope
