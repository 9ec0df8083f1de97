// SPDX-License-Identifier: MIT
#pragma once

#include "cli/verb_description.h"

QT_BEGIN_NAMESPACE
class QCommandLineParser;
QT_END_NAMESPACE

namespace lavascope {

/// Declares what the window's program takes, and tells the same for its manual page and completions.
VerbDescription declareWindowLine(QCommandLineParser& line);

} // namespace lavascope
