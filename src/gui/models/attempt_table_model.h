// SPDX-License-Identifier: MIT
#pragma once

#include <QAbstractTableModel>

namespace lavascope {

class AttemptHistory;
struct KeptAttempt;
struct PlannedAttempt;

/// The tries of a request as rows, and below them those that are planned.
class AttemptTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Number, Answer, Waited, Took, Judgement, ColumnCount };

    explicit AttemptTableModel(const AttemptHistory& history, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void follow();

    const AttemptHistory& m_history;
    int m_rows = 0;
};

/// What a try got, in a few words: `429 Too Many Requests`, `connection refused`.
[[nodiscard]] QString answerWords(const KeptAttempt& kept);
/// What became of it: the diagnosis in one line, or that it succeeded, was stopped, or runs.
[[nodiscard]] QString judgementWords(const KeptAttempt& kept);
/// The pause before a try: `12 s`, `12 s, by hand`; of one that is planned `up to 2 s`.
[[nodiscard]] QString pauseWords(const KeptAttempt& kept);
[[nodiscard]] QString pauseWords(const PlannedAttempt& planned);

} // namespace lavascope
