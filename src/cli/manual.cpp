// SPDX-License-Identifier: MIT
#include "cli/manual.h"

#include <algorithm>

namespace lavascope {

namespace {

// Text as roff prints it unchanged: no escapes, no requests, and dashes and quotes that can be copied into a
// shell.
QString roff(const QString& text) {
    QString out;
    for (const QChar character : text) {
        const char16_t unit = character.unicode();
        if (unit == u'\\')
            out += QLatin1String("\\e");
        else if (unit == u'-')
            out += QLatin1String("\\-");
        else if (unit == u'\'')
            out += QLatin1String("\\(aq");
        else if (unit == u'`')
            out += QLatin1String("\\(ga");
        else if (unit == u'^')
            out += QLatin1String("\\(ha");
        else if (unit == u'~')
            out += QLatin1String("\\(ti");
        else if (unit == u'"')
            out += QLatin1String("\\(dq");
        else if (unit > u'~')
            out += QStringLiteral("\\[u%1]")
                       .arg(uint(unit), 4, 16, QLatin1Char('0'))
                       .toUpper()
                       .replace(QLatin1String("\\[U"), QLatin1String("\\[u"));
        else
            out += character;
    }
    return out.startsWith(QLatin1Char('.')) ? QLatin1String("\\&") + out : out;
}

QString bold(const QString& text) {
    return QLatin1String("\\fB") + roff(text) + QLatin1String("\\fR");
}

QString italic(const QString& text) {
    return QLatin1String("\\fI") + roff(text) + QLatin1String("\\fR");
}

QString line(const QString& text) {
    return text + QLatin1Char('\n');
}

QString asTyped(const QStringList& lines) {
    QString out = QStringLiteral(".RS 2\n.nf\n");
    for (const QString& each : lines)
        out += line(roff(each.trimmed()));
    return out + QStringLiteral(".fi\n.RE\n");
}

// Lines that are set in are examples and tables, and stay lines; the others are one running text.
QString paragraph(const QString& text) {
    QString out;
    QStringList running;
    QStringList typed;
    const auto endRunning = [&] {
        if (!running.isEmpty())
            out += line(roff(running.join(QLatin1Char(' '))));
        running.clear();
    };
    const auto endTyped = [&] {
        if (!typed.isEmpty())
            out += asTyped(typed);
        typed.clear();
    };
    for (const QString& each : text.split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        if (each.startsWith(QLatin1Char(' '))) {
            endRunning();
            typed += each;
        } else {
            endTyped();
            running += each.trimmed();
        }
    }
    endRunning();
    endTyped();
    return out;
}

QString paragraphs(const QString& text) {
    QString out;
    for (const QString& each : text.split(QStringLiteral("\n\n"), Qt::SkipEmptyParts))
        out += QStringLiteral(".PP\n") + paragraph(each);
    return out;
}

QString boldList(const QStringList& names) {
    QStringList shown;
    for (const QString& name : names)
        shown += bold(name);
    return shown.join(QStringLiteral(", "));
}

QString limits(const OptionDescription& option) {
    QString out;
    if (!option.values.isEmpty())
        out += line(QStringLiteral("Known values: %1.").arg(boldList(option.values)));
    if (!option.range.isEmpty())
        out += line(
            roff(QStringLiteral("From %1.")
                     .arg(QString(option.range).replace(QStringLiteral(" - "), QStringLiteral(" to ")))));
    if (!option.usual.isEmpty())
        out += line(QStringLiteral("Default: %1.").arg(bold(option.usual)));
    if (!option.onlyWith.isEmpty())
        out += line(QStringLiteral("Only with %1.").arg(boldList(option.onlyWith)));
    if (!option.notWith.isEmpty())
        out += line(QStringLiteral("Not together with %1.").arg(boldList(option.notWith)));
    return out;
}

QString optionEntry(const OptionDescription& option) {
    QString head = option.isPositional ? italic(option.names.constFirst()) : boldList(option.names);
    if (!option.placeholder.isEmpty() && !option.isPositional)
        head += QLatin1Char(' ') + italic(option.placeholder);
    QString text = option.text;
    if (!text.endsWith(QLatin1Char('.')))
        text += QLatin1Char('.');
    return QStringLiteral(".TP\n") + line(head) + line(roff(text)) + limits(option);
}

QString usage(const QString& path, const VerbDescription& verb) {
    QString out = bold(path);
    if (std::any_of(verb.options.begin(), verb.options.end(),
                    [](const OptionDescription& option) { return !option.isPositional; }))
        out += QStringLiteral(" [%1]").arg(italic(QStringLiteral("OPTION")) + QStringLiteral("...\\&"));
    if (!verb.verbs.isEmpty())
        out += QLatin1Char(' ') + italic(QStringLiteral("COMMAND"));
    for (const OptionDescription& option : verb.options)
        if (option.isPositional)
            out += option.isRequired ? QLatin1Char(' ') + italic(option.names.constFirst())
                                     : QStringLiteral(" [%1]").arg(italic(option.names.constFirst()));
    return line(out);
}

QString options(const VerbDescription& verb) {
    QString out;
    for (const bool positional : {true, false})
        for (const OptionDescription& option : verb.options)
            if (option.isPositional == positional)
                out += optionEntry(option);
    return out;
}

QString section(const QString& path, const VerbDescription& verb) {
    QString out;
    if (verb.verbs.isEmpty())
        out += QStringLiteral(".SS %1\n").arg(roff(path)) + line(roff(verb.text + QLatin1Char('.'))) +
               QStringLiteral(".PP\n") + usage(path, verb) + options(verb) + paragraphs(verb.footer);
    for (const VerbDescription& below : verb.verbs)
        out += section(path + QLatin1Char(' ') + below.name, below);
    return out;
}

QString entries(const char* title, const QList<QPair<QString, QString>>& list) {
    if (list.isEmpty())
        return {};
    QString out = QStringLiteral(".SH %1\n").arg(QLatin1String(title));
    for (const auto& [name, text] : list)
        out += QStringLiteral(".TP\n") + line(bold(name)) + line(roff(text));
    return out;
}

} // namespace

QByteArray manualPage(const VerbDescription& program, const ManualFrame& frame) {
    QString out =
        QStringLiteral(".\\\" SPDX-License-Identifier: MIT\n.\\\" Made from what the program parses "
                       "its command line with; see src/cli/manual.h.\n");
    out += QStringLiteral(".TH %1 1 %2 \"Lavascope %3\" \"User Commands\"\n.nh\n")
               .arg(roff(program.name.toUpper()), frame.date, frame.version);
    out += QStringLiteral(".SH NAME\n%1 \\- %2\n").arg(roff(program.name), roff(frame.summary));
    out += QStringLiteral(".SH SYNOPSIS\n") + usage(program.name, program);
    out += QStringLiteral(".SH DESCRIPTION\n");
    const QStringList about = program.text.split(QStringLiteral("\n\n"), Qt::SkipEmptyParts);
    out += paragraph(about.value(0)) + paragraphs(about.mid(1).join(QStringLiteral("\n\n")));
    out += QStringLiteral(".SH OPTIONS\n") + options(program);
    if (!program.verbs.isEmpty()) {
        out += QStringLiteral(".SH COMMANDS\n");
        for (const VerbDescription& verb : program.verbs)
            out += section(verb.name, verb);
    }
    if (!program.footer.isEmpty())
        out += QStringLiteral(".SH EXIT STATUS\n") + paragraphs(program.footer).mid(int(qstrlen(".PP\n")));
    out += entries("ENVIRONMENT", frame.environment) + entries("FILES", frame.files);
    out += QStringLiteral(".SH SEE ALSO\n\\fB%1\\fR(1)\n").arg(roff(frame.seeAlso));
    return out.toUtf8();
}

} // namespace lavascope
