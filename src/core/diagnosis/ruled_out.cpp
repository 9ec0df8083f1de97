// SPDX-License-Identifier: MIT
#include "core/diagnosis/facts.h"

#include <QSet>

#include <algorithm>

namespace lavascope {

namespace {

constexpr qsizetype mostNamed = 4;

/// How many statuses the rule is for: the fewer, the more it is about this one.
int width(const Match& match) {
    int statuses = 0;
    for (const StatusRange& range : match.statuses)
        statuses += range.last - range.first + 1;
    return statuses;
}

/// Rules for whole classes of statuses are what is left, not what something looks like.
bool isForThisStatus(const Match& match, int status) {
    constexpr int widest = 20;
    return std::any_of(match.statuses.begin(), match.statuses.end(), [&](const StatusRange& range) {
        return status >= range.first && status <= range.last && range.last - range.first <= widest;
    });
}

struct LookAlike {
    const DiagnosisRules::Rule* rule = nullptr;
    WhyNot why;
};

/// Only what would ask for something else is worth ruling out.
bool wouldAskForSomethingElse(const DiagnosisRules::Rule& rule, const DiagnosisRules::Rule& hit) {
    return rule.kind != hit.kind && (rule.fault != hit.fault || rule.retry != hit.retry);
}

} // namespace

QStringList ruledOut(const DiagnosisRules& rules, const DiagnosisRules::Rule& hit, const Facts& facts) {
    if (facts.status() < 400)
        return {};
    std::vector<LookAlike> found;
    for (const auto& rule : rules.rules()) {
        if (!isForThisStatus(rule->match, facts.status()) || !wouldAskForSomethingElse(*rule, hit) ||
            !rule->match.request.isEmpty())
            continue;
        if (WhyNot why = whyNot(rule->match, facts); !why.words.isEmpty())
            found.push_back({rule.get(), std::move(why)});
    }
    // What is still open comes first, then what is nearest.
    std::stable_sort(found.begin(), found.end(), [](const LookAlike& a, const LookAlike& b) {
        if (a.why.cannotTell != b.why.cannotTell)
            return a.why.cannotTell;
        return width(a.rule->match) < width(b.rule->match);
    });
    QStringList lines;
    QSet<QString> kinds;
    for (const auto& [rule, why] : found) {
        if (lines.size() == mostNamed)
            break;
        if (kinds.contains(rule->kind))
            continue;
        kinds.insert(rule->kind);
        const QString title = filled(rule->title, facts);
        lines += why.cannotTell ? QStringLiteral("Not ruled out: %1; %2").arg(title, why.words)
                                : QStringLiteral("Ruled out: %1; %2").arg(title, why.words);
    }
    return lines;
}

} // namespace lavascope
