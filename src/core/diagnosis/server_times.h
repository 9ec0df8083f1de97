// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <chrono>
#include <optional>

namespace lavascope {

// How servers write numbers, spans and points of time. All of it is untrusted: what does not read exactly as
// one of these forms is nothing.

/// No wait that a server names is taken for longer than this.
inline constexpr std::chrono::milliseconds longestWait = std::chrono::hours(24);

/// Rounded up to whole milliseconds, from 0 to longestWait. Any number will do, also an infinite one.
[[nodiscard]] std::chrono::milliseconds clampedWait(double ms);

/// A plain decimal number; of a list (proxies join repeated fields) the first one. Infinite where it is too
/// large for a double; never NaN.
[[nodiscard]] std::optional<double> leadingNumber(const QByteArray& text);

/// A span as Go and protobuf write it, in milliseconds: `1s`, `6m0s`, `2m59.56s`, `350ms`. Units may come in
/// any order, as Go reads them.
[[nodiscard]] std::optional<double> spanMs(const QByteArray& text);

/// The three forms of RFC 9110 HTTP-date, in Unix milliseconds. The weekday is not checked: it adds nothing.
[[nodiscard]] std::optional<qint64> httpDateMs(const QByteArray& text, qint64 nowMs);

/// `2026-11-20T10:00:00Z`, also with a fraction and an offset, in Unix milliseconds.
[[nodiscard]] std::optional<qint64> internetDateMs(const QByteArray& text);

} // namespace lavascope
