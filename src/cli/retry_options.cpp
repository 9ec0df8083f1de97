// SPDX-License-Identifier: MIT
#include "cli/retry_options.h"

#include "core/diagnosis/rate_limits.h"
#include "session/run.h"

#include <CLI/CLI.hpp>

#include <cmath>
#include <cstdlib>

namespace lavascope {

namespace {

constexpr int mostRetries = 20;
constexpr double leastPause = 0.001; // without any pause it would be hammering
constexpr double mostBase = 60;
constexpr double mostCap = 86'400;

std::chrono::milliseconds inMilliseconds(double seconds) {
    return std::chrono::round<std::chrono::milliseconds>(std::chrono::duration<double>(seconds));
}

/// CLI::Range lets through what is no number.
const CLI::Validator aNumber(
    [](std::string& text) {
        return std::isfinite(std::strtod(text.c_str(), nullptr)) ? std::string() : "no number: " + text;
    },
    "");

QString pause(std::chrono::milliseconds left) {
    constexpr auto aMinute = std::chrono::minutes(1);
    if (left >= aMinute)
        return spanInWords(left);
    return QStringLiteral("%1 s").arg(std::chrono::duration<double>(left).count(), 0, 'f', 1);
}

QString doubt(BillingDoubt doubt) {
    switch (doubt) {
    case BillingDoubt::AnswerBegan:
        return QStringLiteral("an answer had begun, so it may have been billed");
    case BillingDoubt::NotAnswered:
        return QStringLiteral("the request went out and no answer came, so it may have been billed");
    case BillingDoubt::Untold:
        return QStringLiteral("nothing tells whether it was carried out, so it may have been billed");
    case BillingDoubt::None:
        break;
    }
    return {};
}

} // namespace

void RetryOptions::declare(CLI::App& app) {
    auto* retry =
        app.add_option("--retry", m_retries, "Try again up to N times where that can help; never by default")
            ->check(CLI::Range(0, mostRetries))
            ->type_name("N");
    app.add_option("--retry-base", m_base,
                   "From how many seconds the pauses grow, where the server names none")
        ->check(aNumber)
        ->check(CLI::Range(leastPause, mostBase))
        ->capture_default_str()
        ->needs(retry)
        ->type_name("SECONDS");
    app.add_option("--retry-cap", m_cap,
                   "The longest pause; if the server asks for a longer one, there is no try by itself")
        ->check(aNumber)
        ->check(CLI::Range(leastPause, mostCap))
        ->capture_default_str()
        ->needs(retry)
        ->type_name("SECONDS");
}

RetryPolicy RetryOptions::policy() const {
    return {.base = inMilliseconds(m_base), .cap = inMilliseconds(m_cap), .maxRetries = m_retries};
}

QString nextTryNote(const Run& run) {
    const RetryPlan plan = run.retryPlan();
    return QStringLiteral("%1; trying again in %2 (%3 of %4)…")
        .arg(run.diagnosis()->title, pause(run.waitLeft()))
        .arg(plan.nextTry)
        .arg(plan.lastByItself);
}

QString whyNotTriedAgain(const Run& run) {
    const RetryPlan plan = run.retryPlan();
    switch (plan.obstacle) {
    case RetryPlan::Obstacle::Doubt:
        return QStringLiteral("Not tried again: %1.").arg(doubt(plan.doubt));
    case RetryPlan::Obstacle::TooLong:
        return QStringLiteral(
                   "Not tried again: the server wants a longer pause than the %1 that are waited here "
                   "at most (--retry-cap). Run the command again after that time.")
            .arg(spanInWords(plan.cap));
    case RetryPlan::Obstacle::UsedUp:
        return QStringLiteral("All %1 tries failed.").arg(plan.lastByItself);
    case RetryPlan::Obstacle::None:
        break;
    }
    return {};
}

} // namespace lavascope
