// SPDX-License-Identifier: MIT
#include "session/thread_loops.h"

#include <QByteArray>

namespace lavascope {

void preferLightThreadLoops() {
    constexpr const char* qtSwitch = "QT_NO_THREADED_GLIB";
    if (!qEnvironmentVariableIsSet(qtSwitch))
        qputenv(qtSwitch, QByteArrayLiteral("1"));
}

} // namespace lavascope
