// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

namespace lavascope {

/// The same text in valid UTF-8, with U+FFFD in place of each piece that is none, cut into pieces as browsers
/// and Node.js do (Unicode's "maximal subpart"; https://encoding.spec.whatwg.org/#utf-8-decoder). Qt makes
/// one of every byte instead, so that the same stream would look different here than in the client.
[[nodiscard]] QByteArray repairedUtf8(QByteArrayView bytes);

} // namespace lavascope
