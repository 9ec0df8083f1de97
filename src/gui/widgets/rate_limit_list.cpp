// SPDX-License-Identifier: MIT
#include "gui/widgets/rate_limit_list.h"

#include "gui/appearance.h"
#include "gui/widgets/wrapped_label.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

#include <algorithm>

namespace lavascope {

namespace {

constexpr int wholeBar = 1000;

int share(const RateLimit& limit) {
    if (*limit.limit <= 0)
        return 0;
    const double part = double(*limit.remaining) / double(*limit.limit);
    // What is left shows, however little it is.
    return limit.isUsedUp() ? 0 : std::clamp(int(part * wholeBar), 1, wholeBar);
}

} // namespace

RateLimitBar::RateLimitBar(const RateLimit& limit, QWidget* parent)
    : QProgressBar(parent) {
    setObjectName(QStringLiteral("limitBar"));
    setTextVisible(false);
    setRange(0, wholeBar);
    setValue(share(limit));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("What is left of %1").arg(limit.name));
    setAccessibleDescription(rateLimitLine(limit));
}

QSize RateLimitBar::sizeHint() const {
    constexpr int widthInLetters = 12;
    const QFontMetrics metrics = fontMetrics();
    return {metrics.averageCharWidth() * widthInLetters, std::max(6, metrics.height() / 2)};
}

void RateLimitBar::paintEvent(QPaintEvent* /*event*/) {
    const MeaningColors colors = meaningColors(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    const double radius = frame.height() / 2;
    painter.setPen(value() == 0 ? colors.bad : colors.quiet);
    painter.setBrush(palette().base());
    painter.drawRoundedRect(frame, radius, radius);
    if (value() == 0)
        return;
    constexpr double gap = 1.5;
    QRectF left = frame.adjusted(gap, gap, -gap, -gap);
    left.setWidth(std::max(left.height(), left.width() * value() / maximum()));
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.accent);
    painter.drawRoundedRect(left, left.height() / 2, left.height() / 2);
}

RateLimitList::RateLimitList(QWidget* parent)
    : QWidget(parent)
    , m_lines(new QVBoxLayout(this)) {
    m_lines->setContentsMargins(0, 0, 0, 0);
    m_lines->setSpacing(4);
    setAccessibleName(tr("Limits"));
    hide();
}

void RateLimitList::setLimits(const std::vector<RateLimit>& limits) {
    while (QLayoutItem* item = m_lines->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const RateLimit& limit : limits)
        addLine(limit);
    setHidden(limits.empty());
}

void RateLimitList::addLine(const RateLimit& limit) {
    auto* line = new QWidget(this);
    auto* layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    if (limit.limit && limit.remaining)
        layout->addWidget(new RateLimitBar(limit, line), 0, Qt::AlignVCenter);
    auto* words = new WrappedLabel(line);
    words->setObjectName(QStringLiteral("limitWords"));
    words->setTextFormat(Qt::PlainText);
    words->setText(rateLimitLine(limit));
    words->setAccessibleName(words->text());
    layout->addWidget(words, 1);
    m_lines->addWidget(line);
}

} // namespace lavascope
