// SPDX-License-Identifier: MIT
#include "gui/widgets/paste_box.h"

#include "core/token/utf8.h"
#include "gui/appearance.h"
#include "gui/units.h"

#include <QKeyEvent>
#include <QMimeData>
#include <QTextBlock>

#include <vector>

namespace lavascope {

namespace {

constexpr qsizetype longestShown = 1'000'000;
// The widget needs quadratic time for one wrapped line.
constexpr qsizetype longestLineShown = 20'000;

bool canBeShown(const QString& text) {
    if (text.size() > longestShown)
        return false;
    for (qsizetype from = 0; from < text.size();) {
        const qsizetype lineEnd = text.indexOf(QLatin1Char('\n'), from);
        const qsizetype end = lineEnd < 0 ? text.size() : lineEnd;
        if (end - from > longestLineShown)
            return false;
        from = end + 1;
    }
    return true;
}

/// How a line ended where it was pasted from; the document has paragraphs and forgets it. A line that was
/// typed has no state.
enum LineEnd { Typed = -1, LineFeed, CarriageReturn, Both, Separator };

QLatin1String bytesOf(int end) {
    switch (end) {
    case CarriageReturn:
        return QLatin1String("\r");
    case Both:
        return QLatin1String("\r\n");
    case Separator:
        return QLatin1String("\xE2\x80\xA9");
    default:
        return QLatin1String("\n");
    }
}

/// Where text breaks into paragraphs, and how.
std::vector<LineEnd> lineEndsIn(const QString& text) {
    std::vector<LineEnd> ends;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c == QLatin1Char('\r')) {
            const bool isPair = i + 1 < text.size() && text.at(i + 1) == QLatin1Char('\n');
            ends.push_back(isPair ? Both : CarriageReturn);
            i += isPair ? 1 : 0;
        } else if (c == QLatin1Char('\n')) {
            ends.push_back(LineFeed);
        } else if (c == QChar::ParagraphSeparator) {
            ends.push_back(Separator);
        }
    }
    return ends;
}

} // namespace

PasteBox::PasteBox(QWidget* parent)
    : QPlainTextEdit(parent) {
    setFont(codeFont());
    setTabChangesFocus(true);
    setLineWrapMode(QPlainTextEdit::WidgetWidth);
    setWordWrapMode(QTextOption::WrapAnywhere);
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        if (!document()->isEmpty() && isHolding()) {
            m_held.clear();
            showPlaceholder();
        }
        Q_EMIT contentChanged();
    });
}

void PasteBox::setContent(const QString& text) {
    if (canBeShown(text)) {
        m_held.clear();
        showPlaceholder();
        setPlainText(text);
        rememberLineEnds(document()->begin(), text);
        Q_EMIT contentChanged();
    } else {
        hold(text.toUtf8());
    }
}

// toPlainText() would turn no-break spaces into spaces, and they are what may be wrong with a token.
QByteArray PasteBox::content() const {
    if (isHolding())
        return m_held;
    QByteArray bytes;
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        bytes += block.text().toUtf8();
        if (block.next().isValid())
            bytes += bytesOf(block.userState()).data();
    }
    return bytes;
}

void PasteBox::selectBytes(qint64 begin, qint64 end) {
    if (isHolding())
        return;
    const auto position = [this](qint64 offset) {
        QTextBlock block = document()->begin();
        for (; block.next().isValid(); block = block.next()) {
            const qint64 size = block.text().toUtf8().size() + bytesOf(block.userState()).size();
            if (offset < size)
                break;
            offset -= size;
        }
        const QByteArray line = block.text().toUtf8();
        const QByteArray before = line.first(qBound(qint64(0), offset, qint64(line.size())));
        return block.position() + int(textOfUtf8(before).size());
    };
    QTextCursor cursor(document());
    cursor.setPosition(position(begin));
    cursor.setPosition(position(qMax(begin, end)), QTextCursor::KeepAnchor);
    setTextCursor(cursor);
}

void PasteBox::insertFromMimeData(const QMimeData* source) {
    const QString pasted = source->text();
    if (!canBeShown(pasted) || document()->characterCount() + pasted.size() > longestShown) {
        hold(pasted.toUtf8());
        return;
    }
    const int at = textCursor().selectionStart();
    const int endOfLast = document()->findBlock(textCursor().selectionEnd()).userState();
    QPlainTextEdit::insertFromMimeData(source);
    rememberLineEnds(document()->findBlock(at), pasted);
    textCursor().block().setUserState(endOfLast);
    Q_EMIT contentChanged();
}

void PasteBox::rememberLineEnds(const QTextBlock& first, const QString& text) {
    QTextBlock block = first;
    for (const LineEnd end : lineEndsIn(text)) {
        if (!block.isValid())
            return;
        block.setUserState(end);
        block = block.next();
    }
}

void PasteBox::keyPressEvent(QKeyEvent* event) {
    const bool removes = event->key() == Qt::Key_Backspace || event->key() == Qt::Key_Delete;
    if (isHolding() && removes)
        setContent({});
    else
        QPlainTextEdit::keyPressEvent(event);
}

void PasteBox::hold(const QByteArray& text) {
    {
        const QSignalBlocker quiet(this);
        clear();
    }
    m_held = text;
    showPlaceholder();
    Q_EMIT contentChanged();
}

void PasteBox::showPlaceholder() {
    if (m_hint.isEmpty())
        m_hint = placeholderText();
    setPlaceholderText(isHolding() ? tr("%1 are held here and inspected. They are too long to be shown; "
                                        "Backspace or Clear lets go of them.")
                                         .arg(byteSize(m_held.size()))
                                   : m_hint);
}

} // namespace lavascope
