// SPDX-License-Identifier: MIT
#include "gui/widgets/answer_text.h"

#include "gui/appearance.h"
#include "gui/link_question.h"
#include "gui/widgets/log_text.h"
#include "gui/widgets/markdown_view.h"
#include "gui/widgets/wrapped_label.h"

#include <QApplication>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace lavascope {

AnswerText::AnswerText(QWidget* parent)
    : QWidget(parent)
    , m_switch(new QWidget(this))
    , m_plainButton(new QPushButton(tr("Plain"), m_switch))
    , m_renderedButton(new QPushButton(tr("Rendered"), m_switch))
    , m_note(new WrappedLabel(m_switch))
    , m_plain(new GrowingText({}, this))
    , m_rendered(new MarkdownView(this))
    , m_search(m_plain->view()->search()) {
    m_plain->view()->setObjectName(QStringLiteral("answerText"));
    m_plain->view()->setAccessibleName(tr("Answer"));
    m_rendered->setObjectName(QStringLiteral("renderedAnswer"));
    m_rendered->setAccessibleName(tr("Answer, rendered"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(buildSwitch());
    layout->addWidget(m_plain, 1);
    layout->addWidget(m_rendered, 1);
    connect(m_rendered, &MarkdownView::pullWanted, this, &AnswerText::pullWanted);
    connect(m_rendered, &MarkdownView::linkChosen, this,
            [this](const QString& address) { askAboutLink(this, address); });
    startOver(Kind::Prose);
}

QWidget* AnswerText::buildSwitch() {
    m_plainButton->setObjectName(QStringLiteral("showPlain"));
    m_plainButton->setAccessibleName(tr("Show the text as it came"));
    m_renderedButton->setObjectName(QStringLiteral("showRendered"));
    m_renderedButton->setAccessibleName(tr("Show the text as rendered Markdown"));
    auto* group = new QButtonGroup(this);
    for (QPushButton* button : {m_plainButton, m_renderedButton}) {
        button->setCheckable(true);
        button->setProperty("segment", true);
        group->addButton(button);
    }
    m_plainButton->setChecked(true);
    connect(m_plainButton, &QPushButton::clicked, this, [this] { choose(Form::Plain); });
    connect(m_renderedButton, &QPushButton::clicked, this, [this] { choose(Form::Rendered); });
    m_note->setObjectName(QStringLiteral("renderedNote"));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setText(tr("Too long to be rendered, so it is shown plain."));
    setTextRole(m_note, TextRole::Quiet);
    auto* layout = new QHBoxLayout(m_switch);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_plainButton);
    layout->addWidget(m_renderedButton);
    layout->addWidget(m_note, 1);
    layout->addStretch(0);
    return m_switch;
}

void AnswerText::choose(Form form) {
    if (form == m_form)
        return;
    setForm(form);
    Q_EMIT formChosen(form);
}

void AnswerText::setForm(Form form) {
    m_form = form;
    m_plainButton->setChecked(form == Form::Plain);
    m_renderedButton->setChecked(form == Form::Rendered);
    arrange();
    Q_EMIT pullWanted();
}

void AnswerText::startOver(Kind kind) {
    m_kind = kind;
    m_isEmpty = true;
    m_plain->clear();
    m_rendered->startOver();
    m_plain->view()->setFont(kind == Kind::Prose ? QApplication::font() : codeFont());
    m_plain->view()->setFollow(kind == Kind::Prose ? LogText::Follow::End : LogText::Follow::Nothing);
    arrange();
}

bool AnswerText::follow(const QString& text, GrowingText::Growth growth, const QDeadlineTimer& until) {
    m_isEmpty = text.isEmpty();
    const bool isRendered = m_form == Form::Rendered && m_kind == Kind::Prose;
    bool more = isRendered && m_rendered->follow(text, growth, until);
    if (!isRendered || m_rendered->isTooMuch())
        more |= m_plain->follow(text, growth, until);
    arrange();
    return more;
}

void AnswerText::arrange() {
    const bool wanted = m_form == Form::Rendered && m_kind == Kind::Prose;
    const bool isRendered = wanted && !m_rendered->isTooMuch();
    m_switch->setHidden(m_kind == Kind::Body);
    m_note->setHidden(!wanted || isRendered);
    m_plain->setHidden(isRendered);
    m_rendered->setHidden(!isRendered);
    m_search.setInSight(isRendered ? m_rendered->search() : m_plain->view()->search());
}

} // namespace lavascope
