// SPDX-License-Identifier: MIT
#include "cli/completion.h"

namespace lavascope {

namespace {

constexpr const char* sourceFunction = R"(
@F@_source() {
    if compset -P 'file:'; then
        _files
    elif compset -P 'env:'; then
        _parameters -g '*export*'
    elif ! compset -P 'keychain:'; then
        compadd -S '' -- env: file: keychain:
        compadd -- -
    fi
}
)";

// That of the file, because the shell loads the function that a file is named after.
QString functionName(const VerbDescription& program) {
    return QLatin1Char('_') + program.name;
}

QString quoted(const QString& text) {
    return QLatin1Char('\'') + QString(text).replace(QLatin1Char('\''), QStringLiteral("'\\''")) +
           QLatin1Char('\'');
}

// In a specification brackets and colons part its pieces.
QString plain(QString text) {
    text.replace(QLatin1Char('\\'), QStringLiteral("\\\\"));
    text.replace(QLatin1Char('['), QStringLiteral("\\["));
    text.replace(QLatin1Char(']'), QStringLiteral("\\]"));
    return text.replace(QLatin1Char(':'), QStringLiteral("\\:"));
}

QString action(const OptionDescription& option, const QString& function) {
    switch (offerFor(option)) {
    case Offer::Values:
        return QLatin1Char('(') + option.values.join(QLatin1Char(' ')) + QLatin1Char(')');
    case Offer::Files:
        return QStringLiteral("_files");
    case Offer::Sources:
        return function + QStringLiteral("_source");
    case Offer::Nothing:
        break;
    }
    return QStringLiteral(" ");
}

QString specification(const OptionDescription& option, const QString& function, int place) {
    const QString value = QStringLiteral(":%1:%2").arg(
        plain(option.placeholder.isEmpty() ? option.names.constFirst() : option.placeholder),
        action(option, function));
    if (option.isPositional)
        return QStringLiteral(" \\\n        ") + quoted(QString::number(place) + value);
    QString out;
    for (const QString& name : option.names) {
        QStringList without = option.notWith;
        if (!option.mayRepeat)
            without += option.names;
        QString text = without.isEmpty()
                           ? QString()
                           : QLatin1Char('(') + without.join(QLatin1Char(' ')) + QLatin1Char(')');
        if (option.mayRepeat)
            text += QLatin1Char('*');
        text += name;
        if (!option.placeholder.isEmpty())
            text += QLatin1Char('=');
        text += QLatin1Char('[') + plain(option.text) + QLatin1Char(']');
        if (!option.placeholder.isEmpty())
            text += value;
        out += QStringLiteral(" \\\n        ") + quoted(text);
    }
    return out;
}

QString underscored(const QString& function, const QString& verb) {
    return function + QLatin1Char('_') + verb;
}

QString functions(const VerbDescription& verb, const QString& function, const QString& program) {
    QString specifications;
    int place = 0;
    for (const OptionDescription& option : verb.options)
        specifications += specification(option, program, option.isPositional ? ++place : 0);
    if (verb.verbs.isEmpty())
        return QStringLiteral("\n%1() {\n    _arguments -s -S%2\n}\n").arg(function, specifications);
    QString out;
    QString list;
    QString calls;
    for (const VerbDescription& below : verb.verbs) {
        list += QStringLiteral("\n        ") + quoted(plain(below.name) + QLatin1Char(':') + below.text);
        calls += QStringLiteral("        %1) %2 ;;\n").arg(below.name, underscored(function, below.name));
        out += functions(below, underscored(function, below.name), program);
    }
    return out +
           QStringLiteral("\n%1() {\n    local context state state_descr line\n    typeset -A opt_args\n"
                          "    local -a verbs=(%2\n    )\n    _arguments -C%3 \\\n"
                          "        '1: :->verb' '*:: :->rest'\n    case $state in\n"
                          "    verb) _describe -t commands command verbs ;;\n    rest)\n"
                          "        case $words[1] in\n%4        esac\n        ;;\n    esac\n}\n")
               .arg(function, list, specifications, calls);
}

} // namespace

QByteArray zshCompletion(const VerbDescription& program) {
    const QString function = functionName(program);
    QString out =
        QStringLiteral("#compdef %1\n# Completion in zsh; made from the command line of the program.\n"
                       "# SPDX-License-Identifier: MIT\n")
            .arg(program.name);
    if (!program.verbs.isEmpty())
        out += QString::fromLatin1(sourceFunction).replace(QStringLiteral("@F@"), function);
    out += functions(program, function, function);
    // As a file of fpath it is the body of the function; read with `source` it only declares.
    out +=
        QStringLiteral("\nif [ \"$funcstack[1]\" = %1 ]; then\n    %1 \"$@\"\nelse\n    compdef %1 %2\nfi\n")
            .arg(function, program.name);
    return out.toUtf8();
}

} // namespace lavascope
