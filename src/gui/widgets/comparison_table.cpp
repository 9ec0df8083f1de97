// SPDX-License-Identifier: MIT
#include "gui/widgets/comparison_table.h"

#include "core/base/visible_text.h"
#include "gui/appearance.h"
#include "gui/widgets/row_table.h"
#include "gui/widgets/token_field_table.h"

#include <QHeaderView>

namespace lavascope {

namespace {

QString shown(const TokenFieldReport& field) {
    if (field.state != FieldState::Value)
        return QStringLiteral("(%1)").arg(stateWord(field.state));
    const QString text = withVisibleChips(field.masked.isEmpty() ? field.value : field.masked);
    return field.fingerprint.isEmpty() ? text : text + QLatin1Char('\n') + field.fingerprint;
}

} // namespace

ComparisonTable::ComparisonTable(QWidget* parent)
    : QTableWidget(parent) {
    setUpRows(this);
    setColumnCount(ColumnCount);
    setHorizontalHeaderLabels({tr("Field"), {}, tr("First"), tr("Second")});
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    horizontalHeader()->setSectionResizeMode(First, QHeaderView::Stretch);
    horizontalHeader()->setSectionResizeMode(Second, QHeaderView::Stretch);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ComparisonTable::setComparison(const TokenComparison& comparison) {
    setRowCount(0);
    setRowCount(int(comparison.fields.size()));
    for (int row = 0; row < rowCount(); ++row) {
        const ComparedField& field = comparison.fields[size_t(row)];
        const QStringList texts{withVisibleChips(field.name), field.same ? tr("= same") : tr("≠ differs"),
                                shown(field.left), shown(field.right)};
        for (int column = 0; column < ColumnCount; ++column) {
            auto* item = new QTableWidgetItem(texts[column]);
            item->setTextAlignment(Qt::AlignLeft | Qt::AlignTop);
            if (column >= First)
                item->setFont(codeFont());
            if (!field.same && column <= Same) {
                QFont bold = font();
                bold.setBold(true);
                item->setFont(bold);
            }
            setItem(row, column, item);
        }
    }
    updateGeometry();
}

// As high as its rows, so that nothing is hidden behind a scroll bar of its own.
QSize ComparisonTable::sizeHint() const {
    const int frame = 2 * frameWidth() + 2;
    return {QTableWidget::sizeHint().width(),
            horizontalHeader()->sizeHint().height() + verticalHeader()->length() + frame};
}

} // namespace lavascope
