// SPDX-License-Identifier: MIT
#include "gui/widgets/raw_view.h"

#include "gui/appearance.h"
#include "gui/units.h"
#include "gui/widgets/body_view.h"
#include "gui/widgets/wrapped_label.h"

#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

namespace lavascope {

RawView::RawView(QWidget* parent)
    : QWidget(parent)
    , m_summary(new WrappedLabel(this))
    , m_body(new BodyView(this)) {
    m_summary->setObjectName(QStringLiteral("rawSummary"));
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setContentsMargins(0, 8, 0, 8);
    setTextRole(m_summary, TextRole::Quiet);
    m_body->setObjectName(QStringLiteral("raw"));
    m_body->setAccessibleName(tr("The body as it came"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_summary);
    layout->addWidget(m_body, 1);
    connect(m_body, &BodyView::moved, this, &RawView::showSummary);
    connect(m_body, &BodyView::said, m_summary, &QLabel::setText);
    showSummary();
}

void RawView::clear() {
    m_pieces = 0;
    m_body->clear();
}

bool RawView::pull(const Attempt& attempt, const QDeadlineTimer& until) {
    const bool isNews = m_pieces != attempt.chunks.size() || m_body->lines().size() == 0;
    const qint64 before = m_body->lines().size();
    m_pieces = attempt.chunks.size();
    const bool more = m_body->pull(attempt, until);
    // What was said of a copy stays until something else is to be said.
    if (isNews || before != m_body->lines().size())
        showSummary();
    return more;
}

qint64 RawView::bytesTakenIn() const {
    return m_body->lines().size();
}

Searchable* RawView::search() const {
    return m_body;
}

void RawView::showSummary() {
    const BodyLines& lines = m_body->lines();
    if (lines.size() == 0) {
        m_summary->setText(tr("No body byte has come."));
        return;
    }
    const QLocale locale = QLocale::c();
    const auto number = [&locale](qint64 value) { return locale.toString(value); };
    const QString pieces = m_pieces == 1 ? tr("1 piece") : tr("%1 pieces").arg(number(qint64(m_pieces)));
    const qint64 count = lines.lineCount();
    QString text = tr("%1 in %2 · %3")
                       .arg(byteSize(lines.size()), pieces,
                            count == 1 ? tr("1 line") : tr("%1 lines").arg(number(count)));
    const ByteRange selected = m_body->selection();
    if (selected.begin != selected.end)
        text += tr(" · %1 selected").arg(byteSize(selected.end - selected.begin));
    else if (m_body->caret() > 0)
        text += tr(" · line %1, byte %2").arg(number(m_body->lineOfCaret() + 1), number(m_body->caret()));
    m_summary->setText(text);
}

} // namespace lavascope
