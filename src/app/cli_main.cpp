// SPDX-License-Identifier: MIT
#include "cli/command_line.h"
#include "cli/standard_stream.h"

#include <QCoreApplication>

#include <csignal>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

int main(int argc, char** argv) {
#ifdef Q_OS_UNIX
    ::umask(077);                  // whatever we write is for its owner only
    std::signal(SIGPIPE, SIG_IGN); // a reader that goes away is told by the write, and is no reason to die
#endif
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("lavascope"));
    QCoreApplication::setApplicationVersion(QStringLiteral(LAVASCOPE_VERSION));

    using lavascope::StandardStream;
    StandardStream in(0);
    StandardStream out(1);
    StandardStream err(2);
    in.open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    out.open(QIODevice::WriteOnly | QIODevice::Unbuffered);
    err.open(QIODevice::WriteOnly | QIODevice::Unbuffered);
    lavascope::Terminal terminal(in, out, err, out.isTerminal(), err.isTerminal());
    const int code = lavascope::runCommandLine(QCoreApplication::arguments().sliced(1), terminal);
    if (terminal.outIsOpen() || out.lostItsReader())
        return code;
    terminal.note(u"lavascope-cli: standard output could not be written to the end.");
    return int(lavascope::ExitCode::Local);
}
