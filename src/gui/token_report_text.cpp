// SPDX-License-Identifier: MIT
#include "gui/token_report_text.h"

namespace lavascope {

QString spaced(const QString& name) {
    return QString(name).replace(QLatin1Char('_'), QLatin1Char(' '));
}

} // namespace lavascope
