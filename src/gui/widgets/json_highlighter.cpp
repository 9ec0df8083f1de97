// SPDX-License-Identifier: MIT
#include "gui/widgets/json_highlighter.h"

#include "gui/appearance.h"

#include <QGuiApplication>
#include <QPalette>
#include <QRegularExpression>

namespace lavascope {

void JsonHighlighter::highlightBlock(const QString& text) {
    static const QRegularExpression token(
        QStringLiteral("(\"(?:[^\"\\\\]|\\\\.)*\")(\\s*:)?|(-?\\d[\\d.eE+-]*)|\\b(true|false|null)\\b"));
    const MeaningColors colors = meaningColors(QGuiApplication::palette());
    for (auto matches = token.globalMatch(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        if (match.hasCaptured(2))
            setFormat(int(match.capturedStart(1)), int(match.capturedLength(1)), colors.accent);
        else if (match.capturedLength(1) > 0)
            setFormat(int(match.capturedStart(1)), int(match.capturedLength(1)), colors.good);
        else
            setFormat(int(match.capturedStart()), int(match.capturedLength()), colors.warning);
    }
}

} // namespace lavascope
