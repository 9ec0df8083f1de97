// SPDX-License-Identifier: MIT
#pragma once

#include "gui/widgets/growing_text.h"
#include "gui/widgets/searchable.h"

class QLabel;
class QPushButton;

namespace lavascope {

class MarkdownView;

/// The text of an answer, as it came or as the Markdown it means, whichever the user wants to see.
class AnswerText : public QWidget {
    Q_OBJECT

public:
    enum class Form { Plain, Rendered };
    enum class Kind {
        Prose, ///< what a model wrote
        Body,  ///< JSON, HTML or the like, which is never rendered
    };

    explicit AnswerText(QWidget* parent = nullptr);

    void setForm(Form form);
    [[nodiscard]] Form form() const { return m_form; }
    /// Starts over with a text of that kind.
    void startOver(Kind kind);
    /// As GrowingText::follow(), for the form in sight; the other one catches up when it is chosen.
    bool follow(const QString& text, GrowingText::Growth growth, const QDeadlineTimer& until);
    [[nodiscard]] bool isEmpty() const { return m_isEmpty; }
    /// Looks through the form in sight.
    [[nodiscard]] Searchable* search() { return &m_search; }

Q_SIGNALS:
    void formChosen(Form form);
    void pullWanted(); ///< there is something to draw anew

private:
    QWidget* buildSwitch();
    void choose(Form form);
    void arrange();

    Form m_form = Form::Plain;
    Kind m_kind = Kind::Prose;
    QWidget* m_switch;
    QPushButton* m_plainButton;
    QPushButton* m_renderedButton;
    QLabel* m_note;
    GrowingText* m_plain;
    MarkdownView* m_rendered;
    SearchInSight m_search;
    bool m_isEmpty = true;
};

} // namespace lavascope
