// SPDX-License-Identifier: MIT
#pragma once

#include <QLabel>

namespace lavascope {

class ScreenShare;

/// Says, as long as it is so, that secrets are hidden because others see the screen.
class ShareBadge : public QLabel {
    Q_OBJECT

public:
    ShareBadge(const ScreenShare& share, QWidget* parent);
};

} // namespace lavascope
