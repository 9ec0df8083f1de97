// SPDX-License-Identifier: MIT
#include "app/window_line.h"

#include <QCommandLineParser>

namespace lavascope {

namespace {

OptionDescription described(const QCommandLineOption& option) {
    OptionDescription description;
    for (const QString& name : option.names())
        description.names += (name.size() == 1 ? QStringLiteral("-") : QStringLiteral("--")) + name;
    description.placeholder = option.valueName();
    description.text = option.description();
    if (description.text.endsWith(QLatin1Char('.')))
        description.text.chop(1);
    return description;
}

} // namespace

VerbDescription declareWindowLine(QCommandLineParser& line) {
    const QString file = QStringLiteral("FILE");
    const QString about = QStringLiteral("A recording, or the body of an answer, to be played.");
    VerbDescription program;
    program.name = QStringLiteral("lavascope");
    program.text = QStringLiteral("Inspector for the Lava AI Gateway.");
    line.setApplicationDescription(program.text);
    program.options = {described(line.addHelpOption()), described(line.addVersionOption())};
    line.addPositionalArgument(file, about, QStringLiteral("[FILE]"));
    OptionDescription played;
    played.names = QStringList(file);
    played.placeholder = file;
    played.text = about;
    played.isPositional = true;
    program.options += played;
    return program;
}

} // namespace lavascope
