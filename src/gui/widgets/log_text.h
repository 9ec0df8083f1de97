// SPDX-License-Identifier: MIT
#pragma once

#include "gui/widgets/text_search.h"

#include <QPlainTextEdit>

class QDeadlineTimer;

namespace lavascope {

/// Read-only text of any length from outside, shown as it is: deceptive characters as chips, endless lines
/// broken into pieces that the widget can lay out in linear time. What is copied has the characters and the
/// lines as they were.
class LogText : public QPlainTextEdit {
    Q_OBJECT

public:
    enum class Weight { Normal, Heading };

    explicit LogText(QWidget* parent = nullptr);

    enum class Follow { End, Nothing };
    /// Whether the view stays at the end while text is added, as long as the user does not scroll away.
    void setFollow(Follow follow) { m_follow = follow; }
    void setLog(const QString& text);
    void appendLog(QStringView text, Weight weight = Weight::Normal);
    /// Adds what can be added until then, but always a piece; returns how many UTF-16 units were taken. The
    /// first half of a surrogate pair at the end is left, since the other half may still come.
    qsizetype appendSome(QStringView text, const QDeadlineTimer& until);
    [[nodiscard]] Searchable* search() { return &m_search; }

Q_SIGNALS:
    void matchShown(); ///< what was looked for is in here: whatever hides this should not

protected:
    QMimeData* createMimeDataFromSelection() const override;

private:
    void insert(QTextCursor& cursor, QStringView text, const QTextCharFormat& format);
    void insertRun(QTextCursor& cursor, QStringView run, const QTextCharFormat& format);
    void insertChip(QTextCursor& cursor, char32_t codePoint);
    void breakLine(QTextCursor& cursor);

    Follow m_follow = Follow::End;
    TextSearch m_search;
    qsizetype m_lineLength = 0; ///< of the last block, in UTF-16 units
};

} // namespace lavascope
