// SPDX-License-Identifier: MIT
#include "gui/widgets/share_badge.h"

#include "gui/appearance.h"
#include "gui/screen_share.h"

namespace lavascope {

ShareBadge::ShareBadge(const ScreenShare& share, QWidget* parent)
    : QLabel(tr("◉ Screen-share mode: secrets are hidden (F9)"), parent) {
    setObjectName(QStringLiteral("shareBadge"));
    setTextFormat(Qt::PlainText);
    setTextRole(this, TextRole::Chip);
    setTone(this, Tone::Warning);
    connect(&share, &ScreenShare::changed, this, &QLabel::setVisible);
    setVisible(share.isOn());
}

} // namespace lavascope
