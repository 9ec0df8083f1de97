// SPDX-License-Identifier: MIT
// For a build without Qt Multimedia: sounds can be saved, and that is all.
#include "gui/widgets/sound_controls.h"

namespace lavascope {

QWidget* makeSoundControls(const Sound& /*sound*/, const QString& /*accessibleName*/, QWidget* /*parent*/) {
    return nullptr;
}

} // namespace lavascope
