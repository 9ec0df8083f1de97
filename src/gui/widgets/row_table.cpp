// SPDX-License-Identifier: MIT
#include "gui/widgets/row_table.h"

#include <QHeaderView>
#include <QTableView>

namespace lavascope {

void setUpRows(QTableView* table) {
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setAlternatingRowColors(true);
    table->setShowGrid(false);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setHighlightSections(false);
}

void setUpLines(QTableView* table) {
    constexpr int around = 8; // pixels above and below the text together
    setUpRows(table);
    table->setWordWrap(false);
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + around);
    table->horizontalHeader()->setStretchLastSection(true);
}

} // namespace lavascope
