// SPDX-License-Identifier: MIT
#include "gui/sandbox_pane.h"

#include "core/base/visible_text.h"
#include "gui/appearance.h"
#include "gui/clipboard.h"
#include "session/sandbox_host.h"
#include "ui_sandbox_pane.h"

#include <QDateTime>
#include <QHeaderView>

namespace lavascope {

namespace {

constexpr double microsPerDollar = 1'000'000.0;

void setUpTable(QTableWidget* table, const QStringList& columns) {
    table->setColumnCount(int(columns.size()));
    table->setHorizontalHeaderLabels(columns);
    table->verticalHeader()->hide();
    table->setShowGrid(false);
    table->setTabKeyNavigation(false);
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

void setRow(QTableWidget* table, int row, const QStringList& cells) {
    for (int column = 0; column < cells.size(); ++column)
        table->setItem(row, column, new QTableWidgetItem(withVisibleChips(cells[column])));
}

} // namespace

SandboxPane::SandboxPane(SandboxHost& sandbox, QWidget* parent)
    : QWidget(parent)
    , m_sandbox(sandbox)
    , m_ui(std::make_unique<Ui::SandboxPane>()) {
    m_ui->setupUi(this);
    setTextRole(m_ui->about, TextRole::Quiet);
    setTextRole(m_ui->logTitle, TextRole::Quiet);
    setTextRole(m_ui->examples, TextRole::Quiet);
    const QList<std::pair<QString, QString>> faults{
        {tr("the truth: no fault"), {}},
        {tr("401 bad token"), QStringLiteral("401")},
        {tr("402 no credit"), QStringLiteral("402")},
        {tr("429 too many requests"), QStringLiteral("429")},
        {tr("500 gateway trouble"), QStringLiteral("500")},
        {tr("502 bad gateway"), QStringLiteral("502")},
        {tr("503 unavailable"), QStringLiteral("503")},
        {tr("a stream that is cut off"), QStringLiteral("cut")},
        {tr("silence for ever"), QStringLiteral("hang")},
    };
    for (const auto& [text, spec] : faults)
        m_ui->fault->addItem(text, spec);
    setUpTable(m_ui->wallets, {tr("Whose"), tr("Balance")});
    setUpTable(m_ui->log, {tr("Time"), tr("Status"), tr("Method"), tr("Target"), tr("Payer"), tr("Cost"),
                           tr("Request id"), tr("Note")});

    connect(m_ui->startStop, &QPushButton::clicked, this, &SandboxPane::startOrStop);
    connect(m_ui->copyAddress, &QPushButton::clicked, this,
            [this] { copyText(QString::fromLatin1(m_sandbox.origin())); });
    connect(m_ui->fault, &QComboBox::currentIndexChanged, this, &SandboxPane::applyFault);
    connect(m_ui->times, &QSpinBox::valueChanged, this, &SandboxPane::applyFault);
    connect(m_ui->retryAfter, &QSpinBox::valueChanged, this, &SandboxPane::applyFault);
    connect(m_ui->balance, &QDoubleSpinBox::valueChanged, this, [this](double dollars) {
        m_sandbox.setMerchantBalanceMicros(qint64(dollars * microsPerDollar));
    });
    connect(m_ui->limit, &QSpinBox::valueChanged, &m_sandbox, &SandboxHost::setRequestsPerMinute);
    connect(&m_sandbox, &SandboxHost::changed, this, &SandboxPane::refresh);
    refresh();
}

SandboxPane::~SandboxPane() = default;

void SandboxPane::startOrStop() {
    if (m_sandbox.isRunning()) {
        m_sandbox.stop();
        return;
    }
    if (const Result<quint16> port = m_sandbox.start({}); !port)
        m_ui->state->setText(withVisibleChips(port.error().message));
    else
        applyFault();
}

void SandboxPane::applyFault() {
    QString spec = m_ui->fault->currentData().toString();
    QStringList details;
    if (m_ui->times->value() > 0)
        details += QStringLiteral("times=%1").arg(m_ui->times->value());
    const bool isStatus = !spec.isEmpty() && spec[0].isDigit();
    if (isStatus && m_ui->retryAfter->value() > 0)
        details += QStringLiteral("retry_after=%1").arg(m_ui->retryAfter->value());
    m_ui->times->setEnabled(!spec.isEmpty());
    m_ui->retryAfter->setEnabled(isStatus);
    if (!details.isEmpty())
        spec += QLatin1Char(':') + details.join(QLatin1Char(','));
    const Result<void> set =
        m_sandbox.setFaults(m_ui->fault->currentIndex() > 0 ? QStringList(spec) : QStringList());
    Q_ASSERT(set);
}

void SandboxPane::refresh() {
    const bool running = m_sandbox.isRunning();
    m_ui->state->setText(running ? tr("● listening on %1").arg(QString::fromLatin1(m_sandbox.origin()))
                                 : tr("○ stopped"));
    m_ui->startStop->setText(running ? tr("Stop") : tr("Start"));
    m_ui->startStop->setAccessibleName(running ? tr("Stop the built-in gateway")
                                               : tr("Start the built-in gateway"));
    m_ui->copyAddress->setEnabled(running);
    m_ui->balance->setEnabled(running);
    m_ui->limit->setEnabled(running);
    refreshWallets();
    refreshLog();
}

void SandboxPane::refreshWallets() {
    const QList<SandboxBalance> balances = m_sandbox.balances();
    m_ui->wallets->setRowCount(int(balances.size()));
    for (int row = 0; row < balances.size(); ++row)
        setRow(m_ui->wallets, row, {balances[row].owner, balances[row].balance});
    m_ui->wallets->resizeColumnToContents(0);
    m_ui->examples->setText(tr("Customers: %1\nMeters: %2")
                                .arg(m_sandbox.customers().join(QStringLiteral(", ")),
                                     m_sandbox.meters().join(QStringLiteral(", "))));
}

void SandboxPane::refreshLog() {
    const QList<SandboxLogLine>& log = m_sandbox.log();
    m_ui->log->setRowCount(int(log.size()));
    for (int row = 0; row < log.size(); ++row) {
        const SandboxLogLine& line = log[log.size() - 1 - row];
        setRow(m_ui->log, row,
               {QDateTime::fromMSecsSinceEpoch(line.atMs).toString(QStringLiteral("HH:mm:ss")),
                QString::number(line.status), line.method, line.target, line.payer, line.cost, line.requestId,
                line.note});
    }
    if (!log.isEmpty())
        m_ui->log->resizeColumnsToContents();
}

} // namespace lavascope
