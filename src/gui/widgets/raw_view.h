// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QDeadlineTimer;
class QLabel;

namespace lavascope {

class BodyView;
class Searchable;
struct Attempt;

/// The body as it came, all of it, with a line that says how much it is and where the cursor stands.
class RawView : public QWidget {
    Q_OBJECT

public:
    explicit RawView(QWidget* parent = nullptr);

    void clear();
    /// Takes in more of this attempt's body until then; true if there is more to do. Between two calls of
    /// clear() it must be the same attempt.
    bool pull(const Attempt& attempt, const QDeadlineTimer& until);
    [[nodiscard]] qint64 bytesTakenIn() const; ///< since clear()
    [[nodiscard]] Searchable* search() const;

private:
    void showSummary();

    QLabel* m_summary;
    BodyView* m_body;
    size_t m_pieces = 0;
};

} // namespace lavascope
