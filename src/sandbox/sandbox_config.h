// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace lavascope {

/// A way to misbehave on purpose. Written as `KIND[:key=value,…]`, e.g. `503`, `429:times=2,retry_after=3`,
/// `cut:after=5` (events), `hang`, `drop`; described in full by faultHelp().
struct FaultSpec {
    enum class Kind { Status, Cut, Hang, Drop };
    Kind kind = Kind::Status;
    int status = 0;
    int times = -1;      ///< how many requests it hits; -1: all
    int afterEvents = 3; ///< for Cut: events that still go out
    std::optional<std::chrono::milliseconds> retryAfter;

    friend bool operator==(const FaultSpec&, const FaultSpec&) = default;
};
/// Errors: `fault_invalid` with what is allowed.
[[nodiscard]] Result<FaultSpec> parseFault(const QString& text);
[[nodiscard]] QString faultHelp();
/// The text that parseFault() reads back into the same fault.
[[nodiscard]] QString faultText(const FaultSpec& fault);
/// One step of what the retry coach does to every call: a fault that ends, after three tries unless told.
/// Errors: those of parseFault(), `coach_invalid`.
[[nodiscard]] Result<FaultSpec> parseCoachStep(const QString& text);
[[nodiscard]] QString coachHelp();
/// `3` or `0.25`: what Retry-After says.
[[nodiscard]] QString secondsText(std::chrono::milliseconds time);

struct SandboxCustomer {
    QString id;
    qint64 balanceMicros = 0; ///< millionths of a US dollar
    QStringList meters;       ///< slugs on the customer's plan; empty: all
};
struct SandboxMeter {
    QString slug;
    qint64 microsPerRequest = 0;
    qint64 microsPerMillionTokens = 0;
};

/// What the gateway on this computer is made to be. Every `aks_test_…` key is its own merchant with these.
struct SandboxConfig {
    quint16 port = 0; ///< 0: a free one
    qint64 merchantBalanceMicros = 10'000'000;
    QList<SandboxCustomer> customers;
    QList<SandboxMeter> meters;
    int requestsPerMinute = 0; ///< per key; 0: no limit
    QList<FaultSpec> faults;
    QList<FaultSpec> coach;             ///< how the first tries of every call fail; empty: no coach
    QMap<QString, Secret> providerKeys; ///< by host, for passthrough; used where a token brings no key
    QStringList allowedTargets;         ///< hosts that passthrough may reach although they are private
    bool passthrough = false;
    /// Multiplies the built-in answers' pauses; 0 answers at once.
    double pace = 1.0;

    /// Example customers and meters, so that customer billing can be tried at once.
    [[nodiscard]] static SandboxConfig standard();
};

/// A `sandbox --config` file (JSON) over the standard configuration. Errors: `config_invalid` with what and
/// where.
[[nodiscard]] Result<SandboxConfig> parseSandboxConfig(const QByteArray& json);

} // namespace lavascope
