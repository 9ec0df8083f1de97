// SPDX-License-Identifier: MIT
#include "gui/widgets/log_text.h"

#include "core/base/visible_text.h"
#include "gui/appearance.h"

#include <QMimeData>
#include <QScrollBar>
#include <QTextBlock>

namespace lavascope {

namespace {

// A wrapped block costs quadratic time in its length; at this length a change stays far below a frame.
constexpr qsizetype longestLine = 2000;
constexpr int brokenHere = 1; // block state: the next block goes on with the same line

} // namespace

LogText::LogText(QWidget* parent)
    : QPlainTextEdit(parent) {
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setFont(codeFont());
    setTabChangesFocus(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
}

void LogText::setLog(const QString& text) {
    clear();
    m_lineLength = 0;
    appendLog(text);
    verticalScrollBar()->setValue(0);
}

void LogText::appendLog(QStringView text) {
    if (text.isEmpty())
        return;
    QScrollBar* bar = verticalScrollBar();
    const bool pinned = bar->value() >= bar->maximum() - 1;
    const QString shown = withVisibleChips(text);
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    cursor.beginEditBlock();
    for (qsizetype from = 0; from < shown.size();) {
        const qsizetype lineEnd = shown.indexOf(QLatin1Char('\n'), from);
        const qsizetype end = lineEnd < 0 ? shown.size() : lineEnd;
        qsizetype take = qMin(end - from, longestLine - m_lineLength);
        // A pair of surrogates stays together.
        if (take < end - from && take > 0 && shown[from + take - 1].isHighSurrogate())
            --take;
        cursor.insertText(shown.sliced(from, take));
        m_lineLength += take;
        from += take;
        if (from == lineEnd) {
            cursor.insertBlock();
            m_lineLength = 0;
            ++from;
        } else if (from < end) {
            cursor.block().setUserState(brokenHere);
            cursor.insertBlock();
            m_lineLength = 0;
        }
    }
    cursor.endEditBlock();
    if (pinned)
        bar->setValue(bar->maximum());
}

QMimeData* LogText::createMimeDataFromSelection() const {
    const QTextCursor cursor = textCursor();
    QString text;
    QTextBlock block = document()->findBlock(cursor.selectionStart());
    for (; block.isValid() && block.position() < cursor.selectionEnd(); block = block.next()) {
        const int from = qMax(0, cursor.selectionStart() - block.position());
        const int to = qMin(int(block.text().size()), cursor.selectionEnd() - block.position());
        text += QStringView(block.text()).mid(from, to - from);
        const bool goesOn = cursor.selectionEnd() > block.position() + block.length() - 1;
        if (goesOn && block.userState() != brokenHere)
            text += QLatin1Char('\n');
    }
    auto* copied = new QMimeData;
    copied->setText(text);
    return copied;
}

} // namespace lavascope
