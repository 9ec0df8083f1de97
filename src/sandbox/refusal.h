// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/headers.h"

#include <QByteArray>
#include <QString>

#include <tl/expected.hpp>

namespace lavascope {

/// Why the gateway itself says no, as it will stand in the answer.
struct Refusal {
    int status = 400;
    QString code;
    QString message;
    Headers headers; ///< besides those of every answer, e.g. Retry-After
};

/// A decision of the gateway: what was asked for, or why not.
template <typename T>
using Judged = tl::expected<T, Refusal>;

[[nodiscard]] inline tl::unexpected<Refusal> refuse(int status, QString code, QString message,
                                                    Headers headers = {}) {
    return tl::unexpected<Refusal>(Refusal{status, std::move(code), std::move(message), std::move(headers)});
}

/// The documented shape of all Lava errors: `{"error":{"message":…,"code":…,"status":400}}`.
[[nodiscard]] QByteArray refusalBody(const Refusal& refusal);

} // namespace lavascope
