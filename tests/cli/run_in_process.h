// SPDX-License-Identifier: MIT
#pragma once

#include "cli/command_line.h"

#include <QBuffer>
#include <QStringList>

namespace lavascope {

/// What a command line left behind.
struct CliOutcome {
    int code = -1;
    QByteArray out;
    QByteArray err;
};

enum class Screen { None, Terminal, ColourTerminal };

/// Runs a command line in this process, with buffers for its streams.
inline CliOutcome run(const QStringList& arguments, const QByteArray& input = {},
                      Screen screen = Screen::None) {
    QBuffer in;
    in.setData(input);
    QBuffer out;
    QBuffer err;
    in.open(QIODevice::ReadOnly);
    out.open(QIODevice::WriteOnly);
    err.open(QIODevice::WriteOnly);
    const bool isTty = screen != Screen::None;
    Terminal terminal(in, out, err, isTty, isTty);
    const bool hasColours = screen == Screen::ColourTerminal;
    terminal.allowColours(hasColours, hasColours);
    const int code = runCommandLine(arguments, terminal);
    return {code, out.data(), err.data()};
}

/// The words of a line without quoting.
inline QStringList words(const char* line) {
    return QString::fromUtf8(line).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

} // namespace lavascope
