// SPDX-License-Identifier: MIT
#include "cli/command_line.h"

#include <QCoreApplication>
#include <QFile>

#include <cstdio>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#include <unistd.h>
#else
#include <io.h>
#endif

namespace {

int descriptorOf(FILE* stream) {
#ifdef Q_OS_UNIX
    return ::fileno(stream);
#else
    return ::_fileno(stream);
#endif
}

bool isTerminal(FILE* stream) {
#ifdef Q_OS_UNIX
    return ::isatty(descriptorOf(stream)) == 1;
#else
    return ::_isatty(descriptorOf(stream)) != 0;
#endif
}

} // namespace

int main(int argc, char** argv) {
#ifdef Q_OS_UNIX
    ::umask(077); // whatever we write is for its owner only
#endif
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("lavascope"));
    QCoreApplication::setApplicationVersion(QStringLiteral(LAVASCOPE_VERSION));

    QFile in;
    QFile out;
    QFile err;
    // By descriptor, not by FILE*: stdio would keep what is streamed in its buffer whenever stdout is a pipe.
    const bool opened = in.open(descriptorOf(stdin), QIODevice::ReadOnly | QIODevice::Unbuffered) &&
                        out.open(descriptorOf(stdout), QIODevice::WriteOnly | QIODevice::Unbuffered) &&
                        err.open(descriptorOf(stderr), QIODevice::WriteOnly | QIODevice::Unbuffered);
    if (!opened)
        return int(lavascope::ExitCode::Local);
    lavascope::Terminal terminal(in, out, err, isTerminal(stdout), isTerminal(stderr));
    return lavascope::runCommandLine(QCoreApplication::arguments().sliced(1), terminal);
}
