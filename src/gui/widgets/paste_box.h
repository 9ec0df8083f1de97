// SPDX-License-Identifier: MIT
#pragma once

#include <QPlainTextEdit>

namespace lavascope {

/// Takes whatever is pasted. What is too long to be laid out is held and not shown, but is content all the
/// same.
class PasteBox : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit PasteBox(QWidget* parent = nullptr);

    /// Replaces everything.
    void setContent(const QString& text);
    /// UTF-8 of exactly what was pasted or typed, line ends included.
    [[nodiscard]] QByteArray content() const;
    [[nodiscard]] bool isHolding() const { return !m_held.isEmpty(); }
    /// Selects these bytes of content(), if they are shown.
    void selectBytes(qint64 begin, qint64 end);

Q_SIGNALS:
    void contentChanged();

protected:
    void insertFromMimeData(const QMimeData* source) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void hold(const QByteArray& text);
    void rememberLineEnds(const QTextBlock& first, const QString& text);
    void showPlaceholder();

    QString m_hint;
    QByteArray m_held;
};

} // namespace lavascope
