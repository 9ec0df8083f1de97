// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace lavascope {

/// Valid JSON without the white space between its tokens; every token stays as it was.
[[nodiscard]] QByteArray compactJson(QByteArrayView json);

} // namespace lavascope
