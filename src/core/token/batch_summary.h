// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/batch.h"

#include <QHash>
#include <QSet>

namespace lavascope {

/// How often something occurs in a batch.
struct BatchCount {
    QString name;
    qint64 count = 0;
};

/// What a batch amounts to: how many of which kind, per customer, and why the broken ones are broken.
class BatchSummary {
public:
    void add(const TokenReport& report);

    [[nodiscard]] qint64 total() const { return m_total; }
    [[nodiscard]] qint64 usable() const { return m_usable; }
    [[nodiscard]] qint64 broken() const { return m_total - m_usable; }
    [[nodiscard]] qint64 live() const { return m_live; }
    [[nodiscard]] qint64 test() const { return m_test; }
    /// Different secret keys, told apart by fingerprint.
    [[nodiscard]] qint64 distinctKeys() const { return m_keys.size(); }
    /// Most frequent first; with equal counts in the order of names. `kinds` and `reasons` are words of the
    /// JSON contract: of a broken credential the code of its first error counts.
    [[nodiscard]] std::vector<BatchCount> kinds() const { return sorted(m_kinds); }
    [[nodiscard]] std::vector<BatchCount> customers() const { return sorted(m_customers); }
    [[nodiscard]] std::vector<BatchCount> reasons() const { return sorted(m_reasons); }
    /// The sentence of the first error that had this code.
    [[nodiscard]] QString sentenceOf(const QString& reason) const { return m_sentences.value(reason); }
    /// `12 credentials: 9 live, 2 test; 1 broken.`
    [[nodiscard]] QString headline() const;

private:
    [[nodiscard]] static std::vector<BatchCount> sorted(const QHash<QString, qint64>& counts);

    qint64 m_total = 0;
    qint64 m_usable = 0;
    qint64 m_live = 0;
    qint64 m_test = 0;
    QSet<QString> m_keys;
    QHash<QString, qint64> m_kinds;
    QHash<QString, qint64> m_customers;
    QHash<QString, qint64> m_reasons;
    QHash<QString, QString> m_sentences;
};

/// The first record of a batch's CSV, and one for each credential: nothing secret, and no cell that a
/// spreadsheet would take for a formula.
[[nodiscard]] QByteArray batchCsvTitles();
[[nodiscard]] QByteArray batchCsvRecord(const BatchItem& item);

} // namespace lavascope
