// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>
#include <QString>

namespace lavascope {

/// The media type that the first bytes of a picture, sound or archive show; empty if they show none.
[[nodiscard]] QString mediaTypeOf(QByteArrayView bytes);

} // namespace lavascope
