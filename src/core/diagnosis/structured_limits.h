// SPDX-License-Identifier: MIT
#pragma once

#include "core/diagnosis/rate_limit_fields.h"

#include <QByteArray>

#include <vector>

namespace lavascope {

/// Reads the `RateLimit` and `RateLimit-Policy` header fields of the IETF's drafts,
/// `"default";r=50;t=30` with `"default";q=100;w=60`, and the older
/// `limit=100, remaining=50, reset=30`.
class StructuredLimits {
public:
    void read(const QByteArray& value);
    [[nodiscard]] std::vector<RateLimitField> fields() const;

private:
    struct Policy {
        QByteArray name; ///< the server's own; only to tell one from another
        QByteArray unit;
        QByteArray quota;
        QByteArray window;
        QByteArray remaining;
        QByteArray reset;
    };

    void readItem(const QByteArray& item);
    Policy* policy(const QByteArray& name);

    std::vector<Policy> m_policies;
};

} // namespace lavascope
