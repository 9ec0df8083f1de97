// SPDX-License-Identifier: MIT
#include "gui/widgets/find_bar.h"

#include "gui/appearance.h"
#include "gui/widgets/searchable.h"

#include <QApplication>
#include <QCheckBox>
#include <QDeadlineTimer>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QToolButton>

#include <chrono>

namespace lavascope {

using namespace std::chrono_literals;

namespace {

constexpr auto frame = 16ms;
constexpr auto workPerFrame = 6ms;

QString number(qsizetype value) {
    return QLocale::c().toString(value);
}

} // namespace

FindBar::FindBar(QWidget* parent)
    : QWidget(parent)
    , m_text(new QLineEdit(this))
    , m_regex(new QCheckBox(tr("Regex"), this))
    , m_state(new QLabel(this))
    , m_previous(new QToolButton(this))
    , m_next(new QToolButton(this))
    , m_close(new QToolButton(this)) {
    build();
    m_frame.setSingleShot(true);
    m_frame.setInterval(frame);
    connect(&m_frame, &QTimer::timeout, this, &FindBar::look);
    connect(m_text, &QLineEdit::textChanged, this, [this] { startOver(SearchStep::Here); });
    connect(m_regex, &QCheckBox::toggled, this, [this] { startOver(SearchStep::Here); });
    connect(m_previous, &QToolButton::clicked, this, &FindBar::findPrevious);
    connect(m_next, &QToolButton::clicked, this, &FindBar::findNext);
    connect(m_close, &QToolButton::clicked, this, &FindBar::close);
    hide();
}

FindBar* FindBar::nearest(const QWidget* widget, FindBar* otherwise) {
    for (; widget; widget = widget->parentWidget())
        if (auto* bar = widget->findChild<FindBar*>(QString(), Qt::FindDirectChildrenOnly))
            return bar;
    return otherwise;
}

void FindBar::build() {
    m_text->setObjectName(QStringLiteral("findText"));
    m_text->setAccessibleName(tr("Find"));
    m_text->setPlaceholderText(tr("Find in this tab"));
    m_text->setClearButtonEnabled(true);
    m_regex->setObjectName(QStringLiteral("findRegex"));
    m_regex->setAccessibleName(tr("What is looked for is a regular expression"));
    m_state->setObjectName(QStringLiteral("findState"));
    m_state->setTextFormat(Qt::PlainText);
    setTextRole(m_state, TextRole::Quiet);
    const auto setUp = [](QToolButton* button, const char* name, const QString& sign, const QString& does,
                          const QString& keys) {
        button->setObjectName(QLatin1String(name));
        button->setText(sign);
        button->setAccessibleName(does);
        button->setToolTip(plainToolTip(QStringLiteral("%1 (%2)").arg(does, keys)));
        button->setFocusPolicy(Qt::TabFocus);
    };
    setUp(m_previous, "findPrevious", QStringLiteral("▲"), tr("Previous match"), tr("Shift+F3"));
    setUp(m_next, "findNext", QStringLiteral("▼"), tr("Next match"), tr("F3"));
    setUp(m_close, "findClose", QStringLiteral("✕"), tr("Close the find bar"), tr("Esc"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_regex);
    layout->addWidget(m_state);
    layout->addWidget(m_previous);
    layout->addWidget(m_next);
    layout->addWidget(m_close);
}

void FindBar::setTarget(Searchable* target) {
    if (m_target == target)
        return;
    if (m_target)
        m_target->startSearch({});
    m_target = target;
    // Whoever turns to another tab wants to know what is there, not to be taken elsewhere in it.
    startOver({});
}

void FindBar::open() {
    if (!isAncestorOf(QApplication::focusWidget()))
        m_before = QApplication::focusWidget();
    const bool wasHidden = isHidden();
    show();
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
    if (wasHidden)
        startOver({});
}

void FindBar::close() {
    const bool hadFocus = isAncestorOf(QApplication::focusWidget());
    hide();
    m_frame.stop();
    if (m_target)
        m_target->startSearch({});
    if (hadFocus && m_before)
        m_before->setFocus(Qt::OtherFocusReason);
}

void FindBar::findNext() {
    go(SearchStep::Next);
}

void FindBar::findPrevious() {
    go(SearchStep::Previous);
}

void FindBar::go(SearchStep step) {
    if (isHidden())
        open();
    m_wanted = step;
    look();
}

void FindBar::startOver(std::optional<SearchStep> wanted) {
    if (isHidden())
        return;
    Result<SearchPattern> pattern = m_regex->isChecked()
                                        ? SearchPattern::matching(m_text->text())
                                        : Result<SearchPattern>(SearchPattern::holding(m_text->text()));
    m_isBroken = !pattern;
    m_state->setToolTip(pattern ? QString() : plainToolTip(pattern.error().message));
    if (m_target)
        m_target->startSearch(pattern.value_or(SearchPattern()));
    m_wanted = wanted;
    look();
}

void FindBar::lookOn() {
    if (!isHidden() && !m_frame.isActive())
        m_frame.start();
}

void FindBar::look() {
    const bool more = m_target && m_target->searchOn(QDeadlineTimer(workPerFrame, Qt::PreciseTimer));
    tryWantedStep(!more);
    showState(!more);
    if (more)
        m_frame.start();
}

// A step may lead to where nobody has looked yet; then it waits.
void FindBar::tryWantedStep(bool isLookingOver) {
    if (!m_wanted || !m_target)
        return;
    const bool isBackward = *m_wanted == SearchStep::Previous;
    // Backward, all that is behind is known already, but for the step over the beginning to the very end.
    if (m_target->showMatch(*m_wanted)) {
        m_wanted.reset();
    } else if (isLookingOver) {
        (void)m_target->showMatch(isBackward ? SearchStep::Last : SearchStep::First);
        m_wanted.reset();
    }
}

void FindBar::showState(bool isLookingOver) {
    const SearchState state = m_target ? m_target->searchState() : SearchState();
    const QString count = number(state.count) + (state.isFull ? QStringLiteral("+") : QString());
    const QString goesOn = isLookingOver ? QString() : QStringLiteral("…");
    QString text;
    if (m_isBroken)
        text = tr("✕ no valid pattern");
    else if (!m_target)
        text = tr("nothing to find here");
    else if (m_text->text().isEmpty())
        text = QString();
    else if (state.count == 0)
        text = isLookingOver ? tr("✕ no match") : tr("looking…");
    else if (state.current > 0)
        text = tr("%1 of %2").arg(number(state.current), count) + goesOn;
    else
        text = tr("%1 found").arg(count) + goesOn;
    const bool isBad = text.startsWith(QChar(0x2715));
    setTextRole(m_state, isBad ? TextRole::Bad : TextRole::Quiet);
    m_state->setText(text);
    m_text->setAccessibleDescription(text);
    m_previous->setEnabled(state.count > 0);
    m_next->setEnabled(state.count > 0);
}

bool FindBar::event(QEvent* event) {
    // Within the bar Escape closes it; elsewhere it is the window's key for stopping.
    if (event->type() == QEvent::ShortcutOverride &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void FindBar::keyPressEvent(QKeyEvent* event) {
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const bool isPlain = !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
    if (event->key() == Qt::Key_Escape)
        return close();
    if (isEnter && isPlain && m_text->hasFocus())
        return event->modifiers().testFlag(Qt::ShiftModifier) ? findPrevious() : findNext();
    QWidget::keyPressEvent(event);
}

} // namespace lavascope
