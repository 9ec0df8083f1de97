// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/finding.h"
#include "core/base/headers.h"
#include "core/base/result.h"
#include "core/diagnosis/rate_limits.h"
#include "core/diagnosis/remedy.h"
#include "core/request/http_request.h"
#include "core/stream/recording.h"
#include "core/stream/transcript.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace lavascope {

enum class Fault { You, Wallet, Gateway, Provider, Network, Unknown };
enum class Retry {
    No,      ///< it would fail again
    After,   ///< at a time the server named
    Backoff, ///< with growing, jittered pauses
};
[[nodiscard]] const char* faultName(Fault fault);
[[nodiscard]] const char* retryName(Retry retry);

/// What went wrong, whose fault it is and whether to try again, in words for a person and names for a
/// program.
struct Diagnosis {
    QString kind;  ///< stable name, e.g. `bad_token`, `no_credit`, `rate_limited`, `gateway_error`
    QString title; ///< what happened, in one line
    Fault fault = Fault::Unknown;
    Retry retry = Retry::No;
    std::optional<std::chrono::milliseconds> retryAfter;
    /// The request went out and nothing tells whether it was carried out: only a person should repeat it.
    bool mayHaveBeenBilled = false;
    QString cause;
    QStringList steps;
    QStringList evidence; ///< the lines it rests on; no secrets
    /// What else such an answer can mean, and why it does not mean it here, or why that cannot be told.
    QStringList ruledOut;
    /// What looks wrong about the request that was sent, where the answer speaks of the request; worst first.
    std::vector<Finding> remarks;
    std::vector<Remedy> remedies;      ///< what can be done from where the diagnosis is shown
    QString rule;                      ///< id of the rule that hit
    QString docs;                      ///< a web address; may be empty
    QString requestId;                 ///< x-lava-request-id, else the provider's own
    std::vector<RateLimit> rateLimits; ///< as far as the answer tells them
};

/// Everything known about how a call ended.
struct Outcome {
    int status = 0; ///< 0: no status
    Headers headers;
    QByteArray body;              ///< the first 64 KiB are enough
    std::optional<Ending> ending; ///< nothing: only status, headers and body are known (`explain`)
    QByteArray url;               ///< the request's URL
    /// The value of the header Authorization as it was sent, to look at our own side. Empty: there was none;
    /// nothing: it is not known.
    std::optional<Secret> authorization;
    /// The request as it was sent, its secrets perhaps masked. Nothing: only what `url` tells is known of it.
    std::optional<HttpRequest> request;
    qint64 nowMs = 0; ///< Unix time, for dates in Retry-After
};

/// The ordered rules of `resources/diagnosis.json`; its text is handed in by the caller.
class DiagnosisRules {
public:
    /// Says a text of the table, English and with its placeholders, in the reader's language.
    using Translate = std::function<QString(const QString& english)>;

    /// Errors: `rules_invalid` with what is wrong in which rule. A translation that is blank or has other
    /// placeholders than the text is not used. `translate` empty: the texts stay as they are.
    [[nodiscard]] static Result<DiagnosisRules> fromJson(const QByteArray& json,
                                                         const Translate& translate = {});

    struct Rule;
    [[nodiscard]] const QList<std::shared_ptr<const Rule>>& rules() const { return m_rules; }

private:
    QList<std::shared_ptr<const Rule>> m_rules;
};

/// Whether the call did what it should: a 2xx whose answer is whole and reports no error.
[[nodiscard]] bool succeeded(const Outcome& outcome, const Transcript& transcript);

/// First rule that fits wins; the last one always does. `transcript` adds errors that came inside the body.
[[nodiscard]] Diagnosis diagnose(const DiagnosisRules& rules, const Outcome& outcome,
                                 const Transcript* transcript = nullptr);

/// Seconds (also fractions), HTTP dates of all three forms, and `retry-after-ms`; negative and past are 0,
/// absurd values are clamped to 24 h. Nothing if there is no such header or it cannot be read.
[[nodiscard]] std::optional<std::chrono::milliseconds> retryAfter(const Headers& headers, qint64 nowMs);

} // namespace lavascope
