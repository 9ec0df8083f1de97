// SPDX-License-Identifier: MIT
#include "gui/widgets/chip.h"

#include "core/base/visible_text.h"
#include "gui/appearance.h"

#include <QTextBlock>

namespace lavascope {

namespace {

constexpr int hiddenCodePoint = QTextFormat::UserProperty + 1;

QString textOf(char32_t codePoint) {
    return QChar::isSurrogate(codePoint) ? QString(QChar(char16_t(codePoint)))
                                         : QString::fromUcs4(&codePoint, 1);
}

QString originalText(const QTextFragment& fragment, int from, int to) {
    const QVariant hidden = fragment.charFormat().property(hiddenCodePoint);
    if (!hidden.isValid())
        return fragment.text().mid(from, to - from);
    const char32_t codePoint = hidden.toUInt();
    const int length = int(chipText(codePoint).size());
    const int firstChip = from / length;
    const int lastChip = (to - 1) / length;
    return textOf(codePoint).repeated(lastChip - firstChip + 1);
}

} // namespace

bool needsChip(char32_t codePoint) {
    constexpr char32_t frameBegins = 0xFDD0;
    constexpr char32_t frameEnds = 0xFDD1;
    constexpr char32_t object = 0xFFFC;
    constexpr char32_t firstPrintable = ' ';
    constexpr char32_t lastPrintable = '~';
    if (codePoint >= firstPrintable && codePoint <= lastPrintable)
        return false;
    return codePoint == frameBegins || codePoint == frameEnds || codePoint == object ||
           isDeceptive(codePoint);
}

QString chipText(char32_t codePoint) {
    return QStringLiteral("<U+%1>").arg(uint(codePoint), 4, 16, QLatin1Char('0')).toUpper();
}

QTextCharFormat chipFormat(char32_t codePoint, const QTextCharFormat& around, const QPalette& palette) {
    QTextCharFormat format = around;
    format.setProperty(hiddenCodePoint, uint(codePoint));
    format.setForeground(meaningColors(palette).warning);
    format.setFontWeight(QFont::DemiBold);
    return format;
}

QString originalText(const QTextBlock& block, int begin, int end) {
    QString text;
    for (QTextBlock::iterator it = block.begin(); !it.atEnd(); ++it) {
        const QTextFragment fragment = it.fragment();
        const int from = qMax(begin, fragment.position()) - fragment.position();
        const int to = qMin(end, fragment.position() + fragment.length()) - fragment.position();
        if (from < to)
            text += originalText(fragment, from, to);
    }
    return text;
}

} // namespace lavascope
