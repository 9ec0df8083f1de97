// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace lavascope {

/// A word of the JSON contract as a person reads it: `merchant_metered` becomes `merchant metered`.
[[nodiscard]] QString spaced(const QString& name);

} // namespace lavascope
