// SPDX-License-Identifier: MIT
#pragma once

#include "core/markdown/block_parser.h"
#include "gui/widgets/growing_text.h"
#include "gui/widgets/markdown_writer.h"
#include "gui/widgets/text_search.h"

#include <QElapsedTimer>
#include <QTextEdit>

#include <deque>

namespace lavascope {

/// Markdown from outside, laid out while it comes: only its unfinished end is written again. Nothing is ever
/// loaded, HTML is text, pictures are their names, and a link only says that it was chosen. What is too much
/// to be laid out without holding up the window is not drawn.
class MarkdownView : public QTextEdit {
    Q_OBJECT

public:
    explicit MarkdownView(QWidget* parent = nullptr);

    /// As GrowingText::follow().
    bool follow(const QString& text, GrowingText::Growth growth, const QDeadlineTimer& until);
    void startOver();
    /// The text is beyond what this view draws: show it plain.
    [[nodiscard]] bool isTooMuch() const { return m_isTooMuch; }
    /// Looks through the text as it is drawn.
    [[nodiscard]] Searchable* search() { return &m_search; }

    QVariant loadResource(int type, const QUrl& name) override;

Q_SIGNALS:
    void linkChosen(const QString& address);
    void pullWanted(); ///< the looks changed, so all is to be drawn anew

protected:
    QMimeData* createMimeDataFromSelection() const override;
    bool focusNextPrevChild(bool next) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    void prepare(const QString& text, GrowingText::Growth growth);
    bool readMore(const QString& text, GrowingText::Growth growth, const QDeadlineTimer& until);
    void writeMore(const QDeadlineTimer& until);
    void writeUnfinished();
    void write(const markdown::Block& block);
    void putCursorBack(int anchor, int position);
    void paintGround(const QRect& seen);
    [[nodiscard]] QString linkAt(const QPoint& position) const;
    [[nodiscard]] QString linkAtCursor() const;
    bool selectLink(bool next);

    MarkdownWriter m_writer;
    TextSearch m_search;
    markdown::References m_references;
    markdown::BlockParser m_parser;
    QString m_taken;                       ///< of the text followed, handed to the parser
    std::deque<markdown::Block> m_waiting; ///< finished and not written
    MarkdownWriter::Mark m_end;            ///< of what is finished and written
    bool m_isOver = false;
    bool m_isFollowed = false; ///< the text came while it was looked at, so its end is kept in sight
    bool m_isTooMuch = false;
    bool m_isUnfinishedWritten = true; ///< what is unfinished stands there as it is now
    qint64 m_cost = 0;                 ///< of what was written, in blocks and cells
    qint64 m_nextUnfinished = 0;       ///< not to be written again before, in ms of m_clock
    QElapsedTimer m_clock;
};

} // namespace lavascope
