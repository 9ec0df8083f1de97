// SPDX-License-Identifier: MIT
#include "gui/widgets/findings_table.h"

#include "core/base/visible_text.h"
#include "gui/screen_share.h"
#include "gui/widgets/row_table.h"

#include <QHeaderView>
#include <QPushButton>

namespace lavascope {

namespace {

constexpr qsizetype longestText = 600;

QString severityWord(Severity severity) {
    switch (severity) {
    case Severity::Error:
        return FindingsTable::tr("✕ error");
    case Severity::Warning:
        return FindingsTable::tr("▲ warning");
    case Severity::Note:
        break;
    }
    return FindingsTable::tr("● note");
}

} // namespace

FindingsTable::FindingsTable(QWidget* parent)
    : QTableWidget(parent) {
    setUpRows(this);
    setColumnCount(ColumnCount);
    setHorizontalHeaderLabels({tr("Severity"), tr("Byte"), tr("What, and how to mend it"), {}});
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeaderItem(Byte)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    horizontalHeader()->setSectionResizeMode(What, QHeaderView::Stretch);
    connect(this, &QTableWidget::currentCellChanged, this, [this](int row) {
        if (row >= 0 && size_t(row) < m_ranges.size() && m_ranges[size_t(row)])
            Q_EMIT rangeChosen(*m_ranges[size_t(row)]);
    });
}

void FindingsTable::setReport(const TokenReport& report, const ScreenShare& share) {
    m_ranges.clear();
    setRowCount(0);
    const size_t shown = qMin(report.findings.size(), mostShown);
    setRowCount(int(shown));
    QStringList mended; // one button mends a fault wherever it is
    for (size_t row = 0; row < shown; ++row) {
        const Finding& finding = report.findings[row];
        addRow(int(row), finding, share);
        if (mended.contains(finding.code))
            continue;
        if (const std::optional<Repair> repair = repairFor(report, finding.code)) {
            mended += finding.code;
            addRepair(int(row), *repair);
        }
    }
}

void FindingsTable::addRow(int row, const Finding& finding, const ScreenShare& share) {
    m_ranges.push_back(finding.range);
    const QString where = finding.range ? QString::number(finding.range->begin) : QString();
    const QString what =
        finding.fix.isEmpty() ? finding.message : finding.message + QLatin1Char('\n') + finding.fix;
    const QStringList texts{
        severityWord(finding.severity), where, withVisibleChips(share.shown(what.left(longestText))), {}};
    for (int column = 0; column < ColumnCount; ++column) {
        auto* item = new QTableWidgetItem(texts[column]);
        item->setTextAlignment((column == Byte ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignTop);
        setItem(row, column, item);
    }
}

void FindingsTable::addRepair(int row, const Repair& repair) {
    auto* button = new QPushButton(repair.label, this);
    button->setObjectName(QStringLiteral("repair_%1").arg(row));
    button->setAccessibleName(tr("%1: %2").arg(repair.label, item(row, What)->text()));
    connect(button, &QPushButton::clicked, this, [this, text = repair.text] { Q_EMIT repairWanted(text); });
    setCellWidget(row, Mend, button);
}

} // namespace lavascope
