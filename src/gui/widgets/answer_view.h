// SPDX-License-Identifier: MIT
#pragma once

#include "gui/widgets/searchable.h"

#include <QWidget>

class QDeadlineTimer;
class QLabel;
class QPushButton;
class QScrollArea;
class QSpinBox;
class QStackedLayout;

namespace lavascope {

class AnswerText;
class GrowingText;
class MediaView;
class StreamReader;
class ToolCards;
struct Choice;

/// What the answer says: reasoning apart, the text as it grows, a refusal, tool calls, and how it stopped. Of
/// several answers asked for, one at a time.
class AnswerView : public QWidget {
    Q_OBJECT

public:
    explicit AnswerView(QWidget* parent = nullptr);

    /// Starts over with another reader, which must outlive its use here; null empties the view.
    void setReader(const StreamReader* reader);
    /// For answers without a meaning of their own: the body as text, drawn by pull().
    void setBody(const QString& text);
    /// What the view says while there is nothing else to say.
    void setEmptyReason(const QString& reason);
    void showDemoButton(bool shown);
    /// Whether the text is shown as rendered Markdown, else as it came.
    void showRendered(bool rendered);
    /// Draws what is new until then; true if there is more to draw.
    bool pull(const QDeadlineTimer& until);
    [[nodiscard]] Searchable* search() { return &m_search; }

Q_SIGNALS:
    void demoWanted();
    void pullWanted();                  ///< another of several answers, or another form of it, is to be drawn
    void renderedChosen(bool rendered); ///< by the user
    void saveMediaWanted(const QByteArray& bytes, const QString& suggestedName);

private:
    QWidget* buildAnswer();
    QWidget* buildEmpty();
    void startOver();
    void showChoiceCount();
    bool pullParts(const Choice& shown, bool isOver, const QDeadlineTimer& until);
    [[nodiscard]] const Choice& choice() const;
    [[nodiscard]] QString wholeText() const;
    void copyAnswer() const;

    GrowingText* m_reasoning;
    GrowingText* m_refusal;
    AnswerText* m_text;
    ToolCards* m_tools;
    GrowingText* m_sources;
    MediaView* m_media;
    QScrollArea* m_mediaArea;
    QWidget* m_choiceRow;
    QSpinBox* m_choice;
    QLabel* m_footer;
    QLabel* m_empty;
    QPushButton* m_demo;
    QPushButton* m_copy;
    QStackedLayout* m_stack;
    SearchGroup m_search;
    const StreamReader* m_reader = nullptr;
    QString m_body;
};

} // namespace lavascope
