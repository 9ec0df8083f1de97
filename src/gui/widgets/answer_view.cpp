// SPDX-License-Identifier: MIT
#include "gui/widgets/answer_view.h"

#include "core/base/visible_text.h"
#include "core/stream/stream_reader.h"
#include "gui/appearance.h"
#include "gui/clipboard.h"
#include "gui/widgets/answer_text.h"
#include "gui/widgets/growing_text.h"
#include "gui/widgets/log_text.h"
#include "gui/widgets/media_view.h"
#include "gui/widgets/tool_cards.h"
#include "gui/widgets/wrapped_label.h"

#include <QApplication>
#include <QDeadlineTimer>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QSplitter>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace lavascope {

namespace {

// Pictures are taken apart anew whenever they change.
constexpr qint64 largestLiveMedia = 1024 * 1024;
constexpr qsizetype longestFooter = 1000;

QString sourcesText(const std::vector<Citation>& citations) {
    QString text;
    for (size_t i = 0; i < citations.size(); ++i) {
        const Citation& citation = citations[i];
        QStringList parts{citation.title, citation.url};
        if (!citation.quote.isEmpty())
            parts += QStringLiteral("“%1”").arg(citation.quote.simplified());
        parts.removeAll(QString());
        text += QStringLiteral("%1. %2\n").arg(i + 1).arg(parts.join(QStringLiteral(" · ")));
    }
    return text.trimmed();
}

qint64 sizeOf(const std::vector<Media>& media) {
    qint64 size = 0;
    for (const Media& one : media)
        size += one.bytes.size();
    return size;
}

QString footerText(const Transcript& transcript, const Choice& choice) {
    QStringList parts;
    if (!choice.stopReason.isEmpty())
        parts += AnswerView::tr("stop reason: %1").arg(choice.stopReason);
    if (!transcript.model.isEmpty())
        parts += AnswerView::tr("model: %1").arg(transcript.model);
    parts += transcript.notes;
    return withVisibleChips(parts.join(QStringLiteral(" · ")).left(longestFooter));
}

} // namespace

AnswerView::AnswerView(QWidget* parent)
    : QWidget(parent)
    , m_reasoning(new GrowingText(tr("Reasoning"), this))
    , m_refusal(new GrowingText(tr("✕ Refused"), this))
    , m_text(new AnswerText(this))
    , m_tools(new ToolCards(this))
    , m_sources(new GrowingText(tr("Sources"), this))
    , m_media(new MediaView(this))
    , m_mediaArea(new QScrollArea(this))
    , m_choiceRow(new QWidget(this))
    , m_choice(new QSpinBox(m_choiceRow))
    , m_footer(new WrappedLabel(this))
    , m_empty(new WrappedLabel(this))
    , m_demo(new QPushButton(tr("Send a demo stream"), this))
    , m_copy(new QPushButton(tr("Copy answer"), this))
    , m_stack(new QStackedLayout) {
    m_reasoning->view()->setObjectName(QStringLiteral("reasoning"));
    m_refusal->view()->setObjectName(QStringLiteral("refusal"));
    m_refusal->view()->setAccessibleName(tr("Refusal"));
    m_refusal->setTitleRole(TextRole::Bad);
    m_sources->view()->setObjectName(QStringLiteral("sources"));
    for (GrowingText* prose : {m_reasoning, m_refusal, m_sources})
        prose->view()->setFont(QApplication::font());
    m_search.add(m_reasoning->view()->search());
    m_search.add(m_refusal->view()->search());
    m_search.add(m_text->search());
    m_search.add(m_tools->search());
    m_search.add(m_sources->view()->search());
    connect(m_text, &AnswerText::formChosen, this,
            [this](AnswerText::Form form) { Q_EMIT renderedChosen(form == AnswerText::Form::Rendered); });
    connect(m_text, &AnswerText::pullWanted, this, &AnswerView::pullWanted);
    m_stack->addWidget(buildEmpty());
    m_stack->addWidget(buildAnswer());
    setLayout(m_stack);
    setReader(nullptr);
}

QWidget* AnswerView::buildAnswer() {
    m_choice->setObjectName(QStringLiteral("choice"));
    m_choice->setAccessibleName(tr("Which of the answers is shown"));
    m_choice->setPrefix(tr("Answer "));
    m_choice->setMinimum(1);
    auto* choiceLayout = new QHBoxLayout(m_choiceRow);
    choiceLayout->setContentsMargins(0, 8, 0, 8);
    choiceLayout->addWidget(m_choice);
    choiceLayout->addStretch(1);
    connect(m_choice, &QSpinBox::valueChanged, this, [this] {
        startOver();
        Q_EMIT pullWanted();
    });

    // Less than this shows no more than the edge of a picture or the head of a tool call.
    constexpr int fewestLines = 12;
    auto* parts = new QSplitter(Qt::Vertical, this);
    for (QWidget* part : std::initializer_list<QWidget*>{m_reasoning, m_refusal, m_text, m_tools})
        parts->addWidget(part);
    m_tools->setMinimumHeight(fewestLines * fontMetrics().height());
    m_mediaArea->setObjectName(QStringLiteral("media"));
    m_mediaArea->setAccessibleName(tr("Pictures and sounds"));
    m_mediaArea->setFrameShape(QFrame::NoFrame);
    m_mediaArea->setWidgetResizable(true);
    m_mediaArea->setWidget(m_media);
    connect(m_media, &MediaView::saveWanted, this, &AnswerView::saveMediaWanted);
    m_mediaArea->setMinimumHeight(fewestLines * fontMetrics().height());
    parts->addWidget(m_mediaArea);
    parts->addWidget(m_sources);
    parts->setStretchFactor(0, 2);
    parts->setStretchFactor(1, 1);
    parts->setStretchFactor(2, 3);
    parts->setStretchFactor(3, 2);
    parts->setStretchFactor(4, 3);
    parts->setStretchFactor(5, 1);
    parts->setChildrenCollapsible(false);

    m_footer->setObjectName(QStringLiteral("answerFooter"));
    m_footer->setTextFormat(Qt::PlainText);
    setTextRole(m_footer, TextRole::Quiet);
    m_copy->setObjectName(QStringLiteral("copyAnswer"));
    m_copy->setAccessibleName(m_copy->text());
    connect(m_copy, &QPushButton::clicked, this, &AnswerView::copyAnswer);
    auto* bottom = new QHBoxLayout;
    bottom->setContentsMargins(0, 8, 0, 0);
    bottom->setSpacing(8);
    bottom->addWidget(m_footer, 1);
    bottom->addWidget(m_copy);

    auto* answer = new QWidget(this);
    auto* layout = new QVBoxLayout(answer);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_choiceRow);
    layout->addWidget(parts, 1);
    layout->addLayout(bottom);
    return answer;
}

QWidget* AnswerView::buildEmpty() {
    m_empty->setObjectName(QStringLiteral("answerEmpty"));
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setAlignment(Qt::AlignCenter);
    setTextRole(m_empty, TextRole::Quiet);
    m_demo->setObjectName(QStringLiteral("demo"));
    m_demo->setAccessibleName(m_demo->text());
    connect(m_demo, &QPushButton::clicked, this, &AnswerView::demoWanted);
    auto* empty = new QWidget(this);
    auto* layout = new QVBoxLayout(empty);
    layout->setSpacing(16);
    layout->addStretch(1);
    layout->addWidget(m_empty);
    layout->addWidget(m_demo, 0, Qt::AlignHCenter);
    layout->addStretch(1);
    return empty;
}

void AnswerView::setReader(const StreamReader* reader) {
    m_reader = reader;
    m_body.clear();
    m_footer->clear();
    {
        const QSignalBlocker quiet(m_choice);
        m_choice->setValue(1);
        m_choice->setMaximum(1);
    }
    m_choiceRow->hide();
    startOver();
}

void AnswerView::setBody(const QString& text) {
    m_body = text;
    m_text->startOver(AnswerText::Kind::Body);
}

void AnswerView::showRendered(bool rendered) {
    m_text->setForm(rendered ? AnswerText::Form::Rendered : AnswerText::Form::Plain);
}

void AnswerView::setEmptyReason(const QString& reason) {
    m_empty->setText(withVisibleChips(reason));
}

void AnswerView::showDemoButton(bool shown) {
    m_demo->setVisible(shown);
}

void AnswerView::startOver() {
    m_media->clear();
    m_mediaArea->hide();
    m_tools->clear();
    m_tools->hide();
    for (GrowingText* part : {m_reasoning, m_refusal, m_sources}) {
        part->clear();
        part->hide();
    }
    m_text->startOver(m_body.isEmpty() ? AnswerText::Kind::Prose : AnswerText::Kind::Body);
    m_text->show();
    m_copy->setEnabled(false);
    m_stack->setCurrentIndex(0);
}

bool AnswerView::pull(const QDeadlineTimer& until) {
    if (!m_reader)
        return false;
    const Transcript& transcript = m_reader->transcript();
    const bool isOver = transcript.verdict.has_value();
    showChoiceCount();
    const Choice& shown = choice();
    const bool more = pullParts(shown, isOver, until);
    m_footer->setText(footerText(transcript, shown));

    bool saysSomething = !m_media->isEmpty() || !m_text->isEmpty() || !m_tools->isEmpty();
    for (GrowingText* part : {m_reasoning, m_refusal, m_sources}) {
        part->setHidden(part->isEmpty());
        saysSomething |= !part->isEmpty();
    }
    m_tools->setHidden(m_tools->isEmpty());
    m_mediaArea->setHidden(m_media->isEmpty());
    // Where only a tool is called, the empty text would take half of the room.
    m_text->setHidden(m_text->isEmpty() && saysSomething && isOver);
    m_copy->setEnabled(!m_text->isEmpty());
    m_stack->setCurrentIndex(saysSomething ? 1 : 0);
    return more;
}

bool AnswerView::pullParts(const Choice& shown, bool isOver, const QDeadlineTimer& until) {
    const auto growth = isOver ? GrowingText::Growth::Final : GrowingText::Growth::Live;
    bool more = m_reasoning->follow(shown.reasoning, growth, until);
    more |= m_refusal->follow(shown.refusal, growth, until);
    more |= m_text->follow(m_body.isEmpty() ? shown.text : m_body, growth, until);
    more |= m_tools->follow(shown.toolCalls, isOver, until);
    more |= m_sources->follow(sourcesText(shown.citations), GrowingText::Growth::Final, until);
    if (isOver || sizeOf(shown.media) <= largestLiveMedia)
        m_media->show(shown.media);
    return more;
}

void AnswerView::showChoiceCount() {
    const int count = qMax(1, int(m_reader->transcript().choices.size()));
    if (m_choice->maximum() == count)
        return;
    m_choice->setMaximum(count);
    m_choice->setSuffix(tr(" of %1").arg(count));
    m_choiceRow->setHidden(count == 1);
}

const Choice& AnswerView::choice() const {
    const Transcript& transcript = m_reader->transcript();
    const auto place = size_t(m_choice->value() - 1);
    return place < transcript.choices.size() ? transcript.choices[place] : transcript.first();
}

QString AnswerView::wholeText() const {
    return m_body.isEmpty() ? choice().text : m_body;
}

void AnswerView::copyAnswer() const {
    if (m_reader)
        copyText(wholeText());
}

} // namespace lavascope
