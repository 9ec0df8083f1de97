// SPDX-License-Identifier: MIT
#include "cli/completion.h"

namespace lavascope {

namespace {

// The functions that the rules below call. They answer with what stands behind the last `:` or `=`, and leave
// in `before` what stands before that.
constexpr const char* helpers = R"(
@F@_files() {
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$cur")
}

@F@_source() {
    case $cur in
    file:*)
        before+=file:
        cur=${cur#file:}
        @F@_files
        ;;
    env:*)
        before+=env:
        mapfile -t COMPREPLY < <(compgen -e -- "${cur#env:}")
        ;;
    keychain:*) ;;
    *)
        compopt -o nospace 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -W '- env: file: keychain:' -- "$cur")
        ;;
    esac
}

@F@_words() {
    mapfile -t COMPREPLY < <(compgen -W "$1" -- "$cur")
}
)";

// What the shell calls. It begins a new word behind `=` and `:`, unless its user took them out of
// COMP_WORDBREAKS: then an answer replaces what stands before them as well.
constexpr const char* entrance = R"(
@F@() {
    local cur prev words cword verb='' before='' breaks=${COMP_WORDBREAKS//[^=:]/}
    _get_comp_words_by_ref -n := cur prev words cword || return
    @F@_answer
    [ -z "$breaks" ] || before=${before##*[$breaks]}
    [ -z "$before" ] || COMPREPLY=("${COMPREPLY[@]/#/$before}")
}

complete -F @F@ @P@
)";

QString functionName(const VerbDescription& program) {
    return QLatin1Char('_') + QString(program.name).replace(QLatin1Char('-'), QLatin1Char('_'));
}

QString quoted(const QString& text) {
    return QLatin1Char('\'') + QString(text).replace(QLatin1Char('\''), QStringLiteral("'\\''")) +
           QLatin1Char('\'');
}

QString offer(const OptionDescription& option, const QString& function) {
    switch (offerFor(option)) {
    case Offer::Values:
        return function + QStringLiteral("_words ") + quoted(option.values.join(QLatin1Char(' ')));
    case Offer::Files:
        return function + QStringLiteral("_files");
    case Offer::Sources:
        return function + QStringLiteral("_source");
    case Offer::Nothing:
        break;
    }
    return QStringLiteral(":");
}

QString spaced(const QString& path, const QString& word) {
    return path.isEmpty() ? word : path + QLatin1Char(' ') + word;
}

// Which words lead from one verb to the next.
void addPaths(QStringList& paths, const VerbDescription& verb, const QString& path) {
    for (const VerbDescription& below : verb.verbs) {
        paths += QLatin1Char('"') + path + QLatin1Char(' ') + below.name + QLatin1Char('"');
        addPaths(paths, below, spaced(path, below.name));
    }
}

QString valueRules(const VerbDescription& verb, const QString& path, const QString& function) {
    QString out;
    for (const OptionDescription& option : verb.options) {
        if (option.isPositional || option.placeholder.isEmpty())
            continue;
        QStringList patterns;
        for (const QString& name : option.names)
            patterns += QLatin1Char('"') + path + QLatin1Char(' ') + name + QLatin1Char('"');
        out += QStringLiteral("    %1)\n        %2\n        return\n        ;;\n")
                   .arg(patterns.join(QStringLiteral(" | ")), offer(option, function));
    }
    for (const VerbDescription& below : verb.verbs)
        out += valueRules(below, spaced(path, below.name), function);
    return out;
}

QString wordRules(const VerbDescription& verb, const QString& path, const QString& function) {
    QStringList names;
    QStringList verbs;
    QString place = QStringLiteral(":");
    for (const OptionDescription& option : verb.options) {
        if (!option.isPositional)
            names += option.names;
        else if (place == QLatin1String(":"))
            place = offer(option, function);
    }
    for (const VerbDescription& below : verb.verbs)
        verbs += below.name;
    if (!verbs.isEmpty())
        place = function + QStringLiteral("_words ") + quoted(verbs.join(QLatin1Char(' ')));
    QString out = QStringLiteral("    \"%1\")\n        case $cur in\n        -?*) %2_words %3 ;;\n"
                                 "        *) %4 ;;\n        esac\n        ;;\n")
                      .arg(path, function, quoted(names.join(QLatin1Char(' '))), place);
    for (const VerbDescription& below : verb.verbs)
        out += wordRules(below, spaced(path, below.name), function);
    return out;
}

} // namespace

Offer offerFor(const OptionDescription& option) {
    if (!option.values.isEmpty())
        return Offer::Values;
    if (option.placeholder == QLatin1String("FILE"))
        return Offer::Files;
    return option.placeholder == QLatin1String("SOURCE") ? Offer::Sources : Offer::Nothing;
}

QByteArray bashCompletion(const VerbDescription& program) {
    const QString function = functionName(program);
    QStringList paths;
    addPaths(paths, program, {});
    QString out =
        QStringLiteral("# Completion of %1 in bash, for bash-completion; made from its command line.\n"
                       "# SPDX-License-Identifier: MIT\n")
            .arg(program.name);
    out += QString::fromLatin1(helpers).replace(QStringLiteral("@F@"), function);
    out += QStringLiteral("\n%1_answer() {\n    local i\n").arg(function);
    if (!paths.isEmpty())
        out += QStringLiteral("    for ((i = 1; i < cword; i++)); do\n        case \"$verb ${words[i]}\" in\n"
                              "        %1) verb=${verb:+$verb }${words[i]} ;;\n        esac\n    done\n")
                   .arg(paths.join(QStringLiteral(" | ")));
    out += QStringLiteral("    case $cur in\n    --*=*)\n        prev=${cur%%=*}\n        before=$prev=\n"
                          "        cur=${cur#*=}\n        ;;\n    esac\n    case \"$verb $prev\" in\n%1"
                          "    esac\n    case $verb in\n%2    esac\n}\n")
               .arg(valueRules(program, {}, function), wordRules(program, {}, function));
    out += QString::fromLatin1(entrance)
               .replace(QStringLiteral("@F@"), function)
               .replace(QStringLiteral("@P@"), program.name);
    return out.toUtf8();
}

} // namespace lavascope
