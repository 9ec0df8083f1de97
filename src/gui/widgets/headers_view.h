// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

#include <functional>

class QLineEdit;
class QPushButton;
class QTableView;

namespace lavascope {

class HeaderTableModel;
class Headers;
class RedactedRecording;

/// What was sent and what came before the body: request line and fields, status line and fields.
class HeadersView : public QWidget {
    Q_OBJECT

public:
    explicit HeadersView(QWidget* parent = nullptr);

    /// What becomes of every text before it is shown.
    void setTextFilter(std::function<QString(const QString&)> filter);

    void clear();
    /// Of the latest attempt; bodies are not looked at.
    void showCall(const RedactedRecording& call);

private:
    struct Half {
        QWidget* box = nullptr;
        QLineEdit* line = nullptr;
        QPushButton* copy = nullptr;
        QTableView* table = nullptr;
        HeaderTableModel* model = nullptr;
        QString text; ///< line and fields, for the clipboard
    };
    Half buildHalf(const QString& name, const QString& title);
    void show(Half& half, const QString& line, const Headers& whole) const;

    std::function<QString(const QString&)> m_filter = [](const QString& text) { return text; };
    Half m_request;
    Half m_answer;
};

} // namespace lavascope
