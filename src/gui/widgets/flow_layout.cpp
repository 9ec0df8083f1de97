// SPDX-License-Identifier: MIT
#include "gui/widgets/flow_layout.h"

#include <QWidget>

#include <utility>

namespace lavascope {

FlowLayout::FlowLayout(int horizontalSpacing, int verticalSpacing)
    : m_horizontalSpacing(horizontalSpacing)
    , m_verticalSpacing(verticalSpacing) {
    setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout() = default;

void FlowLayout::addItem(QLayoutItem* item) {
    m_items.emplace_back(item);
}

void FlowLayout::insertWidget(int index, QWidget* widget) {
    addChildWidget(widget);
    m_items.insert(m_items.begin() + index, std::make_unique<QWidgetItem>(widget));
    invalidate();
}

int FlowLayout::count() const {
    return int(m_items.size());
}

QLayoutItem* FlowLayout::itemAt(int index) const {
    return index >= 0 && index < count() ? m_items[size_t(index)].get() : nullptr;
}

QLayoutItem* FlowLayout::takeAt(int index) {
    if (index < 0 || index >= count())
        return nullptr;
    QLayoutItem* item = m_items[size_t(index)].release();
    m_items.erase(m_items.begin() + index);
    return item;
}

QSize FlowLayout::sizeHint() const {
    QSize size(0, 0);
    for (const auto& item : m_items) {
        if (item->isEmpty())
            continue;
        const QSize wanted = item->sizeHint();
        size =
            QSize(size.width() + wanted.width() + m_horizontalSpacing, qMax(size.height(), wanted.height()));
    }
    return size;
}

QSize FlowLayout::minimumSize() const {
    QSize size;
    for (const auto& item : m_items)
        if (!item->isEmpty())
            size = size.expandedTo(item->minimumSize());
    return size;
}

int FlowLayout::heightForWidth(int width) const {
    return arrange(QRect(0, 0, width, 0), Pass::Measure);
}

void FlowLayout::setGeometry(const QRect& rect) {
    QLayout::setGeometry(rect);
    arrange(rect, Pass::Place);
}

// Returns the height that the items take up in this width. The items of a line stand on one middle: what is
// higher, a button beside a word, must not hang below the others.
int FlowLayout::arrange(const QRect& rect, Pass pass) const {
    int y = rect.y();
    int lineHeight = 0;
    int x = rect.x();
    std::vector<std::pair<QLayoutItem*, QRect>> line;
    const auto endLine = [&] {
        for (const auto& [item, place] : line)
            if (pass == Pass::Place)
                item->setGeometry(place.translated(0, (lineHeight - place.height()) / 2));
        line.clear();
    };
    for (const auto& item : m_items) {
        if (item->isEmpty())
            continue;
        const QSize wanted = item->sizeHint().boundedTo(QSize(qMax(1, rect.width()), QWIDGETSIZE_MAX));
        if (!line.empty() && x + wanted.width() > rect.x() + rect.width()) {
            endLine();
            x = rect.x();
            y += lineHeight + m_verticalSpacing;
            lineHeight = 0;
        }
        line.emplace_back(item.get(), QRect(QPoint(x, y), wanted));
        x += wanted.width() + m_horizontalSpacing;
        lineHeight = qMax(lineHeight, wanted.height());
    }
    endLine();
    return y + lineHeight - rect.y();
}

} // namespace lavascope
