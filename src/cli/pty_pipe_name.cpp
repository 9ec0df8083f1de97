// SPDX-License-Identifier: MIT
#include "cli/pty_pipe_name.h"

#include <QRegularExpression>

namespace lavascope {

bool isPtyPipeName(QStringView name) {
    static const QRegularExpression form(QRegularExpression::anchoredPattern(
        QStringLiteral(R"(\\(?:msys|cygwin)-[0-9a-fA-F]+-pty[0-9]+-(?:to|from)-master(?:-nat)?)")));
    return form.match(name.toString()).hasMatch();
}

} // namespace lavascope
