// SPDX-License-Identifier: MIT
#include "gui/widgets/answer_view.h"

#include "core/base/visible_text.h"
#include "core/json/edit.h"
#include "core/stream/stream_reader.h"
#include "gui/appearance.h"
#include "gui/widgets/log_text.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace lavascope {

namespace {

QString toolText(const Choice& choice) {
    QString text;
    for (const ToolCall& call : choice.toolCalls) {
        const QString arguments = QString::fromUtf8(json::prettyPrint(call.arguments.toUtf8()));
        text +=
            QStringLiteral("%1  %2\n%3\n\n")
                .arg(call.name.isEmpty() ? AnswerView::tr("(no name yet)") : call.name, call.id, arguments);
    }
    return text.trimmed();
}

QString answerText(const Transcript& transcript) {
    const auto count = transcript.choices.size();
    if (count <= 1 && transcript.first().refusal.isEmpty())
        return transcript.first().text;
    QString text;
    for (size_t i = 0; i < count; ++i) {
        const Choice& choice = transcript.choices[i];
        if (count > 1)
            text += AnswerView::tr("— choice %1 —\n").arg(i + 1);
        text += choice.text;
        if (!choice.refusal.isEmpty())
            text += AnswerView::tr("\n[refused] ") + choice.refusal;
        if (count > 1)
            text += QLatin1Char('\n');
    }
    return text;
}

QString footerText(const Transcript& transcript) {
    QStringList parts;
    if (!transcript.first().stopReason.isEmpty())
        parts += AnswerView::tr("stop reason: %1").arg(transcript.first().stopReason);
    if (!transcript.model.isEmpty())
        parts += AnswerView::tr("model: %1").arg(transcript.model);
    parts += transcript.notes;
    return withVisibleChips(parts.join(QStringLiteral(" · ")));
}

QLabel* sectionTitle(const QString& text, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    setTextRole(label, TextRole::Quiet);
    label->setContentsMargins(8, 6, 8, 2);
    return label;
}

QWidget* section(QLabel* title, LogText* view, QWidget* parent) {
    auto* box = new QWidget(parent);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(title);
    layout->addWidget(view, 1);
    return box;
}

} // namespace

AnswerView::AnswerView(QWidget* parent)
    : QWidget(parent)
    , m_reasoning(new LogText(this))
    , m_text(new LogText(this))
    , m_tools(new LogText(this))
    , m_reasoningTitle(sectionTitle(tr("Reasoning"), this))
    , m_toolsTitle(sectionTitle(tr("Tool calls"), this))
    , m_footer(new QLabel(this))
    , m_empty(new QLabel(this))
    , m_demo(new QPushButton(tr("Send a demo stream"), this))
    , m_copy(new QPushButton(tr("Copy answer"), this))
    , m_stack(new QStackedLayout) {
    m_reasoning->setObjectName(QStringLiteral("reasoning"));
    m_reasoning->setAccessibleName(tr("Reasoning"));
    m_text->setObjectName(QStringLiteral("answerText"));
    m_text->setAccessibleName(tr("Answer"));
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::GeneralFont));
    m_tools->setObjectName(QStringLiteral("toolCalls"));
    m_tools->setAccessibleName(tr("Tool calls"));
    m_footer->setObjectName(QStringLiteral("answerFooter"));
    m_footer->setTextFormat(Qt::PlainText);
    m_footer->setWordWrap(true);
    setTextRole(m_footer, TextRole::Quiet);
    m_empty->setObjectName(QStringLiteral("answerEmpty"));
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    setTextRole(m_empty, TextRole::Quiet);
    m_demo->setObjectName(QStringLiteral("demo"));
    m_demo->setAccessibleName(m_demo->text());
    m_copy->setObjectName(QStringLiteral("copyAnswer"));
    m_copy->setAccessibleName(m_copy->text());
    for (LogText* view : {m_reasoning, m_text, m_tools})
        view->setFrameShape(QFrame::NoFrame);

    auto* parts = new QSplitter(Qt::Vertical, this);
    parts->addWidget(section(m_reasoningTitle, m_reasoning, parts));
    parts->addWidget(m_text);
    parts->addWidget(section(m_toolsTitle, m_tools, parts));
    parts->setStretchFactor(0, 1);
    parts->setStretchFactor(1, 3);
    parts->setStretchFactor(2, 2);
    parts->setChildrenCollapsible(false);
    auto* bottom = new QHBoxLayout;
    bottom->setContentsMargins(8, 4, 8, 4);
    bottom->addWidget(m_footer, 1);
    bottom->addWidget(m_copy);
    auto* full = new QWidget(this);
    auto* fullLayout = new QVBoxLayout(full);
    fullLayout->setContentsMargins(0, 0, 0, 0);
    fullLayout->setSpacing(0);
    fullLayout->addWidget(parts, 1);
    fullLayout->addLayout(bottom);

    auto* empty = new QWidget(this);
    auto* emptyLayout = new QVBoxLayout(empty);
    emptyLayout->addStretch(1);
    emptyLayout->addWidget(m_empty);
    emptyLayout->addSpacing(8);
    emptyLayout->addWidget(m_demo, 0, Qt::AlignHCenter);
    emptyLayout->addStretch(1);
    m_stack->addWidget(empty);
    m_stack->addWidget(full);
    setLayout(m_stack);

    connect(m_demo, &QPushButton::clicked, this, &AnswerView::demoWanted);
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_shownText); });
    updateParts();
}

void AnswerView::clear(const QString& emptyReason) {
    for (LogText* view : {m_reasoning, m_text, m_tools})
        view->setLog({});
    m_shownReasoning.clear();
    m_shownText.clear();
    m_shownTools.clear();
    m_footer->clear();
    m_empty->setText(emptyReason);
    m_stack->setCurrentIndex(0);
    updateParts();
}

void AnswerView::pull(const StreamReader& reader, bool whole) {
    const Transcript& transcript = reader.transcript();
    grow(*m_reasoning, m_shownReasoning, transcript.first().reasoning, whole);
    grow(*m_text, m_shownText, answerText(transcript), whole || transcript.choices.size() > 1);
    grow(*m_tools, m_shownTools, toolText(transcript.first()), true);
    m_footer->setText(footerText(transcript));
    if (!m_shownReasoning.isEmpty() || !m_shownText.isEmpty() || !m_shownTools.isEmpty())
        m_stack->setCurrentIndex(1);
    updateParts();
}

void AnswerView::showBody(const QString& text) {
    grow(*m_text, m_shownText, text, true);
    m_stack->setCurrentIndex(text.isEmpty() ? 0 : 1);
    updateParts();
}

void AnswerView::showDemoButton(bool shown) {
    m_demo->setVisible(shown);
}

// Text mostly grows; only then is adding enough. A provider may also send a corrected whole at the end.
void AnswerView::grow(LogText& view, QString& shown, const QString& text, bool whole) {
    const bool grew = text.size() >= shown.size() && (!whole || text.startsWith(shown));
    if (grew)
        view.appendLog(QStringView(text).sliced(shown.size()));
    else
        view.setLog(text);
    shown = text;
}

void AnswerView::updateParts() {
    m_reasoning->parentWidget()->setVisible(!m_shownReasoning.isEmpty());
    m_tools->parentWidget()->setVisible(!m_shownTools.isEmpty());
    m_copy->setEnabled(!m_shownText.isEmpty());
}

} // namespace lavascope
