// SPDX-License-Identifier: MIT
#include "core/token/finding_list.h"

namespace lavascope {

namespace {

constexpr size_t mostFindings = 100;

QLatin1String nameOf(Step step) {
    switch (step) {
    case Step::Prefix:
        return QLatin1String("Prefix: ");
    case Step::Base64:
        return QLatin1String("Base64: ");
    case Step::Utf8:
        return QLatin1String("UTF-8: ");
    case Step::Json:
        return QLatin1String("JSON: ");
    case Step::Shape:
        return QLatin1String("Shape: ");
    case Step::Values:
        return QLatin1String("Values: ");
    case Step::Wrapping:
        break;
    }
    return {};
}

} // namespace

void FindingList::add(Severity severity, Step step, const QString& code, const QString& sentence,
                      const QString& fix, std::optional<ByteRange> range) {
    if (severity == Severity::Error && m_reason.isEmpty()) {
        m_reason = sentence.endsWith(QLatin1Char('.')) ? sentence.chopped(1) : sentence;
        m_failedStep = step;
    }
    if (m_findings.size() < mostFindings)
        m_findings.push_back({severity, code, nameOf(step) + sentence, fix, range});
    else if (m_findings.size() == mostFindings)
        m_findings.push_back({Severity::Note,
                              QStringLiteral("more_findings"),
                              QStringLiteral("More was found than is worth listing."),
                              {},
                              range});
}

} // namespace lavascope
