// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace lavascope {

/// Text without secrets onto the clipboard.
void copyText(const QString& text);

/// A secret onto the clipboard, with the hints by which clipboard managers of each platform leave it out of
/// their history. It is taken off again after 60 seconds if it is still there.
void copySecret(const QByteArray& secret);

} // namespace lavascope
