// SPDX-License-Identifier: MIT
#include "gui/widgets/attempts_view.h"

#include "core/base/visible_text.h"
#include "gui/appearance.h"
#include "gui/models/attempt_table_model.h"
#include "gui/units.h"
#include "gui/widgets/row_table.h"
#include "gui/widgets/schedule_bar.h"
#include "gui/widgets/wrapped_label.h"

#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <utility>

namespace lavascope {

QString attemptText(const KeptAttempt& kept) {
    QStringList lines{AttemptsView::tr("Try %1: %2").arg(kept.number).arg(answerWords(kept)),
                      judgementWords(kept)};
    if (kept.attempt.ending && !kept.attempt.ending->detail.isEmpty())
        lines += kept.attempt.ending->detail;
    if (kept.diagnosis)
        lines += kept.diagnosis->cause;
    lines += QString();
    for (const Headers::Field& field : kept.attempt.headers)
        lines += QStringLiteral("%1: %2").arg(QString::fromUtf8(field.name), QString::fromUtf8(field.value));
    const QByteArray body = kept.attempt.body();
    if (kept.bodySize > 0)
        lines += {QString(), QString::fromUtf8(body)};
    if (kept.bodySize > body.size())
        lines += AttemptsView::tr("… %1 in all; of earlier tries only the beginning is kept.")
                     .arg(byteSize(kept.bodySize));
    return lines.join(QLatin1Char('\n'));
}

AttemptsView::AttemptsView(QWidget* parent)
    : QWidget(parent)
    , m_empty(new WrappedLabel(tr("No call yet. Each try of a request will be kept here."), this))
    , m_schedule(new ScheduleBar(this))
    , m_model(new AttemptTableModel(m_history, this))
    , m_table(new QTableView(this))
    , m_detail(new QPlainTextEdit(this))
    , m_split(new QSplitter(Qt::Vertical, this)) {
    m_empty->setObjectName(QStringLiteral("attemptsEmpty"));
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setAlignment(Qt::AlignCenter);
    setTextRole(m_empty, TextRole::Quiet);
    m_table->setObjectName(QStringLiteral("attemptTable"));
    m_table->setAccessibleName(tr("Tries of this request"));
    m_table->setModel(m_model);
    setUpLines(m_table);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_detail->setObjectName(QStringLiteral("attemptDetail"));
    m_detail->setAccessibleName(tr("What the chosen try got, secrets masked"));
    m_detail->setReadOnly(true);
    m_detail->setTabChangesFocus(true);
    m_detail->setFont(codeFont());
    m_split->addWidget(m_table);
    m_split->addWidget(m_detail);
    m_split->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->addWidget(m_empty, 1);
    layout->addWidget(m_schedule);
    layout->addWidget(m_split, 1);
    connect(&m_history, &AttemptHistory::changed, this, &AttemptsView::followHistory);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &AttemptsView::showDetail);
    connect(m_schedule, &ScheduleBar::rowChosen, this, &AttemptsView::chooseRow);
    followHistory();
}

void AttemptsView::setTextFilter(std::function<QString(const QString&)> filter) {
    m_filter = std::move(filter);
}

int AttemptsView::chosenRow() const {
    const QModelIndex current = m_table->currentIndex();
    return current.isValid() ? current.row() : -1;
}

void AttemptsView::chooseRow(int row) {
    m_table->setCurrentIndex(m_model->index(row, 0));
}

void AttemptsView::followHistory() {
    const auto count = qsizetype(m_history.attempts().size());
    const bool isEmpty = count == 0;
    m_empty->setVisible(isEmpty);
    m_schedule->setVisible(!isEmpty);
    m_split->setVisible(!isEmpty);
    m_schedule->setBlocks(scheduleOf(m_history.attempts(), m_history.planned()));
    // Whoever looks at an earlier try goes on looking at it.
    const bool lookedAtLatest = chosenRow() < 0 || chosenRow() >= m_known - 1;
    if (std::exchange(m_known, count) != count && lookedAtLatest && !isEmpty)
        chooseRow(int(count) - 1);
    // The last one takes what is left.
    for (int column = 0; column < AttemptTableModel::Judgement; ++column)
        m_table->resizeColumnToContents(column);
    showDetail();
    Q_EMIT countChanged(int(count));
}

void AttemptsView::showDetail() {
    const int row = chosenRow();
    m_schedule->setChosenRow(row);
    const std::vector<KeptAttempt>& attempts = m_history.attempts();
    if (row < 0)
        m_detail->clear();
    else if (row < int(attempts.size()))
        m_detail->setPlainText(withVisibleChips(m_filter(attemptText(attempts[size_t(row)]))));
    else
        m_detail->setPlainText(tr("This try is planned, not made."));
}

} // namespace lavascope
