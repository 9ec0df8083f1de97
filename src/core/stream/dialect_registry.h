// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/dialect.h"

#include <QStringList>

namespace lavascope {

/// A dialect and how sure we are of it; no kind, no dialect.
struct Recognised {
    const DialectKind* kind = nullptr;
    Fit fit = Fit::No;
};

[[nodiscard]] const DialectKind* dialectNamed(const QString& name);
/// By the path, then by the host of a provider URL or of one inside a forward URL.
[[nodiscard]] const DialectKind* dialectForUrl(const QByteArray& url);
[[nodiscard]] Recognised dialectForEvent(const json::View& payload, QByteArrayView eventName);
[[nodiscard]] const DialectKind* dialectForWhole(const json::View& body);
[[nodiscard]] QStringList registeredDialects();

} // namespace lavascope
