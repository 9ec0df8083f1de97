// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;
class QStackedLayout;

namespace lavascope {

class LogText;
class StreamReader;
struct Attempt;

/// What the answer says: reasoning apart, the text as it grows, tool calls, and how it stopped.
class AnswerView : public QWidget {
    Q_OBJECT

public:
    explicit AnswerView(QWidget* parent = nullptr);

    void clear(const QString& emptyReason);
    /// Shows what is new. With `whole`, everything is compared and shown anew where it differs.
    void pull(const StreamReader& reader, bool whole);
    /// For answers without a meaning of their own: the body as text.
    void showBody(const QString& text);
    void showDemoButton(bool shown);

Q_SIGNALS:
    void demoWanted();

private:
    void grow(LogText& view, QString& shown, const QString& text, bool whole);
    void updateParts();

    LogText* m_reasoning;
    LogText* m_text;
    LogText* m_tools;
    QLabel* m_reasoningTitle;
    QLabel* m_toolsTitle;
    QLabel* m_footer;
    QLabel* m_empty;
    QPushButton* m_demo;
    QPushButton* m_copy;
    QStackedLayout* m_stack;
    QString m_shownReasoning;
    QString m_shownText;
    QString m_shownTools;
};

} // namespace lavascope
