// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace CLI {
class App;
}

namespace lavascope {

/// One option of a verb, or one word in its place, as the help tells it.
struct OptionDescription {
    QStringList names;   ///< with their dashes, `-h`, `--help`; of a word in its place its name, `source`
    QString placeholder; ///< what its value is called, `SOURCE`; empty if it takes none
    QString range;       ///< `0 - 20`; empty if nothing limits it
    QString usual;       ///< the value it has by default
    QString text;
    QStringList values;   ///< the values that can be listed; others may be allowed too
    QStringList onlyWith; ///< options that it needs, sorted
    QStringList notWith;  ///< options that it excludes, sorted
    bool isPositional = false;
    bool isRequired = false;
    bool mayRepeat = false;
};

/// A verb, or a whole program: what it does, what it takes, and the verbs below it.
struct VerbDescription {
    QString name;
    QString text;
    QString footer; ///< paragraphs as they are printed below the help
    QList<OptionDescription> options;
    QList<VerbDescription> verbs;
};

/// Walks what was declared, and leaves nothing out. The ids of providers are handed in, since the parser
/// takes any word.
[[nodiscard]] VerbDescription describe(CLI::App& app, const QStringList& providers);

} // namespace lavascope
