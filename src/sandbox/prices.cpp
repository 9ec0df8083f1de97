// SPDX-License-Identifier: MIT
#include "sandbox/prices.h"

#include <algorithm>
#include <array>

namespace lavascope {

namespace {

constexpr qint64 dollar = 1'000'000;
constexpr qint64 mostTokens = 1'000'000'000; // more than this is a provider's mistake, not a bill

struct ListedPrice {
    const char* prefix;
    Price price;
};

// The longer of two prefixes comes first.
constexpr auto listed = std::to_array<ListedPrice>({
    {"gpt-4o-mini", {dollar * 15 / 100, dollar * 60 / 100}},
    {"gpt-4o", {dollar * 5 / 2, dollar * 10}},
    {"gpt-4.1-mini", {dollar * 40 / 100, dollar * 160 / 100}},
    {"gpt-4.1", {dollar * 2, dollar * 8}},
    {"claude-3-5-haiku", {dollar * 80 / 100, dollar * 4}},
    {"claude-opus", {dollar * 15, dollar * 75}},
    {"claude", {dollar * 3, dollar * 15}},
    {"gemini-2.5-pro", {dollar * 125 / 100, dollar * 10}},
    {"gemini", {dollar * 30 / 100, dollar * 5 / 2}},
    {"text-embedding", {dollar * 2 / 100, 0}},
});
constexpr Price unlisted = {dollar, dollar * 3};

} // namespace

Price priceOf(const QString& model) {
    const auto* found = std::find_if(listed.begin(), listed.end(), [&](const ListedPrice& entry) {
        return model.startsWith(QLatin1String(entry.prefix), Qt::CaseInsensitive);
    });
    return found == listed.end() ? unlisted : found->price;
}

qint64 tokenCost(qint64 tokens, qint64 microsPerMillion) {
    constexpr qint64 million = 1'000'000;
    const qint64 product = std::clamp<qint64>(tokens, 0, mostTokens) *
                           std::clamp<qint64>(microsPerMillion, 0, highestPriceMicros);
    return (product + million - 1) / million;
}

qint64 meterCharge(const SandboxMeter& meter, qint64 tokens, qint64 providerCost) {
    if (meter.microsPerRequest == 0 && meter.microsPerMillionTokens == 0) {
        return providerCost;
    }
    return meter.microsPerRequest + tokenCost(tokens, meter.microsPerMillionTokens);
}

} // namespace lavascope
