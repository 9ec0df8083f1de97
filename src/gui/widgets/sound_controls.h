// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/sound.h"

class QWidget;

namespace lavascope {

/// Play, a place in it and the time of one sound, to be owned by `parent`. Nothing of the sound is taken
/// apart before it is played, and nothing but its own bytes is read then. Null where this build plays no
/// sounds.
[[nodiscard]] QWidget* makeSoundControls(const Sound& sound, const QString& accessibleName, QWidget* parent);

} // namespace lavascope
