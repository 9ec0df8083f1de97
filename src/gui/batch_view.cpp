// SPDX-License-Identifier: MIT
#include "gui/batch_view.h"

#include "core/base/visible_text.h"
#include "gui/appearance.h"
#include "gui/models/batch_table_model.h"
#include "gui/screen_share.h"
#include "gui/token_report_text.h"
#include "gui/widgets/row_table.h"
#include "gui/widgets/wrapped_label.h"

#include <QDeadlineTimer>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTableView>

namespace lavascope {

using namespace std::chrono_literals;

namespace {

constexpr auto step = 8ms;
constexpr size_t mostListed = 5;

QString listed(const std::vector<BatchCount>& counts) {
    QStringList texts;
    for (size_t i = 0; i < qMin(counts.size(), mostListed); ++i)
        texts += QStringLiteral("%1 × %2").arg(counts[i].count).arg(counts[i].name);
    if (counts.size() > mostListed)
        texts += BatchView::tr("%1 more").arg(counts.size() - mostListed);
    return withVisibleChips(texts.join(QStringLiteral(", ")));
}

QLabel* plainLabel(const QString& name, QWidget* parent) {
    auto* label = new WrappedLabel(parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    return label;
}

} // namespace

BatchView::BatchView(const ScreenShare& share, QWidget* parent)
    : QWidget(parent)
    , m_share(share)
    , m_model(new BatchTableModel(share, this))
    , m_headline(plainLabel(QStringLiteral("batchHeadline"), this))
    , m_details(plainLabel(QStringLiteral("batchDetails"), this))
    , m_table(new QTableView(this))
    , m_export(new QPushButton(tr("Export CSV…"), this)) {
    setObjectName(QStringLiteral("batch"));
    setTextRole(m_headline, TextRole::Title);
    setTextRole(m_details, TextRole::Quiet);
    m_table->setObjectName(QStringLiteral("batchTable"));
    m_table->setAccessibleName(tr("Credentials found"));
    m_table->setModel(m_model);
    setUpLines(m_table);
    setFocusProxy(m_table);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        Q_EMIT credentialChosen(m_model->credentialAt(index.row()));
    });

    auto* back = new QPushButton(tr("Back to one"), this);
    back->setObjectName(QStringLiteral("batchBack"));
    back->setAccessibleName(tr("Back to looking at one credential"));
    connect(back, &QPushButton::clicked, this, &BatchView::closed);
    m_export->setObjectName(QStringLiteral("batchExport"));
    m_export->setAccessibleName(tr("Export as CSV without secrets"));
    connect(m_export, &QPushButton::clicked, this, &BatchView::exportWanted);

    setTabOrder(m_table, back);
    setTabOrder(back, m_export);

    auto* actions = new QHBoxLayout;
    actions->setSpacing(8);
    actions->addWidget(back);
    actions->addWidget(m_export);
    actions->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(12);
    layout->addWidget(m_headline);
    layout->addWidget(m_details);
    layout->addWidget(m_table, 1);
    layout->addLayout(actions);

    connect(&share, &ScreenShare::changed, this, &BatchView::showSummary);
    m_next.setInterval(0ms);
    connect(&m_next, &QTimer::timeout, this, &BatchView::readOn);
}

BatchView::~BatchView() = default;

void BatchView::setText(const QByteArray& text) {
    clear();
    m_reader = std::make_unique<BatchReader>(text);
    m_csv = batchCsvTitles();
    m_next.start();
    readOn();
}

void BatchView::clear() {
    m_next.stop();
    m_reader.reset();
    m_summary = {};
    m_csv.clear();
    m_model->clear();
    showSummary();
}

void BatchView::readOn() {
    const QDeadlineTimer until(step);
    std::vector<BatchItem> items;
    bool atEnd = false;
    while (!atEnd && !until.hasExpired()) {
        atEnd = !m_reader->readSome();
        for (BatchItem& item : m_reader->take()) {
            m_summary.add(item.report);
            m_csv += batchCsvRecord(item);
            items.push_back(std::move(item));
        }
    }
    const bool isFirst = m_model->rowCount() == 0;
    m_model->append(items);
    if (isFirst && m_model->rowCount() > 0) {
        m_table->resizeColumnsToContents();
        m_table->setCurrentIndex(m_model->index(0, 0));
    }
    if (atEnd)
        m_next.stop();
    showSummary();
}

void BatchView::showSummary() {
    m_headline->setText(!m_reader                               ? QString()
                        : isReading() && m_summary.total() == 0 ? tr("Looking for credentials …")
                                                                : m_summary.headline());
    m_export->setEnabled(m_summary.total() > 0);
    QStringList lines;
    if (isReading() && m_reader->size() > 0)
        lines += tr("Reading, %1 % so far").arg(m_reader->position() * 100 / m_reader->size());
    // Sorting many counts takes longer than a step may, so it waits for the end.
    const std::vector<BatchCount> customers = isReading() ? std::vector<BatchCount>() : m_summary.customers();
    if (!customers.empty())
        lines += tr("Customers: %1").arg(listed(customers));
    if (const std::vector<BatchCount> reasons = m_summary.reasons(); !reasons.empty())
        lines += tr("Broken because of: %1").arg(spaced(listed(reasons)));
    if (m_reader)
        lines += tr("%1 different secret keys; %2 lines without a credential. Enter on a row shows it alone.")
                     .arg(m_summary.distinctKeys())
                     .arg(m_reader->linesWithout());
    if (m_summary.total() > BatchTableModel::mostRows)
        lines += tr("The table lists the first %1; the export has them all.").arg(BatchTableModel::mostRows);
    m_details->setText(m_share.shown(lines.join(QLatin1Char('\n'))));
}

} // namespace lavascope
