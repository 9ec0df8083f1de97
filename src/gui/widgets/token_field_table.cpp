// SPDX-License-Identifier: MIT
#include "gui/widgets/token_field_table.h"

#include "core/base/visible_text.h"
#include "core/token/utf8.h"
#include "gui/appearance.h"
#include "gui/clipboard.h"
#include "gui/widgets/row_table.h"

#include <QEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPushButton>
#include <QScrollBar>

namespace lavascope {

using namespace std::chrono_literals;

namespace {

constexpr qsizetype longestShown = 500;

QString maskedText(const TokenFieldReport& field) {
    return field.masked.isEmpty() ? field.value : field.masked;
}

QString cellText(const QString& text) {
    return withVisibleChips(text.size() <= longestShown ? text
                                                        : text.left(longestShown) + QStringLiteral("…"));
}

} // namespace

QString stateWord(FieldState state) {
    switch (state) {
    case FieldState::Value:
        return TokenFieldTable::tr("value");
    case FieldState::Null:
        return TokenFieldTable::tr("null");
    case FieldState::Absent:
        break;
    }
    return TokenFieldTable::tr("absent");
}

TokenFieldTable::TokenFieldTable(QWidget* parent)
    : QTableWidget(parent) {
    setUpRows(this);
    setColumnCount(ColumnCount);
    setHorizontalHeaderLabels({tr("Field"), tr("State"), tr("Shown"), tr("Fingerprint"), {}});
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    horizontalHeader()->setSectionResizeMode(Shown, QHeaderView::Fixed);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_hideSoon.setSingleShot(true);
    setRevealTime(10s);
    connect(&m_hideSoon, &QTimer::timeout, this, &TokenFieldTable::hideSecret);
}

void TokenFieldTable::setFields(const std::vector<TokenFieldReport>& fields) {
    hideSecret();
    m_fields = fields;
    setRowCount(0);
    setRowCount(int(fields.size()));
    for (int row = 0; row < rowCount(); ++row)
        addRow(row);
    fitColumns();
}

// The value takes what the others leave, but never less than a masked secret needs.
void TokenFieldTable::fitColumns() {
    constexpr int charactersOfAMask = 18;
    const int others = horizontalHeader()->length() - columnWidth(Shown);
    const int least = charactersOfAMask * QFontMetrics(codeFont()).averageCharWidth();
    setColumnWidth(Shown, qMax(least, viewport()->width() - others));
    updateGeometry();
}

void TokenFieldTable::resizeEvent(QResizeEvent* event) {
    QTableWidget::resizeEvent(event);
    fitColumns();
}

void TokenFieldTable::setRevealTime(std::chrono::milliseconds time) {
    m_hideSoon.setInterval(time);
}

void TokenFieldTable::addRow(int row) {
    const TokenFieldReport& field = m_fields[size_t(row)];
    const QStringList texts{field.name, stateWord(field.state), maskedText(field), field.fingerprint, {}};
    for (int column = 0; column < ColumnCount; ++column) {
        auto* item = new QTableWidgetItem(cellText(texts[column]));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
        if (column == Shown || column == Fingerprint)
            item->setFont(codeFont());
        setItem(row, column, item);
    }
    if (field.secret.isEmpty())
        return;
    auto* button = new QPushButton(tr("Show"), this);
    button->setObjectName(QStringLiteral("reveal_") + field.name);
    button->setAccessibleName(tr("Show %1 for ten seconds").arg(field.name));
    connect(button, &QPushButton::clicked, this, [this, row] { toggleSecret(row); });
    setCellWidget(row, Reveal, button);
}

void TokenFieldTable::toggleSecret(int row) {
    const bool wasRevealed = m_revealed == row;
    hideSecret();
    if (!wasRevealed)
        showSecret(row);
}

void TokenFieldTable::showSecret(int row) {
    m_revealed = row;
    item(row, Shown)->setText(cellText(textOfUtf8(m_fields[size_t(row)].secret.reveal())));
    static_cast<QPushButton*>(cellWidget(row, Reveal))->setText(tr("Hide"));
    m_hideSoon.start();
}

void TokenFieldTable::hideSecret() {
    m_hideSoon.stop();
    if (m_revealed < 0)
        return;
    item(m_revealed, Shown)->setText(cellText(maskedText(m_fields[size_t(m_revealed)])));
    static_cast<QPushButton*>(cellWidget(m_revealed, Reveal))->setText(tr("Show"));
    m_revealed = -1;
}

// As high as its rows, so that what follows stands right below.
QSize TokenFieldTable::sizeHint() const {
    const int frame = 2 * frameWidth() + 2;
    const bool scrolls = horizontalHeader()->length() > viewport()->width();
    const int bar = scrolls ? horizontalScrollBar()->sizeHint().height() : 0;
    return {QTableWidget::sizeHint().width(),
            horizontalHeader()->sizeHint().height() + verticalHeader()->length() + bar + frame};
}

QSize TokenFieldTable::minimumSizeHint() const {
    return {0, sizeHint().height()};
}

// The table would copy what the cell shows as harmless text.
void TokenFieldTable::keyPressEvent(QKeyEvent* event) {
    const bool isOnSecret = m_revealed >= 0 && currentRow() == m_revealed && currentColumn() == Shown;
    if (!isOnSecret || !event->matches(QKeySequence::Copy)) {
        QTableWidget::keyPressEvent(event);
        return;
    }
    copySecret(m_fields[size_t(m_revealed)].secret.reveal(), m_keptFor);
    Q_EMIT secretCopied();
}

// Whoever looks away from the window does not leave a secret on it.
void TokenFieldTable::changeEvent(QEvent* event) {
    QTableWidget::changeEvent(event);
    if (event->type() == QEvent::ActivationChange && !isActiveWindow())
        hideSecret();
}

void TokenFieldTable::hideEvent(QHideEvent* event) {
    hideSecret();
    QTableWidget::hideEvent(event);
}

} // namespace lavascope
