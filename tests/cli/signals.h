// SPDX-License-Identifier: MIT
#pragma once

#include <QProcess>

#include <csignal>

namespace lavascope {

/// Lets a program hear signals that whoever runs the tests, e.g. in the background, has chosen to ignore.
inline void hearSignals(QProcess& process) {
    process.setChildProcessModifier([] {
        for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGTSTP})
            std::signal(signal, SIG_DFL);
    });
}

} // namespace lavascope
