// SPDX-License-Identifier: MIT
#include "sandbox/sandbox_config.h"

#include <QLocale>

#include <cmath>

namespace lavascope {

namespace {

constexpr int lowestStatus = 400;
constexpr int highestStatus = 599;

[[nodiscard]] tl::unexpected<Error> unfit(const QString& what) {
    return fail(QStringLiteral("fault_invalid"), what, faultHelp());
}

[[nodiscard]] std::optional<int> countIn(const QString& text) {
    bool fits = false;
    const int number = text.toInt(&fits);
    return fits && number >= 0 ? std::optional(number) : std::nullopt;
}

[[nodiscard]] Result<void> takeOption(FaultSpec& fault, const QString& option) {
    const qsizetype equals = option.indexOf(QLatin1Char('='));
    const QString name = option.left(equals).trimmed();
    const QString value = equals < 0 ? QString() : option.mid(equals + 1).trimmed();
    if (name == QLatin1String("times")) {
        const std::optional<int> times = countIn(value);
        if (!times || *times == 0) {
            return unfit(QStringLiteral("`times` takes a whole number from 1, not `%1`.").arg(value));
        }
        fault.times = *times;
        return {};
    }
    if (name == QLatin1String("after") && fault.kind == FaultSpec::Kind::Cut) {
        const std::optional<int> events = countIn(value);
        if (!events) {
            return unfit(
                QStringLiteral("`after` takes a whole number of events from 0, not `%1`.").arg(value));
        }
        fault.afterEvents = *events;
        return {};
    }
    if (name == QLatin1String("retry_after") && fault.kind == FaultSpec::Kind::Status) {
        bool fits = false;
        const double seconds = value.toDouble(&fits);
        constexpr double aDay = 86'400;
        if (!fits || !std::isfinite(seconds) || seconds < 0 || seconds > aDay) {
            return unfit(QStringLiteral("`retry_after` takes seconds from 0 to 86400, not `%1`.").arg(value));
        }
        fault.retryAfter = std::chrono::milliseconds(std::llround(seconds * 1000));
        return {};
    }
    return unfit(QStringLiteral("`%1` is no option of this fault.").arg(name));
}

} // namespace

Result<FaultSpec> parseFault(const QString& text) {
    const QString trimmed = text.trimmed();
    const qsizetype colon = trimmed.indexOf(QLatin1Char(':'));
    const QString kind = (colon < 0 ? trimmed : trimmed.left(colon)).trimmed().toLower();
    FaultSpec fault;
    if (kind == QLatin1String("cut")) {
        fault.kind = FaultSpec::Kind::Cut;
    } else if (kind == QLatin1String("hang")) {
        fault.kind = FaultSpec::Kind::Hang;
    } else if (kind == QLatin1String("drop")) {
        fault.kind = FaultSpec::Kind::Drop;
    } else {
        const std::optional<int> status = countIn(kind);
        if (!status || *status < lowestStatus || *status > highestStatus) {
            return unfit(
                QStringLiteral("`%1` is neither a status from 400 to 599 nor `cut`, `hang` or `drop`.")
                    .arg(kind));
        }
        fault.status = *status;
    }
    if (colon < 0) {
        return fault;
    }
    const QStringList options = trimmed.mid(colon + 1).split(QLatin1Char(','));
    for (const QString& option : options) {
        if (const Result<void> taken = takeOption(fault, option); !taken) {
            return tl::unexpected(taken.error());
        }
    }
    return fault;
}

QString faultHelp() {
    return QStringLiteral(
        "A fault is KIND[:option=value,…]:\n"
        "  STATUS  answer with this status, 400 to 599, e.g. 503\n"
        "          retry_after=SECONDS  send Retry-After as well, e.g. 429:retry_after=3\n"
        "  cut     break the answer off; after=N lets N events out first (3 unless told)\n"
        "  hang    take the request and never answer\n"
        "  drop    take the request and close the connection without an answer\n"
        "Every fault takes times=N: it hits N requests and is gone; without it, it hits all.\n"
        "Several faults are used up in their order.");
}

Result<FaultSpec> parseCoachStep(const QString& text) {
    constexpr int usualTimes = 3;
    constexpr int mostTimes = 100;
    Result<FaultSpec> step = parseFault(text);
    if (!step) {
        return step;
    }
    if (step->times > mostTimes) {
        return fail(QStringLiteral("coach_invalid"),
                    QStringLiteral("The retry coach lets a call fail %1 times at most, not %2.")
                        .arg(mostTimes)
                        .arg(step->times),
                    coachHelp());
    }
    if (step->times < 0) {
        step->times = usualTimes;
    }
    return step;
}

QString coachHelp() {
    return QStringLiteral("The retry coach lets the first tries of every call fail (a fault as above; times "
                          "is 3 unless told),\n"
                          "then answers, and says how the client tried again: waited as asked, growing, at "
                          "random, or hammered.\n"
                          "A call is told by credential, method, URL and body. It is over when an answer "
                          "came, or when the client\n"
                          "stays away: 15 s and four times the longest wait it was asked for or has shown.");
}

QString secondsText(std::chrono::milliseconds time) {
    return QString::number(static_cast<double>(time.count()) / 1000.0, 'g', QLocale::FloatingPointShortest);
}

QString faultText(const FaultSpec& fault) {
    QString kind = QString::number(fault.status);
    QStringList options;
    if (fault.kind == FaultSpec::Kind::Cut) {
        kind = QStringLiteral("cut");
        options << QStringLiteral("after=%1").arg(fault.afterEvents);
    } else if (fault.kind == FaultSpec::Kind::Hang) {
        kind = QStringLiteral("hang");
    } else if (fault.kind == FaultSpec::Kind::Drop) {
        kind = QStringLiteral("drop");
    }
    if (fault.times >= 0) {
        options << QStringLiteral("times=%1").arg(fault.times);
    }
    if (fault.retryAfter) {
        options << QStringLiteral("retry_after=%1").arg(secondsText(*fault.retryAfter));
    }
    return options.isEmpty() ? kind : kind + QLatin1Char(':') + options.join(QLatin1Char(','));
}

} // namespace lavascope
