// SPDX-License-Identifier: MIT
#include "core/diagnosis/retry_waits.h"

#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>

namespace lavascope {

using namespace std::chrono_literals;
using std::chrono::microseconds;

namespace {

/// Timers go off a little early (those of Qt by up to 5 %), and the answer was stamped on this side.
[[nodiscard]] microseconds slackFor(microseconds asked) {
    return std::max<microseconds>(20ms, asked / 20);
}

/// Whether a wait is as long as a rule says, but for what timers and this computer add.
[[nodiscard]] bool isAbout(microseconds length, double expected) {
    constexpr double share = 0.02;
    constexpr double least = 10'000; // µs
    return std::abs(double(length.count()) - expected) <= std::max(least, expected * share);
}

[[nodiscard]] bool isConstant(const QList<RetryWait>& waits) {
    const auto [least, most] =
        std::minmax_element(waits.begin(), waits.end(),
                            [](const RetryWait& a, const RetryWait& b) { return a.length < b.length; });
    return most->length - least->length <= std::max<microseconds>(15ms, least->length / 10);
}

[[nodiscard]] bool followsFactor(const QList<RetryWait>& waits, double factor) {
    double expected = double(waits.constFirst().length.count());
    return std::all_of(waits.begin(), waits.end(), [&](const RetryWait& wait) {
        const bool fits = isAbout(wait.length, expected);
        // From the wait before, or the slack of the first would grow with the rest.
        expected = double(wait.length.count()) * factor;
        return fits;
    });
}

[[nodiscard]] bool followsStep(const QList<RetryWait>& waits) {
    const double first = double(waits.constFirst().length.count());
    double count = 0;
    return std::all_of(waits.begin(), waits.end(),
                       [&](const RetryWait& wait) { return isAbout(wait.length, first * ++count); });
}

[[nodiscard]] bool followsRule(const QList<RetryWait>& waits) {
    constexpr auto factors = std::to_array<double>({1, 1.5, 2, 3, 10});
    return followsStep(waits) || std::any_of(factors.begin(), factors.end(),
                                             [&](double factor) { return followsFactor(waits, factor); });
}

/// Many waits, and the last two together are no longer than the first two.
[[nodiscard]] bool staysLow(const QList<RetryWait>& waits) {
    constexpr qsizetype enoughForATrend = 5;
    if (waits.size() < enoughForATrend)
        return false;
    const qsizetype last = waits.size() - 1;
    return waits[last].length + waits[last - 1].length <= waits[0].length + waits[1].length;
}

} // namespace

bool RetryWait::isEarly() const {
    return asked && !isUseless && length + slackFor(*asked) < *asked;
}

QList<RetryWait> waitsOf(const RetryExchange& exchange) {
    QList<RetryWait> waits;
    const QList<RetryTry>& tries = exchange.tries;
    microseconds lastEnd{0}; // of all earlier answers, in one pass: a hammering client has many
    bool isDue = false;
    for (qsizetype index = 1; index < tries.size(); ++index) {
        const RetryTry& before = tries[index - 1];
        RetryWait wait;
        wait.number = int(index) + 1;
        isDue = isDue || before.ending == RetryTry::Ending::Open;
        lastEnd = index == 1 ? before.endedAt : std::max(lastEnd, before.endedAt);
        wait.overlaps = isDue || lastEnd > tries[index].arrivedAt;
        if (!wait.overlaps) {
            wait.length = std::max(microseconds(0), tries[index].arrivedAt - before.endedAt);
            wait.asked = before.retryAfter;
            wait.isUseless = before.failedForGood();
        }
        waits.append(wait);
    }
    return waits;
}

QList<RetryWait> ownWaits(const QList<RetryWait>& waits, OwnWaits which) {
    QList<RetryWait> own;
    std::copy_if(waits.begin(), waits.end(), std::back_inserter(own), [&](const RetryWait& wait) {
        const bool atOnce = wait.asked && *wait.asked == 0ms;
        return !wait.overlaps && !wait.isUseless && !atOnce &&
               (!wait.asked || which == OwnWaits::AlsoWhereAsked);
    });
    return own;
}

microseconds meanOf(const QList<RetryWait>& waits) {
    microseconds sum{0};
    for (const RetryWait& wait : waits)
        sum += wait.length;
    return waits.isEmpty() ? sum : microseconds(sum.count() / waits.size());
}

WaitPattern patternOf(const QList<RetryWait>& waits) {
    Q_ASSERT(waits.size() >= fewestForPattern);
    WaitPattern pattern;
    pattern.grows = !isConstant(waits) && !staysLow(waits);
    pattern.isRegular = followsRule(waits);
    return pattern;
}

bool comeInStep(const RetryExchange& one, const RetryExchange& other) {
    constexpr microseconds sameMoment = 15ms;
    constexpr microseconds realPause = 100ms; // closer together, all is chance
    constexpr int enough = 2;
    int together = 0;
    for (const RetryWait& wait : waitsOf(one)) {
        if (wait.length < realPause)
            continue;
        const microseconds moment = one.tries[wait.number - 1].arrivedAt;
        const bool isMet = std::any_of(other.tries.begin(), other.tries.end(), [&](const RetryTry& each) {
            return &each != &other.tries.constFirst() && each.arrivedAt - moment < sameMoment &&
                   moment - each.arrivedAt < sameMoment;
        });
        together += isMet ? 1 : 0;
    }
    return together >= enough;
}

QString pauseText(microseconds time) {
    constexpr double second = 1'000'000;
    constexpr double tenSeconds = 10;
    const double seconds = double(time.count()) / second;
    const double digits = seconds < tenSeconds ? 1000.0 : 10.0;
    return QStringLiteral("%1 s").arg(std::round(seconds * digits) / digits);
}

QString laterText(const RetryWait& wait) {
    return wait.overlaps ? QStringLiteral("before that answer had ended")
                         : QStringLiteral("%1 later").arg(pauseText(wait.length));
}

QString listText(const QList<RetryWait>& waits) {
    constexpr qsizetype mostShown = 8;
    QStringList texts;
    for (const RetryWait& wait : waits.first(std::min(mostShown, waits.size())))
        texts.append(pauseText(wait.length));
    if (waits.size() > mostShown)
        texts.append(QStringLiteral("…"));
    return texts.join(QStringLiteral(", "));
}

QString answerText(const RetryTry& each) {
    switch (each.ending) {
    case RetryTry::Ending::Open:
        return QStringLiteral("not yet answered");
    case RetryTry::Ending::Dropped:
        return QStringLiteral("connection closed without an answer");
    case RetryTry::Ending::CutOff:
        return QStringLiteral("%1, cut off").arg(each.status);
    case RetryTry::Ending::ClientLeft:
        return each.status == 0 ? QStringLiteral("no answer, the client left")
                                : QStringLiteral("%1, the client left").arg(each.status);
    case RetryTry::Ending::Whole:
        break;
    }
    return QString::number(each.status);
}

} // namespace lavascope
