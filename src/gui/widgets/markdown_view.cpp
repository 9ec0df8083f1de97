// SPDX-License-Identifier: MIT
#include "gui/widgets/markdown_view.h"

#include "core/base/visible_text.h"
#include "core/markdown/line_start.h"
#include "gui/appearance.h"
#include "gui/widgets/chip.h"

#include <QAbstractTextDocumentLayout>
#include <QDeadlineTimer>
#include <QHelpEvent>
#include <QMimeData>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>
#include <QToolTip>

namespace lavascope {

using Growth = GrowingText::Growth;

namespace {

// Beyond these a change of the width holds up the window for longer than a few frames.
constexpr qsizetype longestRendered = 400'000;
constexpr qint64 mostBlocksAndCells = 12'000;
constexpr qsizetype pieceOfText = 4 * 1024;
// Writing the unfinished end again takes at most this share of the time.
constexpr qint64 shareOfTime = 6;
constexpr qsizetype longestTip = 300;

/// A document of its own accord reads files that pictures name; this one reads nothing.
class SilentDocument final : public QTextDocument {
public:
    using QTextDocument::QTextDocument;

protected:
    QVariant loadResource(int /*type*/, const QUrl& /*name*/) override { return {}; }
};

QTextDocument& silentDocumentOf(QTextEdit& edit) {
    edit.setDocument(new SilentDocument(&edit));
    return *edit.document();
}

} // namespace

MarkdownView::MarkdownView(QWidget* parent)
    : QTextEdit(parent)
    , m_writer(silentDocumentOf(*this))
    , m_search(this) {
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setAcceptDrops(false);
    setTabChangesFocus(true);
    setFrameShape(QFrame::NoFrame);
    // Not LinksAccessible: Qt would offer to copy the numbers that links hold here.
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    viewport()->setMouseTracking(true);
    m_clock.start();
    startOver();
}

QVariant MarkdownView::loadResource(int /*type*/, const QUrl& /*name*/) {
    return {};
}

void MarkdownView::startOver() {
    m_search.startOver();
    m_writer.startOver(palette());
    m_parser = markdown::BlockParser(m_references);
    m_taken.clear();
    m_waiting.clear();
    m_end = m_writer.mark();
    m_isOver = false;
    m_isFollowed = false;
    m_isTooMuch = false;
    m_isUnfinishedWritten = true;
    m_cost = 0;
}

bool MarkdownView::follow(const QString& text, Growth growth, const QDeadlineTimer& until) {
    prepare(text, growth);
    if (m_isTooMuch)
        return false;
    QScrollBar* bar = verticalScrollBar();
    const bool pinned = bar->value() >= bar->maximum() - 1;
    const int kept = bar->value();
    const bool more = readMore(text, growth, until);
    const bool isWaiting = !m_isUnfinishedWritten && m_clock.elapsed() < m_nextUnfinished;
    if (m_waiting.empty() && (m_isUnfinishedWritten || more || (isWaiting && growth == Growth::Live)))
        return more || isWaiting;

    const int anchor = textCursor().anchor();
    const int position = textCursor().position();
    m_search.startOverFrom(m_end.position);
    QTextCursor whole(document());
    whole.beginEditBlock();
    m_writer.goBackTo(m_end);
    writeMore(until);
    m_isUnfinishedWritten = m_waiting.empty() && !more;
    if (m_isUnfinishedWritten)
        writeUnfinished();
    whole.endEditBlock();
    // Not before: a document must not be emptied while it is being edited.
    if (m_isTooMuch) {
        m_waiting.clear();
        m_search.startOver();
        m_writer.startOver(palette());
        m_end = m_writer.mark();
        return false;
    }
    putCursorBack(anchor, position);
    m_isFollowed = m_isFollowed || growth == Growth::Live;
    bar->setValue(pinned && m_isFollowed ? bar->maximum() : kept);
    return !m_isUnfinishedWritten;
}

/// Starts over where the text is another one than so far.
void MarkdownView::prepare(const QString& text, Growth growth) {
    const bool isOver = growth == Growth::Final;
    const bool grew = text.size() >= m_taken.size() && (!isOver || text.startsWith(m_taken));
    const bool goesOnAfterItsEnd = m_isOver && (!isOver || text.size() > m_taken.size());
    const bool fitsAgain = m_isTooMuch && m_taken.isEmpty() && text.size() <= longestRendered;
    if (!grew || goesOnAfterItsEnd || fitsAgain) {
        m_references.clear();
        startOver();
    }
    if (text.size() > longestRendered) {
        if (!m_isTooMuch)
            startOver();
        m_isTooMuch = true;
        return;
    }
    // References may be told behind their use, so they are known only at the end.
    if (isOver && !m_isOver) {
        const markdown::References references = markdown::referencesIn(text);
        if (references != m_references) {
            const bool isFollowed = m_isFollowed;
            m_references = references;
            startOver();
            m_isFollowed = isFollowed;
        }
    }
}

bool MarkdownView::readMore(const QString& text, Growth growth, const QDeadlineTimer& until) {
    QStringView rest = QStringView(text).sliced(m_taken.size());
    while (!rest.isEmpty() && !until.hasExpired()) {
        const QStringView piece = rest.first(qMin(rest.size(), pieceOfText));
        m_parser.take(piece);
        m_taken += piece;
        rest = rest.sliced(piece.size());
        m_isUnfinishedWritten = false;
        for (markdown::Block& block : m_parser.takeFinished())
            m_waiting.push_back(std::move(block));
    }
    if (rest.isEmpty() && growth == Growth::Final && !m_isOver) {
        m_isOver = true;
        m_isUnfinishedWritten = false;
        m_parser.finish();
        for (markdown::Block& block : m_parser.takeFinished())
            m_waiting.push_back(std::move(block));
    }
    return !rest.isEmpty();
}

void MarkdownView::writeMore(const QDeadlineTimer& until) {
    while (!m_waiting.empty() && !m_isTooMuch) {
        write(m_waiting.front());
        m_waiting.pop_front();
        if (until.hasExpired())
            break;
    }
    m_end = m_writer.mark();
}

void MarkdownView::writeUnfinished() {
    const qint64 begin = m_clock.elapsed();
    const qint64 cost = m_cost;
    for (const markdown::Block& block : m_parser.unfinished())
        write(block);
    m_cost = cost;
    const qint64 end = m_clock.elapsed();
    m_nextUnfinished = end + (end - begin) * shareOfTime;
}

void MarkdownView::write(const markdown::Block& block) {
    m_cost += 1 + qint64(block.rows.size() * block.columns.size());
    m_isTooMuch = m_isTooMuch || m_cost > mostBlocksAndCells;
    if (!m_isTooMuch)
        m_writer.write(block);
}

/// The reader's own cursor went along with what was written where it was.
void MarkdownView::putCursorBack(int anchor, int position) {
    QTextCursor cursor = textCursor();
    if (cursor.anchor() == anchor && cursor.position() == position)
        return;
    const int end = document()->characterCount() - 1;
    cursor.setPosition(qMin(anchor, end));
    cursor.setPosition(qMin(position, end), QTextCursor::KeepAnchor);
    setTextCursor(cursor);
}

QString MarkdownView::linkAt(const QPoint& position) const {
    return m_writer.addressOf(anchorAt(position));
}

QString MarkdownView::linkAtCursor() const {
    QTextCursor cursor = textCursor();
    // The format of a cursor is that of the character before it.
    if (!cursor.hasSelection())
        cursor.movePosition(QTextCursor::NextCharacter);
    else
        cursor.setPosition(cursor.selectionStart() + 1);
    return m_writer.addressOf(cursor.charFormat().anchorHref());
}

bool MarkdownView::selectLink(bool next) {
    const QTextCursor now = textCursor();
    const int from = next ? now.selectionEnd() : now.selectionStart();
    QTextBlock block = document()->findBlock(from);
    for (; block.isValid(); block = next ? block.next() : block.previous()) {
        QTextFragment found;
        for (QTextBlock::iterator it = block.begin(); !it.atEnd(); ++it) {
            const QTextFragment fragment = it.fragment();
            const bool isBehind = fragment.position() >= from;
            const bool isBefore = fragment.position() + fragment.length() <= from;
            if (!fragment.charFormat().isAnchor() || (next ? !isBehind : !isBefore))
                continue;
            found = fragment;
            if (next)
                break;
        }
        if (!found.isValid())
            continue;
        QTextCursor link(document());
        link.setPosition(found.position());
        link.setPosition(found.position() + found.length(), QTextCursor::KeepAnchor);
        setTextCursor(link);
        ensureCursorVisible();
        return true;
    }
    return false;
}

bool MarkdownView::focusNextPrevChild(bool next) {
    return selectLink(next) || QTextEdit::focusNextPrevChild(next);
}

void MarkdownView::keyPressEvent(QKeyEvent* event) {
    const bool chooses = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const QString address = chooses ? linkAtCursor() : QString();
    if (address.isEmpty())
        QTextEdit::keyPressEvent(event);
    else
        Q_EMIT linkChosen(address);
}

void MarkdownView::mouseMoveEvent(QMouseEvent* event) {
    QTextEdit::mouseMoveEvent(event);
    const bool isLink = !linkAt(event->pos()).isEmpty();
    viewport()->setCursor(isLink ? Qt::PointingHandCursor : Qt::IBeamCursor);
}

void MarkdownView::mouseReleaseEvent(QMouseEvent* event) {
    QTextEdit::mouseReleaseEvent(event);
    const QString address = linkAt(event->pos());
    if (event->button() == Qt::LeftButton && !textCursor().hasSelection() && !address.isEmpty())
        Q_EMIT linkChosen(address);
}

bool MarkdownView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        const QString address = linkAt(help->pos());
        if (address.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), plainToolTip(withVisibleChips(address.left(longestTip))),
                               viewport());
        return true;
    }
    return QTextEdit::viewportEvent(event);
}

void MarkdownView::changeEvent(QEvent* event) {
    QTextEdit::changeEvent(event);
    if (event->type() != QEvent::PaletteChange && event->type() != QEvent::FontChange)
        return;
    startOver();
    Q_EMIT pullWanted();
}

void MarkdownView::paintEvent(QPaintEvent* event) {
    paintGround(event->rect());
    QTextEdit::paintEvent(event);
}

/// What stands behind the text: the ground of code, and a bar beside quotes.
void MarkdownView::paintGround(const QRect& seen) {
    QPainter painter(viewport());
    const MeaningColors colors = meaningColors(palette());
    const QPointF scrolled(horizontalScrollBar()->value(), verticalScrollBar()->value());
    const qreal indent = m_writer.indentWidth();
    constexpr qreal bar = 3;
    constexpr qreal aroundCode = 4;
    QTextBlock block = cursorForPosition(seen.topLeft()).block();
    // A table in sight may begin above: the blocks in it have no ground.
    for (; block.isValid(); block = block.next()) {
        const QTextBlockFormat format = block.blockFormat();
        const QRectF place = document()->documentLayout()->blockBoundingRect(block).translated(-scrolled);
        if (place.top() > seen.bottom())
            break;
        const int quotes = format.intProperty(MarkdownWriter::quotesProperty);
        for (int i = 0; i < quotes; ++i)
            painter.fillRect(QRectF(i * indent + indent / 3 - scrolled.x(), place.top(), bar, place.height()),
                             colors.border);
        if (format.boolProperty(MarkdownWriter::codeProperty)) {
            const qreal left = document()->documentMargin() + format.leftMargin() - indent / 2 - scrolled.x();
            const QRectF ground(left, place.top(), viewport()->width() - left, place.height());
            painter.fillRect(ground.adjusted(0, -aroundCode, 0, aroundCode),
                             palette().color(QPalette::AlternateBase));
        }
    }
}

QMimeData* MarkdownView::createMimeDataFromSelection() const {
    const int begin = textCursor().selectionStart();
    const int end = textCursor().selectionEnd();
    QString text;
    for (QTextBlock block = document()->findBlock(begin); block.isValid() && block.position() < end;
         block = block.next()) {
        text += originalText(block, begin, end);
        if (end > block.position() + block.length() - 1)
            text += QLatin1Char('\n');
    }
    auto* copied = new QMimeData;
    copied->setText(text.replace(QChar::LineSeparator, QLatin1Char('\n')));
    return copied;
}

} // namespace lavascope
