// SPDX-License-Identifier: MIT
#include "gui/widgets/events_view.h"

#include "core/base/visible_text.h"
#include "core/json/edit.h"
#include "core/stream/stream_reader.h"
#include "gui/appearance.h"
#include "gui/models/event_table_model.h"
#include "gui/units.h"
#include "gui/widgets/log_text.h"
#include "gui/widgets/row_table.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>

namespace lavascope {

namespace {

constexpr qsizetype longestDetail = 256 * 1024;

QString detailOf(const StreamEvent& event) {
    if (event.data.size() <= longestDetail)
        return QString::fromUtf8(json::prettyPrint(event.data));
    return QString::fromUtf8(event.data.first(longestDetail)) +
           EventsView::tr("\n… %1 in all; the rest is left out here, not in the recording.")
               .arg(byteSize(event.data.size()));
}

} // namespace

EventsView::EventsView(QWidget* parent)
    : QWidget(parent)
    , m_model(new EventTableModel(this))
    , m_filter(new QLineEdit(this))
    , m_regex(new QCheckBox(tr("Regex"), this))
    , m_filterState(new QLabel(this))
    , m_pause(new QPushButton(tr("Pause"), this))
    , m_newest(new QPushButton(this))
    , m_table(new QTableView(this))
    , m_detail(new LogText(this))
    , m_empty(new QLabel(this))
    , m_stack(new QStackedLayout) {
    buildBar();
    buildTable();
    m_detail->setObjectName(QStringLiteral("eventDetail"));
    m_detail->setAccessibleName(tr("Data of the chosen event"));
    m_detail->setVisible(false);
    m_empty->setObjectName(QStringLiteral("eventsEmpty"));
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    setTextRole(m_empty, TextRole::Quiet);

    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(0, 8, 0, 8);
    bar->setSpacing(8);
    bar->addWidget(m_filter, 1);
    bar->addWidget(m_regex);
    bar->addWidget(m_filterState);
    bar->addWidget(m_newest);
    bar->addWidget(m_pause);
    auto* split = new QSplitter(Qt::Vertical, this);
    split->addWidget(m_table);
    split->addWidget(m_detail);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    split->setChildrenCollapsible(false);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(split);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addLayout(m_stack, 1);
    updateState();
}

void EventsView::buildBar() {
    m_filter->setObjectName(QStringLiteral("eventFilter"));
    m_filter->setAccessibleName(tr("Filter events"));
    m_filter->setPlaceholderText(tr("Filter events by name or data"));
    m_filter->setClearButtonEnabled(true);
    m_regex->setObjectName(QStringLiteral("eventRegex"));
    m_regex->setAccessibleName(tr("The filter is a regular expression"));
    m_filterState->setObjectName(QStringLiteral("eventFilterState"));
    m_filterState->setTextFormat(Qt::PlainText);
    m_pause->setObjectName(QStringLiteral("eventPause"));
    m_pause->setAccessibleName(tr("Pause drawing; capturing goes on"));
    m_pause->setCheckable(true);
    m_newest->setObjectName(QStringLiteral("eventNewest"));
    m_newest->setAccessibleName(tr("Go to the newest event"));
    m_newest->setVisible(false);

    connect(m_filter, &QLineEdit::textChanged, this, &EventsView::applyFilter);
    connect(m_regex, &QCheckBox::toggled, this, &EventsView::applyFilter);
    connect(m_pause, &QPushButton::toggled, this, [this](bool paused) {
        m_pause->setText(paused ? tr("Go on") : tr("Pause"));
        m_pause->setAccessibleName(paused ? tr("Go on drawing") : tr("Pause drawing; capturing goes on"));
        updateState();
        Q_EMIT pullWanted();
    });
    connect(m_newest, &QPushButton::clicked, this, &EventsView::followNewest);
}

void EventsView::buildTable() {
    m_table->setObjectName(QStringLiteral("eventTable"));
    m_table->setAccessibleName(tr("Events"));
    m_table->setModel(m_model);
    setUpLines(m_table);
    const int digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    const QList<int> widths{7, 9, 10, 18, 8};
    for (int column = 0; column < widths.size(); ++column)
        m_table->setColumnWidth(column, widths[column] * digit);
    m_table->installEventFilter(this);

    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &EventsView::showDetail);
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, [this] {
        m_following = isAtBottom();
        if (m_following) {
            m_unseen = 0;
            m_newest->setVisible(false);
        }
    });
}

void EventsView::setReader(const StreamReader* reader) {
    m_reader = reader;
    m_chosen = -1;
    m_unseen = 0;
    m_following = true;
    m_model->setReader(reader);
    m_pause->setChecked(false);
    m_detail->setVisible(false);
    m_newest->setVisible(false);
    updateState();
}

bool EventsView::pull(const QDeadlineTimer& until) {
    if (m_pause->isChecked()) {
        updateState();
        return false;
    }
    const int before = m_model->rowCount();
    const bool more = m_model->pull(until);
    const int added = m_model->rowCount() - before;
    updateState();
    restoreChosen();
    if (added > 0 && m_following) {
        m_table->scrollToBottom();
    } else if (added > 0) {
        m_unseen += added;
        m_newest->setText(tr("▼ %1 new").arg(m_unseen));
        m_newest->setVisible(true);
    }
    return more;
}

void EventsView::setEmptyReason(const QString& reason) {
    m_emptyReason = reason;
    updateState();
}

void EventsView::focusFilter() {
    m_filter->setFocus();
    m_filter->selectAll();
}

void EventsView::choose(int number) {
    const int row = m_model->rowOfEvent(number);
    if (row < 0 && number < m_model->examined())
        m_filter->clear();
    else if (row < 0)
        m_pause->setChecked(false);
    m_table->setCurrentIndex({});
    m_chosen = number;
    m_following = false;
    restoreChosen();
    m_table->setFocus(Qt::OtherFocusReason);
    // It may be among those that are still to be taken in.
    Q_EMIT pullWanted();
}

void EventsView::applyFilter() {
    const Result<EventFilter> filter = m_regex->isChecked()
                                           ? EventFilter::matching(m_filter->text())
                                           : Result<EventFilter>(EventFilter::holding(m_filter->text()));
    if (!filter) {
        setTextRole(m_filterState, TextRole::Bad);
        m_filterState->setText(tr("✕ no valid pattern"));
        m_filterState->setToolTip(plainToolTip(filter.error().message));
        return;
    }
    const int chosen = m_chosen;
    m_unseen = 0;
    m_following = true;
    m_newest->setVisible(false);
    m_model->setFilter(*filter);
    m_chosen = chosen;
    updateState();
    Q_EMIT pullWanted();
}

void EventsView::showDetail() {
    const QModelIndex current = m_table->currentIndex();
    m_detail->setVisible(current.isValid());
    m_chosen = current.isValid() ? m_model->eventNumber(current.row()) : -1;
    if (current.isValid())
        m_detail->setLog(detailOf(m_model->eventAt(current.row())));
}

// After a change of the filter the chosen event is chosen again as soon as it is in the table again.
void EventsView::restoreChosen() {
    if (m_chosen < 0 || m_table->currentIndex().isValid())
        return;
    if (const int row = m_model->rowOfEvent(m_chosen); row >= 0)
        m_table->selectRow(row);
}

void EventsView::followNewest() {
    m_table->scrollToBottom();
    m_following = true;
    m_unseen = 0;
    m_newest->setVisible(false);
}

void EventsView::updateState() {
    const auto all = m_reader ? m_reader->eventCount() : 0;
    const bool hidesAll = m_model->rowCount() == 0 && m_model->examined() > 0;
    m_empty->setText(hidesAll ? tr("None of the %1 events fits the filter.").arg(m_model->examined())
                              : withVisibleChips(m_emptyReason));
    m_stack->setCurrentIndex(m_model->rowCount() > 0 ? 1 : 0);

    QString state;
    if (m_pause->isChecked())
        state = tr("paused, %1 waiting").arg(all - m_model->examined());
    else if (!m_model->filter().acceptsAll())
        state = tr("%1 of %2").arg(m_model->rowCount()).arg(all);
    setTextRole(m_filterState, TextRole::Quiet);
    m_filterState->setText(state);
    m_filterState->setToolTip({});
}

bool EventsView::isAtBottom() const {
    const QScrollBar* bar = m_table->verticalScrollBar();
    return bar->value() >= bar->maximum();
}

void EventsView::closeDetail() {
    m_chosen = -1;
    m_detail->setVisible(false);
    m_table->setCurrentIndex({});
}

// Escape closes the detail, except while events still come: then it is the window's key for stopping.
bool EventsView::eventFilter(QObject* watched, QEvent* event) {
    const bool isKey = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
    const bool running = m_reader && !m_reader->transcript().verdict;
    if (watched == m_table && isKey && !running && !m_detail->isHidden() &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();
        if (event->type() == QEvent::KeyPress)
            closeDetail();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace lavascope
