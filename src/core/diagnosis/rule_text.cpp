// SPDX-License-Identifier: MIT
#include "core/diagnosis/facts.h"

namespace lavascope {

namespace {

/// What a placeholder stands for; each reads well in a sentence even where nothing is known.
QString meaningOf(const QString& placeholder, const Facts& facts, const Finding* remark) {
    constexpr qsizetype limit = 200;
    if (placeholder == QLatin1String("status"))
        return QString::number(facts.status());
    if (placeholder == QLatin1String("provider"))
        return facts.target().isEmpty() ? QStringLiteral("the provider") : facts.target();
    if (placeholder == QLatin1String("host"))
        return facts.host().isEmpty() ? QStringLiteral("the gateway") : facts.host();
    if (placeholder == QLatin1String("detail")) {
        const std::optional<Ending>& ending = facts.outcome().ending;
        return ending ? facts.harmless(ending->detail, limit) : QString();
    }
    if (placeholder == QLatin1String("headline"))
        return facts.harmless(facts.credentialHeadline(), limit);
    if (placeholder == QLatin1String("remark"))
        return remark ? remark->message : QString();
    if (placeholder == QLatin1String("fix"))
        return remark ? remark->fix : QString();
    return {};
}

} // namespace

QStringList placeholderNames() {
    return {QStringLiteral("status"), QStringLiteral("provider"), QStringLiteral("host"),
            QStringLiteral("detail"), QStringLiteral("headline"), QStringLiteral("remark"),
            QStringLiteral("fix")};
}

// What is filled in is never looked at again.
QString filled(const QString& words, const Facts& facts, const Finding* remark) {
    static const QRegularExpression placeholder(QStringLiteral(R"(\{([a-z]+)\})"));
    QString out;
    qsizetype at = 0;
    auto found = placeholder.globalMatch(words);
    while (found.hasNext()) {
        const QRegularExpressionMatch match = found.next();
        out += QStringView(words).sliced(at, match.capturedStart() - at);
        out += meaningOf(match.captured(1), facts, remark);
        at = match.capturedEnd();
    }
    out += QStringView(words).sliced(at);
    return out.simplified();
}

} // namespace lavascope
