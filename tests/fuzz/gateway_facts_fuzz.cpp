// SPDX-License-Identifier: MIT
#include "check.h"
#include "core/base/visible_text.h"
#include "core/token/gateway_facts.h"

using namespace lavascope;

namespace {

// A sentence is one line, whatever the gateway says, and steers nothing.
void checkSentence(const QString& sentence) {
    FUZZ_CHECK(sentence.endsWith(QLatin1Char('.')));
    FUZZ_CHECK(!sentence.contains(QLatin1Char('\n')));
    FUZZ_CHECK(withVisibleChips(sentence) == sentence);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const QByteArray body(reinterpret_cast<const char*>(data), qsizetype(size));
    const MeterPage page = readMeterPage(body, QStringLiteral("m"));
    if (page.meter) {
        FUZZ_CHECK(page.readable && page.meter->tiers >= 0);
        checkSentence(meterSentence(QStringLiteral("m"), *page.meter));
    }
    if (const std::optional<SubscriptionFacts> facts = readSubscription(body))
        checkSentence(subscriptionSentence(*facts));
    if (const std::optional<CustomerFacts> customer = readCustomer(body))
        FUZZ_CHECK(body.contains("customer_id"));
    return 0;
}
