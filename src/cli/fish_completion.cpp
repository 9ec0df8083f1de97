// SPDX-License-Identifier: MIT
#include "cli/completion.h"

namespace lavascope {

namespace {

// `at PATH` holds where the verbs typed so far are just these; what is only the value of an option misleads
// it as little as it does the program.
constexpr const char* helpers = R"(
function @F@_at
    set -l path
    for word in (commandline -opc)[2..-1]
        if contains -- (string join -- ' ' $path $word) @PATHS@
            set -a path $word
        end
    end
    test "$path" = "$argv"
end

function @F@_source
    set -l word (string replace -r -- '^--[a-z-]+=' '' (commandline -ct))
    switch $word
        case 'file:*'
            printf 'file:%s\n' (__fish_complete_path (string replace file: '' -- $word))
        case 'env:*'
            printf 'env:%s\n' (set --names --export)
        case '*'
            printf '%s\n' -\tstandard\ input env: file: keychain:
    end
end
)";

QString functionName(const VerbDescription& program) {
    return QStringLiteral("__") + QString(program.name).replace(QLatin1Char('-'), QLatin1Char('_'));
}

QString quoted(QString text) {
    text.replace(QLatin1Char('\\'), QStringLiteral("\\\\"));
    return QLatin1Char('\'') + text.replace(QLatin1Char('\''), QStringLiteral("\\'")) + QLatin1Char('\'');
}

QString spaced(const QString& path, const QString& word) {
    return path.isEmpty() ? word : path + QLatin1Char(' ') + word;
}

void addPaths(QStringList& paths, const VerbDescription& verb, const QString& path) {
    for (const VerbDescription& below : verb.verbs) {
        paths += quoted(spaced(path, below.name));
        addPaths(paths, below, spaced(path, below.name));
    }
}

QString offer(const OptionDescription& option, const QString& function) {
    switch (offerFor(option)) {
    case Offer::Values:
        return QStringLiteral(" -x -a ") + quoted(option.values.join(QLatin1Char(' ')));
    case Offer::Files:
        return QStringLiteral(" -r -F");
    case Offer::Sources:
        return QStringLiteral(" -x -a ") + quoted(QStringLiteral("(%1_source)").arg(function));
    case Offer::Nothing:
        break;
    }
    return QStringLiteral(" -x");
}

QString option(const OptionDescription& option, const QString& begin, const QString& function) {
    if (option.isPositional) {
        // What stands in its place is no argument of an option, so nothing requires one.
        const Offer what = offerFor(option);
        return what == Offer::Nothing ? QString()
               : what == Offer::Files
                   ? begin + QStringLiteral(" -F\n")
                   : begin + offer(option, function).replace(QStringLiteral(" -x"), QStringLiteral(" -f")) +
                         QLatin1Char('\n');
    }
    QString out = begin;
    for (const QString& name : option.names)
        out += name.startsWith(QLatin1String("--")) ? QStringLiteral(" -l ") + name.mid(2)
                                                    : QStringLiteral(" -s ") + name.mid(1);
    if (!option.placeholder.isEmpty())
        out += offer(option, function);
    return out + QStringLiteral(" -d ") + quoted(option.text) + QLatin1Char('\n');
}

QString rules(const VerbDescription& verb, const QString& path, const QString& program,
              const QString& function) {
    QString out;
    const QString begin = QStringLiteral("complete -c %1 -n %2")
                              .arg(program, quoted(QStringLiteral("%1_at %2").arg(function, path).trimmed()));
    for (const OptionDescription& each : verb.options)
        out += option(each, begin, function);
    for (const VerbDescription& below : verb.verbs) {
        out += begin + QStringLiteral(" -a %1 -d %2\n").arg(below.name, quoted(below.text));
        out += rules(below, spaced(path, below.name), program, function);
    }
    return out;
}

} // namespace

QByteArray fishCompletion(const VerbDescription& program) {
    const QString function = functionName(program);
    QStringList paths;
    addPaths(paths, program, {});
    QString out = QStringLiteral("# Completion of %1 in fish; made from its command line.\n"
                                 "# SPDX-License-Identifier: MIT\n")
                      .arg(program.name);
    out += QString::fromLatin1(helpers)
               .replace(QStringLiteral("@F@"), function)
               .replace(QStringLiteral("@PATHS@"),
                        paths.isEmpty() ? QStringLiteral("''") : paths.join(QLatin1Char(' ')));
    if (!paths.isEmpty()) // files are offered only where a rule says so
        out += QStringLiteral("\ncomplete -c %1 -f\n").arg(program.name);
    out += rules(program, {}, program.name, function);
    return out.toUtf8();
}

} // namespace lavascope
