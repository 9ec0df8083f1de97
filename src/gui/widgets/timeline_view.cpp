// SPDX-License-Identifier: MIT
#include "gui/widgets/timeline_view.h"

#include "core/base/visible_text.h"
#include "gui/appearance.h"
#include "gui/clipboard.h"
#include "gui/models/figure_table_model.h"
#include "gui/widgets/flow_layout.h"
#include "gui/widgets/row_table.h"
#include "gui/widgets/timeline_chart.h"
#include "gui/widgets/wrapped_label.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace lavascope {

TimelineView::TimelineView(QWidget* parent)
    : QWidget(parent)
    , m_chart(new TimelineChart(this))
    , m_readOut(new WrappedLabel(this))
    , m_advice(new WrappedLabel(this))
    , m_empty(new WrappedLabel(this))
    , m_picture(new QStackedWidget(this))
    , m_table(new QTableView(this))
    , m_figures(new FigureTableModel(this))
    , m_split(new QSplitter(this)) {
    m_chart->setObjectName(QStringLiteral("timelineChart"));
    m_advice->setObjectName(QStringLiteral("timelineAdvice"));
    m_advice->setTextFormat(Qt::PlainText);
    m_empty->setObjectName(QStringLiteral("timelineEmpty"));
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setAlignment(Qt::AlignCenter);
    setTextRole(m_empty, TextRole::Quiet);
    m_picture->addWidget(m_empty);
    m_picture->addWidget(m_chart);
    buildTable();
    m_split->addWidget(m_picture);
    m_split->addWidget(m_table);
    m_split->setStretchFactor(0, 3);
    m_split->setStretchFactor(1, 2);
    // Sizes are shared out in this proportion, whatever the pieces would like to have.
    m_split->setSizes({3000, 2000});
    m_split->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(buildBar());
    layout->addWidget(m_advice);
    layout->addWidget(m_split, 1);

    connect(m_chart, &TimelineChart::moved, this, &TimelineView::showState);
    connect(m_chart, &TimelineChart::eventChosen, this, &TimelineView::eventChosen);
    connect(m_zoomIn, &QPushButton::clicked, m_chart, &TimelineChart::zoomIn);
    connect(m_zoomOut, &QPushButton::clicked, m_chart, &TimelineChart::zoomOut);
    connect(m_all, &QPushButton::clicked, m_chart, &TimelineChart::showAll);
    connect(m_copy, &QPushButton::clicked, this, &TimelineView::copyFigures);
    showState();
}

QPushButton* TimelineView::addButton(const QString& text, const QString& name,
                                     const QString& accessibleName) {
    auto* button = new QPushButton(text, this);
    button->setObjectName(name);
    button->setAccessibleName(accessibleName);
    button->setToolTip(plainToolTip(accessibleName));
    return button;
}

QWidget* TimelineView::buildBar() {
    m_readOut->setObjectName(QStringLiteral("timelineReadOut"));
    m_readOut->setTextFormat(Qt::PlainText);
    m_zoomOut = addButton(QStringLiteral("−"), QStringLiteral("timelineZoomOut"), tr("Zoom out (−)"));
    m_zoomIn = addButton(QStringLiteral("+"), QStringLiteral("timelineZoomIn"), tr("Zoom in (+)"));
    m_all = addButton(tr("All"), QStringLiteral("timelineAll"), tr("Show all of the time (0)"));
    m_copy = addButton(tr("Copy figures"), QStringLiteral("timelineCopy"), tr("Copy the figures as a table"));
    auto* buttons = new QWidget(this);
    auto* flow = new QHBoxLayout(buttons);
    flow->setContentsMargins(0, 0, 0, 0);
    flow->setSpacing(8);
    for (QPushButton* button : {m_zoomOut, m_zoomIn, m_all, m_copy})
        flow->addWidget(button);
    auto* bar = new QWidget(this);
    m_bar = new QBoxLayout(QBoxLayout::LeftToRight, bar);
    m_bar->setContentsMargins(0, 0, 0, 0);
    m_bar->setSpacing(8);
    m_bar->addWidget(m_readOut, 1);
    m_bar->addWidget(buttons, 0, Qt::AlignLeft | Qt::AlignVCenter);
    return bar;
}

void TimelineView::buildTable() {
    m_table->setObjectName(QStringLiteral("timelineFigures"));
    m_table->setAccessibleName(tr("Figures of the timeline"));
    m_table->setModel(m_figures);
    setUpLines(m_table);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->horizontalHeader()->setSectionResizeMode(FigureTableModel::Name, QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(FigureTableModel::Value, QHeaderView::Stretch);
    m_table->installEventFilter(this);
}

void TimelineView::setReader(const StreamReader* reader) {
    m_reader = reader;
    m_figures->setFigures({});
    m_chart->setReader(reader);
    showState();
}

bool TimelineView::pull(const QDeadlineTimer& until) {
    const bool more = m_chart->pull(until);
    showState();
    return more;
}

void TimelineView::setEmptyReason(const QString& reason) {
    m_empty->setText(withVisibleChips(reason));
}

void TimelineView::showState() {
    const bool hasEvents = m_chart->events().count() > 0;
    if (m_reader)
        m_figures->setFigures(timelineFigures(*m_reader, m_chart->events()));
    m_table->setHidden(m_figures->rowCount() == 0);
    m_copy->setEnabled(m_figures->rowCount() > 0);
    m_picture->setCurrentIndex(hasEvents ? 1 : 0);
    m_zoomIn->setEnabled(hasEvents);
    m_zoomOut->setEnabled(hasEvents && !m_chart->window().isWhole());
    m_all->setEnabled(hasEvents && !m_chart->window().isWhole());
    const std::optional<Buffering> buffering = m_reader ? m_reader->buffering() : std::nullopt;
    m_advice->setHidden(!buffering);
    m_advice->setText(buffering ? tr("⚠ The answer was held back. %1").arg(buffering->advice) : QString());
    const QString readOut = m_chart->readOut();
    m_readOut->setText(!readOut.isEmpty() ? readOut
                       : hasEvents ? tr("← → goes from event to event, Enter opens it. Ctrl+wheel zooms.")
                                   : QString());
    setTextRole(m_readOut, readOut.isEmpty() ? TextRole::Quiet : TextRole::Headline);
}

void TimelineView::copyFigures() const {
    copyText(m_figures->asText());
}

// Beside each other while both have room, else one below the other.
void TimelineView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    constexpr int charactersForBoth = 80;
    const bool isWide = width() >= charactersForBoth * fontMetrics().averageCharWidth();
    m_split->setOrientation(isWide ? Qt::Horizontal : Qt::Vertical);
    m_bar->setDirection(isWide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

bool TimelineView::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_table && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
        copyText(m_figures->asText(m_table->selectionModel()->selectedRows()));
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace lavascope
