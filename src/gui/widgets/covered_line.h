// SPDX-License-Identifier: MIT
#pragma once

class QLineEdit;

namespace lavascope {

class ScreenShare;

/// Shows dots instead of a line's text while the screen is shared and the text holds what looks like a
/// credential. `share` must outlive the line.
void coverWhileShared(QLineEdit* line, const ScreenShare& share);

} // namespace lavascope
