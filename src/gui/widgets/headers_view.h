// SPDX-License-Identifier: MIT
#pragma once

#include "gui/widgets/searchable.h"

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
class HeadersView : public QWidget, public Searchable {
    Q_OBJECT

public:
    explicit HeadersView(QWidget* parent = nullptr);

    /// What becomes of every text before it is shown.
    void setTextFilter(std::function<QString(const QString&)> filter);

    void clear();
    /// Of the latest attempt; bodies are not looked at.
    void showCall(const RedactedRecording& call);

    void startSearch(const SearchPattern& pattern) override;
    bool searchOn(const QDeadlineTimer& until) override;
    [[nodiscard]] SearchState searchState() const override { return m_matches.state(); }
    bool showMatch(SearchStep step) override;
    void leaveMatch() override;

private:
    struct Half {
        QWidget* box = nullptr;
        QLineEdit* line = nullptr;
        QPushButton* copy = nullptr;
        QTableView* table = nullptr;
        HeaderTableModel* model = nullptr;
        QString text; ///< line and fields, for the clipboard
    };
    /// A place that can match: the first line of a half, or a row of its table.
    struct Place {
        const Half* half = nullptr;
        int row = -1; ///< -1: the first line
    };
    Half buildHalf(const QString& name, const QString& title);
    [[nodiscard]] std::vector<Place> places() const;
    [[nodiscard]] static QString textOf(const Place& place);
    void leaveMark() const;
    void show(Half& half, const QString& line, const Headers& whole) const;

    std::function<QString(const QString&)> m_filter = [](const QString& text) { return text; };
    Half m_request;
    Half m_answer;
    SearchPattern m_pattern;
    MatchList m_matches;
    bool m_isSearched = false;
    qint64 m_place = 0; ///< of the match shown last
};

} // namespace lavascope
