// SPDX-License-Identifier: MIT
#include "gui/widgets/paste_box.h"

#include "gui/appearance.h"
#include "gui/units.h"

#include <QKeyEvent>
#include <QMimeData>

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

// toPlainText() would turn no-break spaces into spaces, and they are what may be wrong with a token.
QString exactText(const QTextDocument* document) {
    return document->toRawText().replace(QChar::ParagraphSeparator, QLatin1Char('\n'));
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
        Q_EMIT contentChanged();
    } else {
        hold(text.toUtf8());
    }
}

QByteArray PasteBox::content() const {
    return isHolding() ? m_held : exactText(document()).toUtf8();
}

void PasteBox::selectBytes(qint64 begin, qint64 end) {
    if (isHolding())
        return;
    const QByteArray bytes = content();
    const auto position = [&](qint64 offset) {
        return int(QString::fromUtf8(bytes.first(qBound(qint64(0), offset, qint64(bytes.size())))).size());
    };
    QTextCursor cursor(document());
    cursor.setPosition(position(begin));
    cursor.setPosition(position(qMax(begin, end)), QTextCursor::KeepAnchor);
    setTextCursor(cursor);
}

void PasteBox::insertFromMimeData(const QMimeData* source) {
    const QString pasted = source->text();
    if (canBeShown(pasted) && document()->characterCount() + pasted.size() <= longestShown)
        QPlainTextEdit::insertFromMimeData(source);
    else
        hold(pasted.toUtf8());
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
