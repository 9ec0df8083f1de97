// SPDX-License-Identifier: MIT
#include "gui/sandbox_pane.h"

#include "core/base/visible_text.h"
#include "gui/appearance.h"
#include "gui/clipboard.h"
#include "gui/models/sandbox_log_model.h"
#include "gui/retry_coach_view.h"
#include "gui/screen_share.h"
#include "gui/widgets/row_table.h"
#include "session/sandbox_host.h"
#include "ui_sandbox_pane.h"

#include <QHeaderView>

namespace lavascope {

using namespace std::chrono_literals;

namespace {

constexpr double microsPerDollar = 1'000'000.0;
// A client that asks quickly must not make the pane count wallets for each request.
constexpr auto refreshPause = 50ms;

enum WalletColumn { Owner, Balance, WalletColumns };

} // namespace

SandboxPane::SandboxPane(SandboxHost& sandbox, const ScreenShare& share, QWidget* parent)
    : QWidget(parent)
    , m_sandbox(sandbox)
    , m_share(share)
    , m_ui(std::make_unique<Ui::SandboxPane>())
    , m_log(new SandboxLogModel(this)) {
    m_ui->setupUi(this);
    setTextRole(m_ui->title, TextRole::Title);
    setTextRole(m_ui->about, TextRole::Quiet);
    setTextRole(m_ui->logEmpty, TextRole::Quiet);
    setTextRole(m_ui->examples, TextRole::Quiet);
    setUpFaults();
    setUpMoney();
    setUpTables();
    m_ui->lists->addTab(new RetryCoachView(m_sandbox), tr("Retry coach"));

    connect(m_ui->startStop, &QPushButton::clicked, this, &SandboxPane::startOrStop);
    connect(m_ui->copyAddress, &QPushButton::clicked, this,
            [this] { copyText(QString::fromLatin1(m_sandbox.origin())); });
    connect(&share, &ScreenShare::changed, this, &SandboxPane::refreshWallets);
    m_refreshSoon.setSingleShot(true);
    m_refreshSoon.setInterval(refreshPause);
    connect(&m_refreshSoon, &QTimer::timeout, this, &SandboxPane::refresh);
    connect(&m_sandbox, &SandboxHost::changed, this, [this] {
        if (!m_refreshSoon.isActive())
            m_refreshSoon.start();
    });
    connect(&m_sandbox, &SandboxHost::served, m_log, &SandboxLogModel::add);
    for (const SandboxLogLine& line : m_sandbox.log())
        m_log->add(line);
    refresh();
}

SandboxPane::~SandboxPane() = default;

void SandboxPane::setUpFaults() {
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
    connect(m_ui->fault, &QComboBox::currentIndexChanged, this, &SandboxPane::applyFault);
    for (const QSpinBox* box : {m_ui->times, m_ui->retryAfter, m_ui->afterEvents})
        connect(box, &QSpinBox::valueChanged, this, &SandboxPane::applyFault);
    applyFault();
}

void SandboxPane::setUpMoney() {
    connect(m_ui->setBalance, &QPushButton::clicked, this, [this] {
        m_sandbox.setMerchantBalanceMicros(qRound64(m_ui->balance->value() * microsPerDollar));
    });
    m_ui->limit->setKeyboardTracking(false);
    connect(m_ui->limit, &QSpinBox::valueChanged, &m_sandbox, &SandboxHost::setRequestsPerMinute);
}

void SandboxPane::setUpTables() {
    m_ui->wallets->setColumnCount(WalletColumns);
    m_ui->wallets->setHorizontalHeaderLabels({tr("Whose"), tr("Balance")});
    m_ui->wallets->horizontalHeaderItem(Owner)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_ui->wallets->horizontalHeaderItem(Balance)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    setUpLines(m_ui->wallets);
    constexpr int rowsInSight = 4;
    m_ui->wallets->setMinimumHeight((rowsInSight + 1) * (fontMetrics().height() + 8));
    // More would push what is below out of a small window.
    m_ui->wallets->setMaximumHeight((rowsInSight + 2) * (fontMetrics().height() + 8));
    constexpr int charactersInSight = 32;
    m_ui->wallets->setMinimumWidth(charactersInSight * fontMetrics().averageCharWidth());

    m_ui->log->setModel(m_log);
    setUpLines(m_ui->log);
    m_ui->log->setMinimumHeight((rowsInSight + 1) * (fontMetrics().height() + 8));
    const int digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    const QList<int> widths{9, 8, 8, 34, 12, 11, 26};
    for (int column = 0; column < widths.size(); ++column)
        m_ui->log->setColumnWidth(column, widths[column] * digit);
}

void SandboxPane::startOrStop() {
    m_problem.clear();
    if (m_sandbox.isRunning()) {
        m_sandbox.stop();
    } else if (const Result<quint16> port = m_sandbox.start({}); !port) {
        m_problem = port.error().message;
    } else {
        // A fresh gateway knows nothing of what was set here before.
        m_sandbox.setRequestsPerMinute(m_ui->limit->value());
        applyFault();
    }
    refresh();
}

QString SandboxPane::chosenFault() const {
    const QString kind = m_ui->fault->currentData().toString();
    QStringList details;
    if (m_ui->times->value() > 0)
        details += QStringLiteral("times=%1").arg(m_ui->times->value());
    if (m_ui->retryAfter->isEnabled() && m_ui->retryAfter->value() > 0)
        details += QStringLiteral("retry_after=%1").arg(m_ui->retryAfter->value());
    if (m_ui->afterEvents->isEnabled())
        details += QStringLiteral("after=%1").arg(m_ui->afterEvents->value());
    return details.isEmpty() ? kind : kind + QLatin1Char(':') + details.join(QLatin1Char(','));
}

void SandboxPane::applyFault() {
    const QString kind = m_ui->fault->currentData().toString();
    const bool isFault = !kind.isEmpty();
    m_ui->times->setEnabled(isFault);
    m_ui->retryAfter->setEnabled(isFault && kind[0].isDigit());
    m_ui->afterEvents->setEnabled(kind == QStringLiteral("cut"));
    const int times = m_ui->times->value();
    if (!isFault)
        m_ui->faultState->setText(tr("✓ every request gets a true answer"));
    else if (times == 0)
        m_ui->faultState->setText(tr("▲ every request is hit"));
    else
        m_ui->faultState->setText(tr("▲ set for %1 request(s) from now").arg(times));
    setTone(m_ui->faultState, isFault ? Tone::Warning : Tone::Quiet);
    const Result<void> set = m_sandbox.setFaults(isFault ? QStringList(chosenFault()) : QStringList());
    Q_ASSERT(set);
}

void SandboxPane::refresh() {
    const bool running = m_sandbox.isRunning();
    if (!m_problem.isEmpty() && !running)
        m_ui->state->setText(QStringLiteral("✕ ") + withVisibleChips(m_problem));
    else
        m_ui->state->setText(running ? tr("● listening on %1").arg(QString::fromLatin1(m_sandbox.origin()))
                                     : tr("○ stopped"));
    setTone(m_ui->state, running ? Tone::Good : m_problem.isEmpty() ? Tone::Quiet : Tone::Bad);
    m_ui->startStop->setText(running ? tr("Stop") : tr("Start"));
    m_ui->startStop->setAccessibleName(running ? tr("Stop the built-in gateway")
                                               : tr("Start the built-in gateway"));
    for (QWidget* needsGateway :
         {static_cast<QWidget*>(m_ui->copyAddress), static_cast<QWidget*>(m_ui->balance),
          static_cast<QWidget*>(m_ui->setBalance), static_cast<QWidget*>(m_ui->limit)})
        needsGateway->setEnabled(running);
    m_ui->log->setVisible(m_log->rowCount() > 0);
    m_ui->logEmpty->setVisible(m_log->rowCount() == 0);
    refreshWallets();
}

void SandboxPane::refreshWallets() {
    const QList<SandboxBalance> balances = m_sandbox.balances();
    m_ui->wallets->setVisible(!balances.isEmpty());
    m_ui->wallets->setRowCount(int(balances.size()));
    for (int row = 0; row < balances.size(); ++row) {
        m_ui->wallets->setItem(row, Owner,
                               new QTableWidgetItem(withVisibleChips(m_share.shown(balances[row].owner))));
        auto* balance = new QTableWidgetItem(balances[row].balance);
        balance->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        m_ui->wallets->setItem(row, Balance, balance);
    }
    m_ui->wallets->resizeColumnToContents(Owner);
    const QString separator = QStringLiteral(", ");
    const QString examples =
        tr("Customers: %1\nMeters: %2")
            .arg(m_sandbox.customers().join(separator), m_sandbox.meters().join(separator)) +
        (balances.isEmpty() ? tr("\nA key's wallets are listed here from its first request on.") : QString());
    m_ui->examples->setText(m_sandbox.isRunning() ? withVisibleChips(examples)
                                                  : tr("Wallets exist while the gateway runs."));
}

} // namespace lavascope
