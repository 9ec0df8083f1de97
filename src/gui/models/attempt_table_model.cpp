// SPDX-License-Identifier: MIT
#include "gui/models/attempt_table_model.h"

#include "core/base/visible_text.h"
#include "core/diagnosis/rate_limits.h"
#include "gui/models/attempt_history.h"
#include "gui/units.h"

#include <array>

namespace lavascope {

namespace {

using Row = std::array<QString, AttemptTableModel::ColumnCount>;

Row rowOf(const KeptAttempt& kept) {
    return {QString::number(kept.number), answerWords(kept), pauseWords(kept),
            kept.took ? milliseconds(*kept.took) : AttemptTableModel::tr("running"), judgementWords(kept)};
}

Row rowOf(const PlannedAttempt& planned) {
    return {QString::number(planned.number), AttemptTableModel::tr("planned"), pauseWords(planned), QString(),
            planned.byItself ? AttemptTableModel::tr("starts by itself")
                             : AttemptTableModel::tr("when you say so")};
}

} // namespace

QString answerWords(const KeptAttempt& kept) {
    constexpr qsizetype longestReason = 60;
    if (kept.attempt.status > 0)
        return withVisibleChips(QStringLiteral("%1 %2")
                                    .arg(kept.attempt.status)
                                    .arg(QString::fromLatin1(kept.attempt.reason.left(longestReason)))
                                    .trimmed());
    if (!kept.attempt.ending)
        return AttemptTableModel::tr("no answer yet");
    return QString::fromLatin1(endReasonName(kept.attempt.ending->reason))
        .replace(QLatin1Char('_'), QLatin1Char(' '));
}

QString judgementWords(const KeptAttempt& kept) {
    switch (kept.state) {
    case KeptAttempt::State::Running:
        return AttemptTableModel::tr("… running");
    case KeptAttempt::State::Good:
        return AttemptTableModel::tr("✓ succeeded");
    case KeptAttempt::State::Stopped:
        return AttemptTableModel::tr("■ stopped by you");
    case KeptAttempt::State::Failed:
        break;
    }
    return QStringLiteral("✕ ") +
           (kept.diagnosis ? withVisibleChips(kept.diagnosis->title) : AttemptTableModel::tr("failed"));
}

QString pauseWords(const KeptAttempt& kept) {
    if (kept.number == 1)
        return QStringLiteral("–");
    return kept.byHand ? AttemptTableModel::tr("%1, by hand").arg(milliseconds(kept.waited))
                       : milliseconds(kept.waited);
}

QString pauseWords(const PlannedAttempt& planned) {
    const QString span = spanInWords(planned.pause);
    return planned.isExact ? AttemptTableModel::tr("%1, as asked").arg(span)
                           : AttemptTableModel::tr("up to %1").arg(span);
}

AttemptTableModel::AttemptTableModel(const AttemptHistory& history, QObject* parent)
    : QAbstractTableModel(parent)
    , m_history(history) {
    connect(&history, &AttemptHistory::changed, this, &AttemptTableModel::follow);
    follow();
}

// Rows keep their place while they change, so that the one that is chosen stays chosen.
void AttemptTableModel::follow() {
    const int before = m_rows;
    const auto now = int(m_history.attempts().size() + m_history.planned().size());
    if (now > before)
        beginInsertRows({}, before, now - 1);
    else if (now < before)
        beginRemoveRows({}, now, before - 1);
    m_rows = now;
    if (now > before)
        endInsertRows();
    else if (now < before)
        endRemoveRows();
    if (const int kept = qMin(before, now); kept > 0)
        Q_EMIT dataChanged(index(0, 0), index(kept - 1, ColumnCount - 1));
}

int AttemptTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : m_rows;
}

int AttemptTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant AttemptTableModel::data(const QModelIndex& index, int role) const {
    const auto made = int(m_history.attempts().size());
    const auto known = made + int(m_history.planned().size());
    if (!index.isValid() || index.row() >= known)
        return {};
    const Row row = index.row() < made ? rowOf(m_history.attempts()[size_t(index.row())])
                                       : rowOf(m_history.planned()[size_t(index.row() - made)]);
    const QString& text = row[size_t(index.column())];
    if (role == Qt::DisplayRole)
        return text;
    if (role == Qt::AccessibleTextRole)
        return QStringLiteral("%1: %2").arg(
            headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString(), text);
    return {};
}

QVariant AttemptTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number:
        return tr("Try");
    case Answer:
        return tr("Answer");
    case Waited:
        return tr("Waited");
    case Took:
        return tr("Took");
    case Judgement:
        return tr("What became of it");
    default:
        return {};
    }
}

} // namespace lavascope
