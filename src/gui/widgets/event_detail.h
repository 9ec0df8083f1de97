// SPDX-License-Identifier: MIT
#pragma once

#include "core/json/elide.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QDeadlineTimer;
class QLabel;
class QPushButton;

namespace lavascope {

class LogText;
class StreamReader;

/// The data of one event, indented if they are JSON. Long strings in them are shown by their beginning, and
/// can be copied and saved whole.
class EventDetail : public QWidget {
    Q_OBJECT

public:
    explicit EventDetail(QWidget* parent = nullptr);

    /// The event, drawn by pull(). The reader must outlive its use here.
    void setEvent(const StreamReader& reader, qsizetype event);
    void clear();
    /// Draws what can be drawn until then; true if there is more to draw.
    bool pull(const QDeadlineTimer& until);

Q_SIGNALS:
    void saveWanted(const QByteArray& bytes, const QString& suggestedName);

private:
    QWidget* buildBar();
    void takeText();
    void showChosen();
    [[nodiscard]] QByteArray chosenString() const;

    QWidget* m_bar;
    QLabel* m_count;
    QComboBox* m_which;
    QPushButton* m_copy;
    QPushButton* m_save;
    LogText* m_text;
    const StreamReader* m_reader = nullptr;
    qsizetype m_event = 0;
    std::optional<json::ElidedPrint> m_print; ///< while the data are looked through
    std::vector<json::ElidedString> m_strings;
    QString m_pending; ///< not drawn yet
};

} // namespace lavascope
