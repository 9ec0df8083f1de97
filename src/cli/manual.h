// SPDX-License-Identifier: MIT
#pragma once

#include "cli/verb_description.h"

#include <QByteArray>

namespace lavascope {

/// What a manual page says beside what a program takes.
struct ManualFrame {
    QString summary; ///< one line, behind the name
    QString date;    ///< year-month-day
    QString version;
    /// What is read from the environment, a name and what it does, and the files that are used.
    QList<QPair<QString, QString>> environment;
    QList<QPair<QString, QString>> files;
    QString seeAlso; ///< another page of section 1
};

/// A page of section 1 in the macros of man(7), with every verb and every option of the program.
[[nodiscard]] QByteArray manualPage(const VerbDescription& program, const ManualFrame& frame);

} // namespace lavascope
