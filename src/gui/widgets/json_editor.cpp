// SPDX-License-Identifier: MIT
#include "gui/widgets/json_editor.h"

#include "gui/appearance.h"
#include "gui/widgets/find_bar.h"
#include "gui/widgets/json_highlighter.h"

#include <QMimeData>
#include <QPainter>
#include <QPlainTextEdit>
#include <QTextBlock>
#include <QVBoxLayout>

namespace lavascope {

namespace {

constexpr qsizetype largestEdited = 1024 * 1024;
constexpr qsizetype longestLine = 20'000;
constexpr qsizetype previewSize = 16 * 1024;
constexpr qsizetype previewLine = 200;

bool canBeEdited(const QByteArray& bytes) {
    if (bytes.size() > largestEdited)
        return false;
    for (qsizetype from = 0; from < bytes.size();) {
        const qsizetype end = bytes.indexOf('\n', from);
        if ((end < 0 ? bytes.size() : end) - from > longestLine)
            return false;
        if (end < 0)
            break;
        from = end + 1;
    }
    // Bytes that are no text would not survive a text widget.
    return QString::fromUtf8(bytes).toUtf8() == bytes && !bytes.contains('\0') && !bytes.contains('\r');
}

QString previewOf(const QByteArray& bytes) {
    const QString beginning = QString::fromUtf8(bytes.first(qMin(bytes.size(), previewSize)));
    QString preview;
    for (qsizetype from = 0; from < beginning.size(); from += previewLine)
        preview += QStringView(beginning).mid(from, previewLine).toString() + QLatin1Char('\n');
    return preview;
}

} // namespace

/// The text widget with its margin of line numbers.
class JsonEditor::Text : public QPlainTextEdit {
public:
    explicit Text(JsonEditor* editor)
        : QPlainTextEdit(editor)
        , m_editor(editor)
        , m_margin(new Margin(this)) {
        setFont(codeFont());
        setTabChangesFocus(true);
        setLineWrapMode(QPlainTextEdit::WidgetWidth);
        connect(this, &QPlainTextEdit::blockCountChanged, this, &Text::layOut);
        connect(this, &QPlainTextEdit::updateRequest, m_margin, [this](const QRect& rect, int dy) {
            dy != 0 ? m_margin->scroll(0, dy)
                    : m_margin->update(0, rect.y(), m_margin->width(), rect.height());
        });
        layOut();
    }

    void paintMargin(QPaintEvent* /*event*/) {
        QPainter painter(m_margin);
        painter.setFont(font());
        painter.setPen(meaningColors(palette()).quiet);
        for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
            const QRectF rect = blockBoundingGeometry(block).translated(contentOffset());
            if (rect.top() > viewport()->height())
                break;
            const QRect cell(0, qRound(rect.top()), m_margin->width() - gap, fontMetrics().height());
            painter.drawText(cell, Qt::AlignRight, QString::number(block.blockNumber() + 1));
        }
    }

protected:
    void resizeEvent(QResizeEvent* event) override {
        QPlainTextEdit::resizeEvent(event);
        layOut();
    }

    // A paste that no text widget could lay out goes to the editor, which keeps it whole.
    void insertFromMimeData(const QMimeData* source) override {
        const QByteArray pasted = source->text().toUtf8();
        if (canBeEdited(pasted))
            QPlainTextEdit::insertFromMimeData(source);
        else
            m_editor->setBytes(pasted);
    }

private:
    class Margin : public QWidget {
    public:
        explicit Margin(Text* text)
            : QWidget(text)
            , m_text(text) {}
        void paintEvent(QPaintEvent* event) override { m_text->paintMargin(event); }

    private:
        Text* m_text;
    };

    void layOut() {
        const int digits = qMax(2, int(QString::number(blockCount()).size()));
        const int width = fontMetrics().horizontalAdvance(QLatin1Char('9')) * digits + 2 * gap;
        setViewportMargins(width, 0, 0, 0);
        const QRect inside = contentsRect();
        m_margin->setGeometry(inside.left(), inside.top(), width, inside.height());
    }

    static constexpr int gap = 8;
    JsonEditor* m_editor;
    Margin* m_margin;
};

JsonEditor::JsonEditor(QWidget* parent)
    : QWidget(parent)
    , m_text(new Text(this))
    , m_search(m_text, [] {})
    , m_find(new FindBar(this)) {
    m_text->setObjectName(QStringLiteral("bodyText"));
    m_text->setAccessibleName(tr("Request body"));
    new JsonHighlighter(m_text->document());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_text);
    layout->addWidget(m_find);
    m_find->setTarget(&m_search);
    setFocusProxy(m_text);
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        m_search.startOver();
        m_find->lookOn();
        if (m_preview)
            return;
        check();
        Q_EMIT changed();
    });
}

QByteArray JsonEditor::bytes() const {
    return m_preview ? m_kept : m_text->toPlainText().toUtf8();
}

void JsonEditor::setBytes(const QByteArray& bytes) {
    m_preview = !canBeEdited(bytes);
    m_kept = m_preview ? bytes : QByteArray();
    m_text->setReadOnly(m_preview);
    m_text->setPlainText(m_preview ? previewOf(bytes) : QString::fromUtf8(bytes));
    if (!m_preview)
        return;
    check();
    Q_EMIT changed();
}

void JsonEditor::replaceBytes(const QByteArray& bytes) {
    if (m_preview || !canBeEdited(bytes)) {
        setBytes(bytes);
        return;
    }
    const int at = m_text->textCursor().position();
    QTextCursor cursor(m_text->document());
    cursor.beginEditBlock();
    cursor.select(QTextCursor::Document);
    cursor.insertText(QString::fromUtf8(bytes));
    cursor.endEditBlock();
    cursor.setPosition(qMin(at, m_text->document()->characterCount() - 1));
    m_text->setTextCursor(cursor);
}

void JsonEditor::goTo(qint64 byteOffset) {
    QTextCursor cursor = m_text->textCursor();
    cursor.setPosition(positionOfByte(byteOffset));
    m_text->setTextCursor(cursor);
    m_text->setFocus();
}

int JsonEditor::positionOfByte(qint64 offset) const {
    const QByteArray text = m_text->toPlainText().toUtf8();
    const qsizetype units =
        QString::fromUtf8(text.first(qBound(qint64(0), offset, qint64(text.size())))).size();
    return int(qMin(units, qsizetype(m_text->document()->characterCount() - 1)));
}

void JsonEditor::check() {
    m_fault.reset();
    QList<QTextEdit::ExtraSelection> marks;
    const QByteArray text = bytes();
    if (!text.trimmed().isEmpty()) {
        json::Document document;
        m_fault = document.scan(text);
    }
    if (m_fault && !m_preview) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(m_text->document());
        mark.cursor.setPosition(positionOfByte(m_fault->offset));
        if (!mark.cursor.movePosition(QTextCursor::NextCharacter, QTextCursor::KeepAnchor))
            mark.cursor.movePosition(QTextCursor::PreviousCharacter, QTextCursor::KeepAnchor);
        mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        mark.format.setUnderlineColor(meaningColors(palette()).bad);
        QColor back = meaningColors(palette()).bad;
        back.setAlpha(60);
        mark.format.setBackground(back);
        marks.append(mark);
    }
    m_text->setExtraSelections(marks);
}

} // namespace lavascope
