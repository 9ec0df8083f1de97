// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/finding.h"

#include <vector>

namespace lavascope {

/// The steps in which a credential is read; a finding names the one that failed.
enum class Step { Wrapping, Prefix, Base64, Utf8, Json, Shape, Values };

/// The remarks on one credential, in the order of reading. It ends after a hundred: nobody reads more, and a
/// hostile paste must not make a million.
class FindingList {
public:
    /// `sentence` must hold no secret. Shown with the step in front: `Values: customer_id is a number.`
    void add(Severity severity, Step step, const QString& code, const QString& sentence, const QString& fix,
             std::optional<ByteRange> range);

    void add(Severity severity, Step step, const char* code, const QString& sentence, const QString& fix,
             std::optional<ByteRange> range) {
        add(severity, step, QString::fromLatin1(code), sentence, fix, range);
    }

    [[nodiscard]] bool hasError() const { return !m_reason.isEmpty(); }
    /// The sentence of the first error, without step and full stop; empty if there is none.
    [[nodiscard]] const QString& reason() const { return m_reason; }
    /// The step of the first error; Wrapping if there is none.
    [[nodiscard]] Step failedStep() const { return m_failedStep; }
    [[nodiscard]] std::vector<Finding> take() { return std::move(m_findings); }

private:
    std::vector<Finding> m_findings;
    QString m_reason;
    Step m_failedStep = Step::Wrapping;
};

} // namespace lavascope
