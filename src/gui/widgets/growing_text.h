// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QDeadlineTimer;
class QToolButton;

namespace lavascope {

class LogText;
enum class TextRole;

/// A titled part of an answer that grows while it comes. The title folds it away and says how long it is.
class GrowingText : public QWidget {
    Q_OBJECT

public:
    enum class Growth {
        Live,  ///< the text only grew since the last time
        Final, ///< it may differ from its beginning on, as where a provider repeats all of it at the end
    };

    /// Without a title it cannot be folded away.
    explicit GrowingText(const QString& title, QWidget* parent = nullptr);

    [[nodiscard]] LogText* view() const { return m_view; }
    void setTitleRole(TextRole role);
    void clear();
    /// Brings what is shown closer to `text` until then; true if there is more to do. Of a very long text
    /// only the beginning is shown, with a note.
    bool follow(const QString& text, Growth growth, const QDeadlineTimer& until);
    [[nodiscard]] bool isEmpty() const { return m_shown.isEmpty(); }

private:
    void buildFold();
    void showTitle();
    [[nodiscard]] bool isFull() const;
    void sayThatItGoesOn();

    QString m_title;
    QToolButton* m_fold = nullptr; ///< none without a title
    LogText* m_view;
    QString m_shown; ///< of the text followed, as it was, not as it is drawn
    bool m_noted = false;
};

} // namespace lavascope
