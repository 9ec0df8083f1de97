// SPDX-License-Identifier: MIT
#include "app/private_process.h"
#include "cli/command.h"
#include "cli/command_line.h"
#include "cli/standard_stream.h"
#include "session/thread_loops.h"

#include <QCoreApplication>

#include <csignal>

#ifdef Q_OS_WIN
// clang-format off
#include <windows.h>
#include <shellapi.h> // needs what the one above it declares
// clang-format on

#include <cwchar>
#include <memory>
#endif

namespace {

// QCoreApplication::arguments() would drop a byte order mark at the beginning of a word.
QStringList wordsAfterTheProgram(int argc, char** argv) {
#ifdef Q_OS_UNIX
    QStringList words;
    for (int i = 1; i < argc; ++i)
        words += lavascope::textOf(argv[i]);
    return words;
#else
    Q_UNUSED(argc)
    Q_UNUSED(argv)
    int count = 0;
    const std::unique_ptr<wchar_t*, decltype(&LocalFree)> all(CommandLineToArgvW(GetCommandLineW(), &count),
                                                              &LocalFree);
    QStringList words;
    for (int i = 1; i < count; ++i) {
        const wchar_t* word = all.get()[i];
        words += QString(reinterpret_cast<const QChar*>(word), qsizetype(std::wcslen(word)));
    }
    return words;
#endif
}

} // namespace

int main(int argc, char** argv) {
    lavascope::keepProcessPrivate();
    lavascope::preferLightThreadLoops();
#ifdef Q_OS_UNIX
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
    if (in.isTerminal())
        terminal.letInBeTyped();
    terminal.allowColours(out.takesColours(), err.takesColours());
    const int code = lavascope::runCommandLine(wordsAfterTheProgram(argc, argv), terminal);
    if (terminal.outIsOpen() || out.lostItsReader())
        return code;
    terminal.note(u"lavascope-cli: standard output could not be written to the end.");
    return int(lavascope::ExitCode::Local);
}
