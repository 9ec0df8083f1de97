// SPDX-License-Identifier: MIT
#include "gui/widgets/log_text.h"

#include "gui/appearance.h"
#include "gui/widgets/chip.h"

#include <QDeadlineTimer>
#include <QMimeData>
#include <QScrollBar>
#include <QTextBlock>

namespace lavascope {

namespace {

// A wrapped block costs quadratic time in its length; at this length a change stays far below a frame.
constexpr qsizetype longestLine = 2000;
constexpr qsizetype pieceOfText = 4 * 1024;

} // namespace

LogText::LogText(QWidget* parent)
    : QPlainTextEdit(parent)
    , m_search(this, [this] { Q_EMIT matchShown(); }) {
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setFont(codeFont());
    setTabChangesFocus(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
}

void LogText::setLog(const QString& text) {
    clear();
    m_search.startOver();
    m_lineLength = 0;
    appendLog(text);
    verticalScrollBar()->setValue(0);
}

void LogText::appendLog(QStringView text, Weight weight) {
    if (text.isEmpty())
        return;
    QScrollBar* bar = verticalScrollBar();
    const bool pinned = m_follow == Follow::End && bar->value() >= bar->maximum() - 1;
    const bool wasEmpty = document()->isEmpty();
    QTextCharFormat format;
    if (weight == Weight::Heading)
        format.setFontWeight(QFont::DemiBold);
    QTextCursor cursor(document());
    cursor.beginEditBlock();
    // Within the block: outside of it a cursor that moves lays out the line where it comes to stand.
    cursor.movePosition(QTextCursor::End);
    insert(cursor, text, format);
    cursor.endEditBlock();
    // The reader's own cursor was where the text went in, and went along with it.
    if (wasEmpty)
        moveCursor(QTextCursor::Start);
    if (pinned)
        bar->setValue(bar->maximum());
}

qsizetype LogText::appendSome(QStringView text, const QDeadlineTimer& until) {
    qsizetype taken = 0;
    do {
        QStringView piece = text.sliced(taken).first(qMin(pieceOfText, text.size() - taken));
        if (!piece.isEmpty() && piece.back().isHighSurrogate())
            piece.chop(1);
        if (piece.isEmpty())
            break;
        appendLog(piece);
        taken += piece.size();
    } while (!until.hasExpired());
    return taken;
}

void LogText::insert(QTextCursor& cursor, QStringView text, const QTextCharFormat& format) {
    qsizetype runBegin = 0;
    for (qsizetype i = 0; i < text.size();) {
        const bool isPair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        const char32_t codePoint =
            isPair ? QChar::surrogateToUcs4(text[i], text[i + 1]) : char32_t(text[i].unicode());
        const qsizetype next = i + (isPair ? 2 : 1);
        if (codePoint == U'\n') {
            insertRun(cursor, text.sliced(runBegin, i - runBegin), format);
            cursor.insertBlock();
            m_lineLength = 0;
            runBegin = next;
        } else if (needsChip(codePoint)) {
            insertRun(cursor, text.sliced(runBegin, i - runBegin), format);
            insertChip(cursor, codePoint);
            runBegin = next;
        }
        i = next;
    }
    insertRun(cursor, text.sliced(runBegin), format);
}

void LogText::insertRun(QTextCursor& cursor, QStringView run, const QTextCharFormat& format) {
    while (!run.isEmpty()) {
        qsizetype take = qMin(run.size(), longestLine - m_lineLength);
        // A pair of surrogates stays together.
        if (take > 0 && take < run.size() && run[take - 1].isHighSurrogate())
            --take;
        cursor.insertText(run.first(take).toString(), format);
        m_lineLength += take;
        run = run.sliced(take);
        if (!run.isEmpty())
            breakLine(cursor);
    }
}

void LogText::insertChip(QTextCursor& cursor, char32_t codePoint) {
    const QString chip = chipText(codePoint);
    if (m_lineLength + chip.size() > longestLine)
        breakLine(cursor);
    cursor.insertText(chip, chipFormat(codePoint, {}, palette()));
    m_lineLength += chip.size();
}

void LogText::breakLine(QTextCursor& cursor) {
    cursor.block().setUserState(TextSearch::lineGoesOn);
    cursor.insertBlock();
    m_lineLength = 0;
}

QMimeData* LogText::createMimeDataFromSelection() const {
    const QTextCursor cursor = textCursor();
    const int begin = cursor.selectionStart();
    const int end = cursor.selectionEnd();
    QString text;
    QTextBlock block = document()->findBlock(begin);
    for (; block.isValid() && block.position() < end; block = block.next()) {
        text += originalText(block, begin, end);
        const bool goesOn = end > block.position() + block.length() - 1;
        if (goesOn && block.userState() != TextSearch::lineGoesOn)
            text += QLatin1Char('\n');
    }
    auto* copied = new QMimeData;
    copied->setText(text);
    return copied;
}

} // namespace lavascope
