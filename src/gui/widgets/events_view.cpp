// SPDX-License-Identifier: MIT
#include "gui/widgets/events_view.h"

#include "core/base/visible_text.h"
#include "core/stream/stream_reader.h"
#include "gui/appearance.h"
#include "gui/models/event_table_model.h"
#include "gui/widgets/event_detail.h"
#include "gui/widgets/row_table.h"
#include "gui/widgets/wrapped_label.h"

#include <QCheckBox>
#include <QComboBox>
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

EventsView::EventsView(QWidget* parent)
    : QWidget(parent)
    , m_model(new EventTableModel(this))
    , m_filter(new QLineEdit(this))
    , m_type(new QComboBox(this))
    , m_regex(new QCheckBox(tr("Regex"), this))
    , m_filterState(new QLabel(this))
    , m_pause(new QPushButton(tr("Pause"), this))
    , m_newest(new QPushButton(this))
    , m_table(new QTableView(this))
    , m_search(m_model, m_table)
    , m_detail(new EventDetail(this))
    , m_empty(new WrappedLabel(this))
    , m_stack(new QStackedLayout) {
    buildBar();
    buildTable();
    connect(m_detail, &EventDetail::saveWanted, this, &EventsView::saveWanted);
    m_detail->setVisible(false);
    m_empty->setObjectName(QStringLiteral("eventsEmpty"));
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setAlignment(Qt::AlignCenter);
    setTextRole(m_empty, TextRole::Quiet);

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
    layout->addLayout(arrangeBar());
    layout->addLayout(m_stack, 1);
    updateState();
}

// In two lines: the pane is narrow beside the request.
QLayout* EventsView::arrangeBar() {
    auto* filters = new QHBoxLayout;
    filters->setSpacing(8);
    filters->addWidget(m_filter, 1);
    filters->addWidget(m_type);
    auto* rest = new QHBoxLayout;
    rest->setSpacing(8);
    rest->addWidget(m_regex);
    rest->addWidget(m_filterState, 1);
    rest->addWidget(m_newest);
    rest->addWidget(m_pause);
    auto* bar = new QVBoxLayout;
    bar->setContentsMargins(0, 8, 0, 8);
    bar->setSpacing(6);
    bar->addLayout(filters);
    bar->addLayout(rest);
    return bar;
}

void EventsView::buildBar() {
    m_filter->setObjectName(QStringLiteral("eventFilter"));
    m_filter->setAccessibleName(tr("Filter events"));
    m_filter->setPlaceholderText(tr("Filter events by name or data"));
    m_filter->setClearButtonEnabled(true);
    m_type->setObjectName(QStringLiteral("eventType"));
    m_type->setAccessibleName(tr("Type of the events shown"));
    m_type->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    constexpr int shortestShown = 14; // characters
    m_type->setMinimumContentsLength(shortestShown);
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
    connect(m_type, &QComboBox::currentIndexChanged, this, &EventsView::applyFilter);
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
    m_detail->clear();
    m_detail->setVisible(false);
    m_model->setReader(reader);
    m_search.startOver();
    m_type->clear();
    m_type->addItem(tr("All types"));
    m_pause->setChecked(false);
    m_newest->setVisible(false);
    updateState();
}

void EventsView::setTimed(bool isTimed) {
    m_table->setColumnHidden(EventTableModel::Arrival, !isTimed);
    m_table->setColumnHidden(EventTableModel::Gap, !isTimed);
}

bool EventsView::pull(const QDeadlineTimer& until) {
    // What was just chosen comes first.
    const bool moreDetail = m_detail->pull(until);
    const bool moreRows = pullRows(until);
    return moreDetail || moreRows;
}

bool EventsView::pullRows(const QDeadlineTimer& until) {
    if (m_pause->isChecked()) {
        updateState();
        return false;
    }
    const int before = m_model->rowCount();
    const bool more = m_model->pull(until);
    const int added = m_model->rowCount() - before;
    addTypes();
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

// The first item stands for all of them, the others for the model's types in their order.
void EventsView::addTypes() {
    const std::vector<EventType>& types = m_model->types();
    for (auto i = size_t(m_type->count()) - 1; i < types.size(); ++i) {
        const QString name = EventTableModel::typeName(types[i]);
        m_type->addItem(name.isEmpty() ? tr("(no type)") : name);
    }
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
    const Result<SearchPattern> pattern =
        m_regex->isChecked() ? SearchPattern::matching(m_filter->text())
                             : Result<SearchPattern>(SearchPattern::holding(m_filter->text()));
    if (!pattern) {
        setTextRole(m_filterState, TextRole::Bad);
        m_filterState->setText(tr("✕ no valid pattern"));
        m_filterState->setToolTip(plainToolTip(pattern.error().message));
        return;
    }
    std::optional<EventType> type;
    if (m_type->currentIndex() > 0)
        type = m_model->types()[size_t(m_type->currentIndex()) - 1];
    const int chosen = m_chosen;
    m_unseen = 0;
    m_following = true;
    m_newest->setVisible(false);
    m_model->setFilter({*pattern, type});
    m_search.startOver();
    m_chosen = chosen;
    updateState();
    Q_EMIT pullWanted();
}

void EventsView::showDetail() {
    const QModelIndex current = m_table->currentIndex();
    m_detail->setVisible(current.isValid());
    m_chosen = current.isValid() ? m_model->eventNumber(current.row()) : -1;
    if (!current.isValid())
        return;
    m_detail->setEvent(*m_reader, m_chosen);
    Q_EMIT pullWanted();
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
