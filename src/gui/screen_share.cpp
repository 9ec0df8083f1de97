// SPDX-License-Identifier: MIT
#include "gui/screen_share.h"

#include <QRegularExpression>

namespace lavascope {

void ScreenShare::setOn(bool on) {
    if (m_on == on)
        return;
    m_on = on;
    Q_EMIT changed(on);
}

QString ScreenShare::shown(const QString& text) const {
    if (!m_on)
        return text;
    // As Secret::masked() writes them, whatever stands behind; and the beginnings of those that were cut off.
    static const QRegularExpression mask(
        QStringLiteral("\\x{2026}(?:[!-~]{4}|[!-~]{1,3}(?=\\x{2026}|\\s*$))"));
    const QByteArray bytes = text.toUtf8();
    return QString::fromUtf8(m_finder.masked(bytes)).replace(mask, QStringLiteral("\u2026"));
}

} // namespace lavascope
