// SPDX-License-Identifier: MIT
#include "app/private_process.h"

#include <QtGlobal>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#include <sys/stat.h>
#endif
#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#endif

namespace lavascope {

void keepProcessPrivate() {
#ifdef Q_OS_UNIX
    ::umask(077);
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
#endif
#ifdef Q_OS_LINUX
    // A handler that takes dumps through a pipe is not bound by the limit. In a snap the desktop looks at the
    // process's own files, which it then could not.
    if (!qEnvironmentVariableIsSet("SNAP"))
        ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

} // namespace lavascope
