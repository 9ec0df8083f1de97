// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/finding.h"

#include <QByteArray>

#include <vector>

namespace lavascope {

/// What is odd about a provider URL that is to be forwarded to, worst first. Ranges are left out: the URL may
/// stand encoded in another one.
[[nodiscard]] std::vector<Finding> targetFindings(const QByteArray& target);

/// The URL up to `?` or `#`: what may be shown, since a query can hold a key.
[[nodiscard]] QByteArray withoutQuery(const QByteArray& url);

/// A piece of a URL for one of our sentences: short, invisible characters as chips, and masked if it
/// holds a credential.
[[nodiscard]] QString shownUrlText(const QByteArray& text);

} // namespace lavascope
