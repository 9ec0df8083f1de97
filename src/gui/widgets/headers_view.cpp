// SPDX-License-Identifier: MIT
#include "gui/widgets/headers_view.h"

#include "core/base/visible_text.h"
#include "core/stream/recording.h"
#include "gui/appearance.h"
#include "gui/clipboard.h"
#include "gui/models/header_table_model.h"
#include "gui/widgets/flow_layout.h"

#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

namespace lavascope {

namespace {

constexpr int longestLine = 8000;

QString fieldLines(const Headers& headers) {
    QString text;
    for (const Headers::Field& field : headers)
        text += QString::fromUtf8(field.name) + QStringLiteral(": ") + QString::fromUtf8(field.value) +
                QLatin1Char('\n');
    return text;
}

} // namespace

HeadersView::HeadersView(QWidget* parent)
    : QWidget(parent)
    , m_request(buildHalf(QStringLiteral("request"), tr("Request headers")))
    , m_answer(buildHalf(QStringLiteral("answer"), tr("Response headers"))) {
    connect(m_request.copy, &QPushButton::clicked, this, [this] { copyText(m_request.text); });
    connect(m_answer.copy, &QPushButton::clicked, this, [this] { copyText(m_answer.text); });
    auto* split = new QSplitter(Qt::Vertical, this);
    split->addWidget(m_answer.box);
    split->addWidget(m_request.box);
    split->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->addWidget(split);
    clear();
}

HeadersView::Half HeadersView::buildHalf(const QString& name, const QString& title) {
    Half half;
    half.box = new QWidget(this);
    // A line to scroll in: an address has no blanks to wrap at.
    half.line = new QLineEdit(half.box);
    half.line->setObjectName(name + QStringLiteral("Line"));
    half.line->setAccessibleName(tr("First line: %1").arg(title));
    half.line->setReadOnly(true);
    half.line->setFont(codeFont());
    half.copy = new QPushButton(tr("Copy (redacted)"), half.box);
    half.copy->setObjectName(name + QStringLiteral("HeadersCopy"));
    half.copy->setAccessibleName(tr("Copy without secrets: %1").arg(title));
    half.model = new HeaderTableModel(this);
    half.table = new QTableView(half.box);
    half.table->setObjectName(name + QStringLiteral("Headers"));
    half.table->setAccessibleName(title);
    half.table->setModel(half.model);
    half.table->setSelectionBehavior(QAbstractItemView::SelectRows);
    half.table->setAlternatingRowColors(true);
    half.table->setShowGrid(false);
    half.table->setTabKeyNavigation(false);
    half.table->verticalHeader()->hide();
    half.table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    half.table->horizontalHeader()->setStretchLastSection(true);
    half.table->horizontalHeader()->setHighlightSections(false);
    half.table->setColumnWidth(HeaderTableModel::Name, 24 * fontMetrics().averageCharWidth());

    auto* caption = new QLabel(title, half.box);
    caption->setTextFormat(Qt::PlainText);
    setTextRole(caption, TextRole::Headline);
    auto* head = new FlowLayout(16, 4);
    head->addWidget(caption);
    head->addWidget(half.copy);
    auto* layout = new QVBoxLayout(half.box);
    layout->setContentsMargins(0, 0, 0, 8);
    layout->setSpacing(8);
    layout->addLayout(head);
    layout->addWidget(half.line);
    layout->addWidget(half.table, 1);
    return half;
}

// As they stand one under the other.
std::vector<HeadersView::Place> HeadersView::places() const {
    std::vector<Place> places;
    for (const Half* half : {&m_answer, &m_request})
        for (int row = -1; row < half->model->rowCount({}); ++row)
            places.push_back({half, row});
    return places;
}

QString HeadersView::textOf(const Place& place) {
    if (place.row < 0)
        return place.half->line->text();
    QString text;
    for (int column = 0; column < place.half->model->columnCount({}); ++column)
        text += place.half->model->index(place.row, column).data().toString() + QStringLiteral(": ");
    return text;
}

void HeadersView::startSearch(const SearchPattern& pattern) {
    leaveMatch();
    m_pattern = pattern;
    m_matches.clear();
    m_isSearched = false;
}

// There are few of them, and none is long.
bool HeadersView::searchOn(const QDeadlineTimer&) {
    if (m_isSearched || m_pattern.isEmpty())
        return false;
    m_isSearched = true;
    const std::vector<Place> all = places();
    for (size_t i = 0; i < all.size() && m_matches.room() > 0; ++i)
        if (m_pattern.expression().match(textOf(all[i])).hasMatch())
            m_matches.add(qint64(i), qint64(i) + 1);
    return false;
}

bool HeadersView::showMatch(SearchStep step) {
    const MatchList::Match* match = m_matches.step(step, m_place);
    if (!match)
        return false;
    leaveMark();
    m_place = match->begin;
    const Place place = places()[size_t(m_place)];
    if (place.row < 0) {
        place.half->line->selectAll();
    } else {
        place.half->table->selectRow(place.row);
        place.half->table->scrollTo(place.half->model->index(place.row, 0));
    }
    return true;
}

void HeadersView::leaveMatch() {
    m_matches.leave();
    leaveMark();
}

void HeadersView::leaveMark() const {
    for (const Half* half : {&m_answer, &m_request}) {
        half->line->deselect();
        half->table->setCurrentIndex({});
        half->table->clearSelection();
    }
}

void HeadersView::clear() {
    startSearch(m_pattern);
    show(m_request, {}, {});
    show(m_answer, {}, {});
}

void HeadersView::showCall(const RedactedRecording& call) {
    startSearch(m_pattern);
    const HttpRequest& request = call.recording().request;
    show(m_request, QString::fromLatin1(request.method) + QLatin1Char(' ') + QString::fromUtf8(request.url),
         request.headers);
    if (call.recording().attempts.empty())
        return;
    const Attempt& attempt = call.recording().attempts.back();
    const QString line =
        attempt.status == 0
            ? tr("No status has come.")
            : QStringLiteral("%1 %2").arg(attempt.status).arg(QString::fromLatin1(attempt.reason));
    show(m_answer, line, attempt.headers);
}

void HeadersView::setTextFilter(std::function<QString(const QString&)> filter) {
    m_filter = std::move(filter);
}

void HeadersView::show(Half& half, const QString& line, const Headers& whole) const {
    Headers headers;
    for (const Headers::Field& field : whole)
        headers.append(field.name, m_filter(QString::fromUtf8(field.value)).toUtf8());
    half.text = line + QLatin1Char('\n') + fieldLines(headers);
    half.line->setText(withVisibleChips(line.left(longestLine)));
    half.line->setCursorPosition(0);
    half.copy->setEnabled(!line.isEmpty());
    half.model->setHeaders(headers);
}

} // namespace lavascope
