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
// The widget goes through all its lines whenever its width changes.
constexpr int mostLines = 200'000;
constexpr qsizetype betweenLimits = 4096; // added between two looks at the limits

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
    connect(m_view, &LogText::matchShown, m_fold, [this] { m_fold->setChecked(true); });
    connect(m_fold, &QToolButton::toggled, this, [this](bool open) {
        m_view->setVisible(open);
        // In a splitter a folded part must not keep its share of the height.
        setMaximumHeight(open ? QWIDGETSIZE_MAX : m_fold->sizeHint().height());
        showTitle();
    });
    showTitle();
}

void GrowingText::setTitleRole(TextRole role) {
    if (m_fold)
        setTextRole(m_fold, role);
}

void GrowingText::clear() {
    m_view->setLog({});
    m_shown.clear();
    m_noted = false;
    showTitle();
}

bool GrowingText::follow(const QString& text, Growth growth, const QDeadlineTimer& until) {
    const bool grew = text.size() >= m_shown.size() && (growth == Growth::Live || text.startsWith(m_shown));
    if (!grew)
        clear();
    QStringView rest = QStringView(text).sliced(m_shown.size());
    const bool isNew = !rest.isEmpty();
    while (!rest.isEmpty() && !isFull()) {
        const qsizetype taken = m_view->appendSome(rest.first(qMin(rest.size(), betweenLimits)), until);
        m_shown += rest.first(taken);
        rest = rest.sliced(taken);
        if (taken == 0 || until.hasExpired())
            break;
    }
    const bool isHalf = rest.size() == 1 && rest.back().isHighSurrogate();
    // Half a character at the very end of a text that is over: shown as what it is.
    if (isHalf && growth == Growth::Final && !isFull()) {
        m_view->appendLog(rest);
        m_shown += rest;
        rest = {};
    }
    if (isNew)
        showTitle();
    if (isFull() && !rest.isEmpty())
        sayThatItGoesOn();
    return !rest.isEmpty() && !isHalf && !isFull();
}

bool GrowingText::isFull() const {
    return m_shown.size() >= longestShown || m_view->blockCount() >= mostLines;
}

void GrowingText::sayThatItGoesOn() {
    if (m_noted)
        return;
    m_noted = true;
    m_view->appendLog(tr("\n… only the beginning is drawn here; a saved recording holds everything."),
                      LogText::Weight::Heading);
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
