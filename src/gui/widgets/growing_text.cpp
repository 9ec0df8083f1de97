// SPDX-License-Identifier: MIT
#include "gui/widgets/growing_text.h"

#include "gui/appearance.h"
#include "gui/widgets/log_text.h"

#include <QDeadlineTimer>
#include <QLocale>
#include <QToolButton>
#include <QVBoxLayout>

namespace lavascope {

namespace {

constexpr qsizetype longestShown = 4'000'000;

} // namespace

GrowingText::GrowingText(const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_title(title)
    , m_view(new LogText(this)) {
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setAccessibleName(title);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    if (!title.isEmpty())
        buildFold();
    layout->addWidget(m_view, 1);
}

void GrowingText::buildFold() {
    m_fold = new QToolButton(this);
    m_fold->setObjectName(QStringLiteral("fold"));
    m_fold->setCheckable(true);
    m_fold->setChecked(true);
    setTextRole(m_fold, TextRole::Quiet);
    static_cast<QVBoxLayout*>(layout())->addWidget(m_fold, 0, Qt::AlignLeft);
    connect(m_fold, &QToolButton::toggled, this, [this](bool open) {
        m_view->setVisible(open);
        // In a splitter a folded part must not keep its share of the height.
        setMaximumHeight(open ? QWIDGETSIZE_MAX : m_fold->sizeHint().height());
        showTitle();
    });
    showTitle();
}

void GrowingText::clear() {
    m_view->setLog({});
    m_shown.clear();
    m_noted = false;
    showTitle();
}

bool GrowingText::follow(const QString& text, Growth growth, const QDeadlineTimer& until) {
    const QStringView wanted = QStringView(text).first(qMin(text.size(), longestShown));
    const bool grew =
        wanted.size() >= m_shown.size() && (growth == Growth::Live || wanted.startsWith(m_shown));
    if (!grew)
        clear();
    if (m_shown.size() < wanted.size()) {
        const QStringView rest = wanted.sliced(m_shown.size());
        const qsizetype taken = m_view->appendSome(rest, until);
        m_shown += rest.first(taken);
        // Half a character at the very end of a text that is over: shown as what it is.
        if (growth == Growth::Final && rest.size() - taken == 1 && rest.back().isHighSurrogate()) {
            m_view->appendLog(rest.last(1));
            m_shown += rest.last(1);
        }
        showTitle();
    }
    if (m_shown.size() == longestShown && text.size() > longestShown && !m_noted) {
        m_view->appendLog(tr("\n… only the beginning is drawn here; a copy of the answer has all of it."),
                          LogText::Weight::Heading);
        m_noted = true;
    }
    const qsizetype left = wanted.size() - m_shown.size();
    return left > 1 || (left == 1 && growth == Growth::Final);
}

void GrowingText::showTitle() {
    if (!m_fold)
        return;
    const QString sign = m_fold->isChecked() ? QStringLiteral("▾") : QStringLiteral("▸");
    const QString length = QLocale::c().toString(m_shown.size());
    m_fold->setText(tr("%1 %2 · %3 characters").arg(sign, m_title, length));
    m_fold->setAccessibleName(m_fold->isChecked() ? tr("Fold away: %1").arg(m_title)
                                                  : tr("Unfold: %1").arg(m_title));
}

} // namespace lavascope
