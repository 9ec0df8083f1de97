// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/finding.h"
#include "gui/models/byte_search.h"
#include "gui/widgets/body_layout.h"
#include "gui/widgets/searchable.h"

#include <QAbstractScrollArea>
#include <QBasicTimer>

class QDeadlineTimer;

namespace lavascope {

/// A body of any size as text, drawn straight from the chunks it came in: only what is in sight is ever
/// decoded. Read with the keyboard or the mouse; what is copied are the bytes as they came.
class BodyView : public QAbstractScrollArea, public Searchable {
    Q_OBJECT

public:
    explicit BodyView(QWidget* parent = nullptr);

    void clear();
    /// Takes in more of this attempt's body until then; true if there is more to take. Between two calls of
    /// clear() it must be the same attempt. While it is running the end stays in sight, until the user goes
    /// elsewhere.
    bool pull(const Attempt& attempt, const QDeadlineTimer& until);

    [[nodiscard]] const BodyLines& lines() const { return m_layout.lines(); }
    [[nodiscard]] qint64 caret() const { return m_caret; } ///< byte before which the cursor stands
    [[nodiscard]] qint64 lineOfCaret() const;              ///< from 0
    [[nodiscard]] ByteRange selection() const;
    [[nodiscard]] qint64 byteAt(const QPoint& point) const; ///< of the viewport
    [[nodiscard]] QRect rectangleOf(qint64 byte) const; ///< where the cursor stands before it, if in sight
    /// The rows in sight, from the first one's beginning.
    [[nodiscard]] QString visibleText() const;
    /// Where in the visible text the character at this byte is; the nearest place for what is out of sight.
    [[nodiscard]] int placeInSight(qint64 byte) const;
    [[nodiscard]] qint64 byteInSight(int place) const;
    void select(qint64 anchor, qint64 caret);
    void selectAll();
    /// Of a huge selection only the beginning, and says so.
    void copy();
    static constexpr qint64 mostCopied = 16'000'000;

    void startSearch(const SearchPattern& pattern) override;
    bool searchOn(const QDeadlineTimer& until) override;
    [[nodiscard]] SearchState searchState() const override { return m_matches.state(); }
    bool showMatch(SearchStep step) override;
    void leaveMatch() override { m_matches.leave(); }

Q_SIGNALS:
    void moved();                   ///< the cursor, or an end of the selection
    void said(const QString& text); ///< what is to be told of a copy

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void timerEvent(QTimerEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    enum class Motion { Left, Right, Up, Down, PageUp, PageDown, LineBegin, LineEnd, BodyBegin, BodyEnd };
    struct KeyMotion;
    static const std::vector<KeyMotion>& keyMotions();

    void refresh();
    void showRange();
    void takeBarValue(int value);
    void takeBarAction(int action);
    void scrollTo(qint64 top);
    void scrollBy(int lines);
    void move(Motion motion, bool selects);
    void moveVertically(int lines, bool selects);
    void setCaret(qint64 byte, bool selects);
    void bringCaretIntoSight();
    void startFromWhatIsInSight();
    void dragTo(const QPoint& point);
    void drawRow(QPainter& painter, const BodyRow& row, const QPointF& at, int firstLine) const;
    [[nodiscard]] QList<QTextLayout::FormatRange> selectedPart(const BodyRow& row) const;
    [[nodiscard]] std::vector<BodyRow> rowsInSight() const;
    [[nodiscard]] int visibleLines() const;
    [[nodiscard]] int lineHeight() const;
    [[nodiscard]] int gutter() const; ///< pixels left of the text, for the numbers of the lines

    BodyLayout m_layout;
    bool m_hasBody = false;
    bool m_isOver = false;
    bool m_follows = false; ///< the end stays in sight
    bool m_setsBar = false;
    qint64 m_top = 0;     ///< a byte of the first line in sight
    qint64 m_lastTop = 0; ///< of the furthest one that can be the first
    int m_barShift = 0;   ///< the bar counts in units of so many times two bytes: it has no 64 bits
    qint64 m_caret = 0;
    qint64 m_anchor = 0;
    qreal m_wantedX = -1; ///< where the cursor goes from line to line; below 0: where it stands
    int m_wheel = 0;      ///< eighths of degrees that were no whole line yet
    QPoint m_dragPoint;
    QBasicTimer m_dragTimer;
    ByteSearch m_search;
    MatchList m_matches;
    qint64 m_searchedTo = 0;
};

} // namespace lavascope
