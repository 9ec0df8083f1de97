// SPDX-License-Identifier: MIT
#include "gui/widgets/events_view.h"

#include "core/json/edit.h"
#include "core/stream/stream_reader.h"
#include "gui/appearance.h"
#include "gui/models/event_table_model.h"
#include "gui/units.h"
#include "gui/widgets/log_text.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>

namespace lavascope {

namespace {

constexpr int rowsPerFrame = 2000;
constexpr qsizetype longestDetail = 256 * 1024;

/// Keeps the events whose name or data match.
class EventFilter : public QSortFilterProxyModel {
public:
    EventFilter(EventTableModel& events, QObject* parent)
        : QSortFilterProxyModel(parent)
        , m_events(events) {
        setSourceModel(&events);
    }

protected:
    bool filterAcceptsRow(int row, const QModelIndex& /*parent*/) const override {
        const QRegularExpression pattern = filterRegularExpression();
        if (pattern.pattern().isEmpty())
            return true;
        const StreamEvent& event = m_events.eventAt(row);
        return pattern.match(event.name).hasMatch() ||
               pattern.match(QString::fromUtf8(event.data)).hasMatch();
    }

private:
    EventTableModel& m_events;
};

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
    , m_filtered(new EventFilter(*m_model, this))
    , m_filter(new QLineEdit(this))
    , m_regex(new QCheckBox(tr("Regex"), this))
    , m_filterState(new QLabel(this))
    , m_pause(new QPushButton(tr("Pause"), this))
    , m_newest(new QPushButton(this))
    , m_table(new QTableView(this))
    , m_detail(new LogText(this))
    , m_empty(new QLabel(this))
    , m_stack(new QStackedLayout) {
    m_filter->setObjectName(QStringLiteral("eventFilter"));
    m_filter->setAccessibleName(tr("Filter events"));
    m_filter->setPlaceholderText(tr("Filter events"));
    m_filter->setClearButtonEnabled(true);
    m_regex->setObjectName(QStringLiteral("eventRegex"));
    m_regex->setAccessibleName(tr("The filter is a regular expression"));
    m_filterState->setTextFormat(Qt::PlainText);
    setTextRole(m_filterState, TextRole::Bad);
    m_pause->setObjectName(QStringLiteral("eventPause"));
    m_pause->setAccessibleName(tr("Pause drawing; capturing goes on"));
    m_pause->setCheckable(true);
    m_newest->setObjectName(QStringLiteral("eventNewest"));
    m_newest->setAccessibleName(tr("Go to the newest event"));
    m_newest->setVisible(false);
    m_table->setObjectName(QStringLiteral("eventTable"));
    m_table->setAccessibleName(tr("Events"));
    m_table->setModel(m_filtered);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setHighlightSections(false);
    const int digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    const QList<int> widths{6, 11, 11, 24, 10};
    for (int column = 0; column < widths.size(); ++column)
        m_table->setColumnWidth(column, widths[column] * digit);
    m_detail->setObjectName(QStringLiteral("eventDetail"));
    m_detail->setAccessibleName(tr("Data of the chosen event"));
    m_detail->setVisible(false);
    m_empty->setObjectName(QStringLiteral("eventsEmpty"));
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    setTextRole(m_empty, TextRole::Quiet);

    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(8, 8, 8, 8);
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

    connect(m_filter, &QLineEdit::textChanged, this, &EventsView::applyFilter);
    connect(m_regex, &QCheckBox::toggled, this, &EventsView::applyFilter);
    connect(m_pause, &QPushButton::toggled, this,
            [this](bool paused) { m_pause->setText(paused ? tr("Go on") : tr("Pause")); });
    connect(m_newest, &QPushButton::clicked, this, &EventsView::followNewest);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &EventsView::showDetail);
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, [this] {
        m_following = isAtBottom();
        if (m_following) {
            m_unseen = 0;
            m_newest->setVisible(false);
        }
    });
    updateEmptyState();
}

void EventsView::setReader(const StreamReader* reader) {
    m_model->setReader(reader);
    m_pause->setChecked(false);
    m_detail->setVisible(false);
    m_unseen = 0;
    m_following = true;
    m_newest->setVisible(false);
    updateEmptyState();
}

bool EventsView::pull() {
    if (m_pause->isChecked())
        return false;
    const int before = m_model->rowCount();
    const bool more = m_model->pull(rowsPerFrame);
    const int added = m_model->rowCount() - before;
    if (added > 0 && before == 0)
        updateEmptyState();
    if (added > 0 && m_following) {
        m_table->scrollToBottom();
    } else if (added > 0) {
        m_unseen += added;
        m_newest->setText(tr("%n new", nullptr, m_unseen));
        m_newest->setVisible(true);
    }
    return more;
}

void EventsView::setEmptyReason(const QString& reason) {
    m_empty->setText(reason);
}

void EventsView::focusFilter() {
    m_filter->setFocus();
    m_filter->selectAll();
}

void EventsView::applyFilter() {
    const QString text = m_filter->text();
    QRegularExpression pattern(m_regex->isChecked() ? text : QRegularExpression::escape(text),
                               QRegularExpression::CaseInsensitiveOption);
    m_filterState->setText(pattern.isValid() ? QString() : tr("not a regular expression"));
    if (pattern.isValid())
        m_filtered->setFilterRegularExpression(pattern);
}

void EventsView::showDetail() {
    const QModelIndex current = m_table->currentIndex();
    m_detail->setVisible(current.isValid());
    if (current.isValid())
        m_detail->setLog(detailOf(m_model->eventAt(m_filtered->mapToSource(current).row())));
}

void EventsView::followNewest() {
    m_table->scrollToBottom();
    m_following = true;
    m_unseen = 0;
    m_newest->setVisible(false);
}

void EventsView::updateEmptyState() {
    m_stack->setCurrentIndex(m_model->rowCount() > 0 ? 1 : 0);
}

bool EventsView::isAtBottom() const {
    const QScrollBar* bar = m_table->verticalScrollBar();
    return bar->value() >= bar->maximum();
}

} // namespace lavascope
