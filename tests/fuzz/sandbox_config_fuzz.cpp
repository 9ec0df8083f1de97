// SPDX-License-Identifier: MIT
#include "check.h"
#include "sandbox/prices.h"
#include "sandbox/sandbox_config.h"

#include <QSet>

using namespace lavascope;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const QByteArray bytes(reinterpret_cast<const char*>(data), qsizetype(size));
    const Result<SandboxConfig> config = parseSandboxConfig(bytes);
    if (!config) {
        FUZZ_CHECK(config.error().code == QLatin1String("config_invalid"));
        FUZZ_CHECK(!config.error().message.isEmpty());
        FUZZ_CHECK(config.error().offset >= 0 && config.error().offset <= bytes.size());
    } else {
        FUZZ_CHECK(config->merchantBalanceMicros >= 0 && config->pace >= 0 && config->requestsPerMinute >= 0);
        QSet<QString> slugs;
        for (const SandboxMeter& meter : config->meters) {
            FUZZ_CHECK(!meter.slug.isEmpty() && !slugs.contains(meter.slug));
            FUZZ_CHECK(meter.microsPerRequest >= 0 && meter.microsPerRequest <= highestPriceMicros);
            slugs.insert(meter.slug);
        }
        for (const SandboxCustomer& customer : config->customers) {
            FUZZ_CHECK(!customer.id.isEmpty() && customer.balanceMicros >= 0);
            for (const QString& slug : customer.meters)
                FUZZ_CHECK(slugs.contains(slug));
        }
        for (const FaultSpec& fault : config->faults) {
            const Result<FaultSpec> again = parseFault(faultText(fault));
            FUZZ_CHECK(again && *again == fault);
        }
        for (const FaultSpec& step : config->coach) {
            const Result<FaultSpec> again = parseCoachStep(faultText(step));
            FUZZ_CHECK(again && *again == step && step.times >= 1 && step.times <= 100);
        }
    }
    // The same bytes as a fault on the command line.
    if (const Result<FaultSpec> fault = parseFault(QString::fromUtf8(bytes))) {
        const Result<FaultSpec> again = parseFault(faultText(*fault));
        FUZZ_CHECK(again && *again == *fault);
    }
    if (const Result<FaultSpec> step = parseCoachStep(QString::fromUtf8(bytes))) {
        const Result<FaultSpec> again = parseCoachStep(faultText(*step));
        FUZZ_CHECK(again && *again == *step && step->times >= 1 && step->times <= 100);
    }
    return 0;
}
