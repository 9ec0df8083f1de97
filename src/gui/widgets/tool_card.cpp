// SPDX-License-Identifier: MIT
#include "gui/widgets/tool_card.h"

#include "core/base/visible_text.h"
#include "core/json/document.h"
#include "core/json/edit.h"
#include "gui/appearance.h"
#include "gui/clipboard.h"
#include "gui/widgets/flow_layout.h"
#include "gui/widgets/growing_text.h"
#include "gui/widgets/json_highlighter.h"
#include "gui/widgets/log_text.h"

#include <QDeadlineTimer>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace lavascope {

namespace {

// Arguments are read and indented anew while they grow, so long ones have to wait for the end.
constexpr qsizetype longestLive = 32 * 1024;
constexpr qsizetype longestIndented = 1024 * 1024;
constexpr qsizetype longestName = 80;
constexpr int mostLines = 14;

QString shortened(const QString& text) {
    return text.size() <= longestName ? text : text.left(longestName) + QStringLiteral("…");
}

} // namespace

ToolCard::ToolCard(size_t number, QWidget* parent)
    : QFrame(parent)
    , m_number(number)
    , m_fold(new QToolButton(this))
    , m_stateLabel(new QLabel(this))
    , m_idLabel(new QLabel(this))
    , m_copy(new QPushButton(tr("Copy arguments"), this))
    , m_body(new GrowingText({}, this)) {
    setObjectName(QStringLiteral("toolCard"));
    m_fold->setObjectName(QStringLiteral("toolName"));
    m_fold->setCheckable(true);
    m_fold->setChecked(true);
    m_stateLabel->setObjectName(QStringLiteral("toolState"));
    m_stateLabel->setTextFormat(Qt::PlainText);
    setTextRole(m_stateLabel, TextRole::Chip);
    m_idLabel->setObjectName(QStringLiteral("toolId"));
    m_idLabel->setTextFormat(Qt::PlainText);
    setTextRole(m_idLabel, TextRole::Quiet);
    m_copy->setObjectName(QStringLiteral("copyArguments"));
    m_copy->setAccessibleName(tr("Copy the arguments of tool call %1").arg(number));
    m_body->view()->setObjectName(QStringLiteral("toolArguments"));
    m_body->view()->setAccessibleName(tr("Arguments of tool call %1").arg(number));
    m_body->view()->setFollow(LogText::Follow::Nothing);
    new JsonHighlighter(m_body->view()->document());

    auto* head = new FlowLayout(8, 4);
    for (QWidget* widget : {static_cast<QWidget*>(m_fold), static_cast<QWidget*>(m_stateLabel),
                            static_cast<QWidget*>(m_idLabel), static_cast<QWidget*>(m_copy)})
        head->addWidget(widget);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(6);
    layout->addLayout(head);
    layout->addWidget(m_body);
    connect(m_fold, &QToolButton::toggled, this, [this](bool open) {
        m_body->setVisible(open);
        showHead();
    });
    connect(m_body->view(), &LogText::matchShown, this, [this] {
        m_fold->setChecked(true);
        Q_EMIT matchShown();
    });
    connect(m_copy, &QPushButton::clicked, this, [this] { copyText(m_call.arguments); });
    showHead();
    fitHeight();
}

bool ToolCard::follow(const ToolCall& call, bool isOver, const QDeadlineTimer& until) {
    // The sizes tell whether it grew; only at the end may one text be another of the same length.
    const bool grew = call.arguments.size() != m_call.arguments.size() ||
                      call.name.size() != m_call.name.size() || call.id.size() != m_call.id.size();
    if (!m_isRead || grew || isOver != m_isOver) {
        read(call, isOver);
        m_hasMore = true;
    }
    if (!m_hasMore)
        return false;
    m_hasMore = m_body->follow(m_shown, GrowingText::Growth::Final, until);
    fitHeight();
    return m_hasMore;
}

Searchable* ToolCard::search() const {
    return m_body->view()->search();
}

void ToolCard::read(const ToolCall& call, bool isOver) {
    m_isRead = true;
    m_call = call;
    m_isOver = isOver;
    m_state = State::Coming;
    m_shown = call.arguments.left(longestIndented);
    if (isOver || call.arguments.size() <= longestLive) {
        const QByteArray bytes = call.arguments.toUtf8();
        json::Document document;
        const std::optional<json::Fault> fault = document.scan(bytes);
        if (!fault && !bytes.trimmed().isEmpty())
            m_state = State::Whole;
        else if (isOver)
            m_state = bytes.trimmed().isEmpty() ? State::None
                      : fault->endedTooSoon     ? State::Cut
                                                : State::Invalid;
        if (m_state == State::Whole && bytes.size() <= longestIndented)
            m_shown = QString::fromUtf8(json::prettyPrint(bytes));
    }
    showHead();
}

QString ToolCard::stateText() const {
    switch (m_state) {
    case State::Whole:
        return tr("✓ whole");
    case State::None:
        return tr("no arguments");
    case State::Cut:
        return tr("✂ cut: not valid JSON, kept as text");
    case State::Invalid:
        return tr("✕ not valid JSON, kept as text");
    case State::Coming:
        break;
    }
    return tr("● arguments still coming");
}

void ToolCard::showHead() {
    const bool isOpen = m_fold->isChecked();
    const QString name = m_call.name.isEmpty() ? tr("(no name)") : withVisibleChips(shortened(m_call.name));
    // A button takes one `&` for the sign of a key.
    m_fold->setText(QStringLiteral("%1 %2. %3")
                        .arg(isOpen ? QStringLiteral("▾") : QStringLiteral("▸"))
                        .arg(m_number)
                        .arg(QString(name).replace(u'&', QStringLiteral("&&"))));
    const QString what = tr("tool call %1, %2").arg(m_number).arg(name);
    m_fold->setAccessibleName(isOpen ? tr("Fold away: %1").arg(what) : tr("Unfold: %1").arg(what));
    m_idLabel->setText(withVisibleChips(shortened(m_call.id)));
    m_idLabel->setHidden(m_call.id.isEmpty());
    m_stateLabel->setText(stateText());
    const bool isGood = m_state == State::Whole;
    const bool isBad = m_state == State::Cut || m_state == State::Invalid;
    setTone(m_stateLabel, isGood ? Tone::Good : isBad ? Tone::Warning : Tone::Quiet);
    m_copy->setEnabled(!m_call.arguments.isEmpty());
    m_body->setHidden(!isOpen || m_call.arguments.isEmpty());
}

void ToolCard::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    fitHeight();
}

/// As high as the arguments are, up to a limit; only then they scroll.
void ToolCard::fitHeight() {
    LogText* view = m_body->view();
    const int lines = qBound(1, int(view->document()->size().height()), mostLines);
    const int margins = 2 * int(view->document()->documentMargin()) + 2 * view->frameWidth();
    m_body->setFixedHeight(lines * view->fontMetrics().lineSpacing() + margins + 4);
}

} // namespace lavascope
