// SPDX-License-Identifier: MIT
#include "gui/diagnostics_dialog.h"

#include "core/base/visible_text.h"
#include "gui/answer_saver.h"
#include "gui/appearance.h"
#include "gui/clipboard.h"
#include "gui/stream_pane.h"
#include "gui/widgets/row_table.h"
#include "gui/window_checks.h"
#include "session/load_lines.h"
#include "session/run.h"
#include "ui_diagnostics_dialog.h"

#include <QHeaderView>
#include <QScreen>

#include <algorithm>

namespace lavascope {

namespace {

// The sign says what the word says, and neither needs a colour.
QString stateWord(HealthCheck::State state) {
    switch (state) {
    case HealthCheck::State::Ok:
        return DiagnosticsDialog::tr("✓ ok");
    case HealthCheck::State::Warning:
        return DiagnosticsDialog::tr("▲ warning");
    case HealthCheck::State::Failed:
        break;
    }
    return DiagnosticsDialog::tr("✕ failed");
}

QString wordsOf(QString name) {
    return name.replace(QLatin1Char('_'), QLatin1Char(' '));
}

QString findingOf(const HealthCheck& check) {
    return check.fix.isEmpty() ? check.detail : check.detail + QLatin1Char('\n') + check.fix;
}

QString judgement(const LoadLine& line) {
    if (line.verdict.isEmpty())
        return {};
    return (line.isKept ? QStringLiteral("✓ ") : QStringLiteral("✕ ")) + line.verdict;
}

void setUpColumns(QTableWidget* table, const QStringList& titles, int wide) {
    setUpRows(table);
    table->setColumnCount(int(titles.size()));
    table->setHorizontalHeaderLabels(titles);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setSectionResizeMode(wide, QHeaderView::Stretch);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
}

void addRow(QTableWidget* table, const QStringList& texts) {
    const int row = table->rowCount();
    table->insertRow(row);
    for (int column = 0; column < texts.size(); ++column) {
        auto* item = new QTableWidgetItem(withVisibleChips(texts[column]));
        item->setTextAlignment(Qt::AlignLeft | Qt::AlignTop);
        table->setItem(row, column, item);
    }
}

QString tableText(const QTableWidget* table) {
    QString text;
    for (int row = 0; row < table->rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < table->columnCount(); ++column)
            cells += table->item(row, column)->text().replace(QLatin1Char('\n'), QLatin1Char(' '));
        cells.removeAll(QString());
        text += cells.join(QStringLiteral(" · ")) + QLatin1Char('\n');
    }
    return text;
}

} // namespace

DiagnosticsDialog::DiagnosticsDialog(Workbench& workbench, const ScreenShare& share, QWidget* parent)
    : QDialog(parent)
    , m_workbench(workbench)
    , m_ui(std::make_unique<Ui::DiagnosticsDialog>())
    , m_pane(new StreamPane(share, this)) {
    m_ui->setupUi(this);
    m_ui->tabs->tabBar()->setDrawBase(false);
    setTextRole(m_ui->summary, TextRole::Headline);
    setTextRole(m_ui->loadAbout, TextRole::Quiet);
    setTextRole(m_ui->runLoad, TextRole::Main);
    constexpr int found = 2;
    setUpColumns(m_ui->checks, {tr("State"), tr("What"), tr("Found, and what to do")}, found);
    setUpColumns(m_ui->figures, {tr("Figure"), tr("Measured"), tr("As it should be")}, found);
    m_ui->figures->hide();
    m_pane->hide();
    m_ui->loadParts->addWidget(m_pane);
    auto* saver = new AnswerSaver(workbench, this);
    connect(m_pane, &StreamPane::saveWanted, this, [this, saver](AnswerSaver::Form form) {
        if (m_load && m_load->call())
            saver->save(m_load->call(), form);
    });
    connect(saver, &AnswerSaver::said, m_ui->loadState,
            [this](const QString& text) { m_ui->loadState->setText(withVisibleChips(text)); });
    connect(m_ui->again, &QPushButton::clicked, this, &DiagnosticsDialog::look);
    connect(m_ui->runLoad, &QPushButton::clicked, this, &DiagnosticsDialog::runLoad);
    connect(m_ui->copy, &QPushButton::clicked, this, &DiagnosticsDialog::copyReport);
    constexpr int wide = 110;
    constexpr int high = 30;
    const QSize wanted(wide * fontMetrics().averageCharWidth(), high * fontMetrics().height());
    resize(wanted.boundedTo(screen()->availableSize()));
    look();
}

DiagnosticsDialog::~DiagnosticsDialog() {
    m_pane->clear();
}

void DiagnosticsDialog::look() {
    m_ui->again->setEnabled(false);
    m_ui->copy->setEnabled(false);
    m_ui->summary->setText(tr("Looking…"));
    m_doctor = std::make_unique<Doctor>(m_workbench);
    connect(m_doctor.get(), &Doctor::finished, this, &DiagnosticsDialog::showChecks);
    m_doctor->start(Doctor::Network::LeftAlone);
}

void DiagnosticsDialog::showChecks() {
    std::vector<HealthCheck> checks = m_doctor->checks();
    const std::vector<HealthCheck> ofWindow = windowChecks();
    checks.insert(checks.end(), ofWindow.begin(), ofWindow.end());
    m_ui->checks->setRowCount(0);
    for (const HealthCheck& check : checks)
        addRow(m_ui->checks, {stateWord(check.state), wordsOf(check.name), findingOf(check)});
    const auto count = [&](HealthCheck::State state) {
        return int(std::count_if(checks.begin(), checks.end(),
                                 [state](const HealthCheck& check) { return check.state == state; }));
    };
    const int failed = count(HealthCheck::State::Failed);
    const int warnings = count(HealthCheck::State::Warning);
    if (failed > 0)
        m_ui->summary->setText(tr("✕ Things that do not work on this computer: %1").arg(failed));
    else if (warnings > 0)
        m_ui->summary->setText(tr("▲ All that is needed works. Warnings: %1").arg(warnings));
    else
        m_ui->summary->setText(tr("✓ Everything works on this computer."));
    m_ui->again->setEnabled(true);
    m_ui->copy->setEnabled(true);
}

void DiagnosticsDialog::runLoad() {
    m_pane->hide();
    m_ui->figures->hide();
    m_ui->figures->setRowCount(0);
    m_ui->runLoad->setEnabled(false);
    m_load = std::make_unique<LoadTest>(m_workbench);
    connect(m_load.get(), &LoadTest::callStarted, this, &DiagnosticsDialog::showCall);
    connect(m_load.get(), &LoadTest::progressed, this, [this](int done) {
        m_ui->loadState->setText(
            tr("Step %1 of %2").arg(qMin(done + 1, LoadTest::steps)).arg(LoadTest::steps));
    });
    connect(m_load.get(), &LoadTest::finished, this, &DiagnosticsDialog::showFigures);
    m_load->start();
}

void DiagnosticsDialog::showCall(Run* run) {
    m_pane->showRun(run);
    m_pane->show();
}

void DiagnosticsDialog::showFigures() {
    m_ui->runLoad->setEnabled(true);
    m_pane->hide(); // what it shows now is the call that was stopped; the figures need the room
    const Result<LoadFigures>& result = m_load->result();
    if (!result) {
        m_ui->loadState->setText(QStringLiteral("✕ ") + withVisibleChips(result.error().message));
        return;
    }
    const std::vector<LoadLine> lines = loadLines(*result);
    for (const LoadLine& line : lines)
        addRow(m_ui->figures, {line.name, line.value, judgement(line)});
    m_ui->figures->show();
    m_ui->figures->setFocus();
    const bool isKept =
        std::all_of(lines.begin(), lines.end(), [](const LoadLine& line) { return line.isKept; });
    m_ui->loadState->setText(
        isKept ? tr("✓ passed: this computer is fast enough for any answer.")
               : tr("✕ failed: something was slower than it should be. Is the computer busy?"));
}

void DiagnosticsDialog::copyReport() const {
    copyText(tableText(m_ui->checks) + tableText(m_ui->figures));
}

} // namespace lavascope
