// SPDX-License-Identifier: MIT
#pragma once

#include "core/markdown/block.h"

namespace lavascope::markdown {

/// Spans in one line, for tests to compare: `{b text}` for a look, `{text→address}` for a link.
inline QString told(const Spans& spans) {
    QString text;
    for (const Span& span : spans) {
        QString signs;
        const std::pair<Style, const char*> styles[] = {
            {Style::Strong, "b"}, {Style::Emphasis, "i"}, {Style::Struck, "s"}, {Style::Code, "c"}};
        for (const auto& [style, sign] : styles)
            if (span.styles.testFlag(style))
                signs += QLatin1String(sign);
        if (span.isPicture)
            signs += QStringLiteral("picture");
        if (signs.isEmpty() && span.address.isEmpty()) {
            text += span.text;
            continue;
        }
        text += QLatin1Char('{') + signs + (signs.isEmpty() ? QString() : QStringLiteral(" ")) + span.text;
        if (!span.address.isEmpty())
            text += QStringLiteral("→") + span.address;
        text += QLatin1Char('}');
    }
    return text;
}

} // namespace lavascope::markdown
