// SPDX-License-Identifier: MIT
#pragma once

#include <QLabel>

#include <functional>

namespace lavascope {

class ScreenShare;

/// Covers a widget whose text may hold a secret while the user's screen is seen by others.
class Curtain : public QLabel {
    Q_OBJECT

public:
    /// `holdsSecret` is asked whenever followContent() is called or the mode changes. `share` must outlive
    /// the curtain.
    Curtain(QWidget* over, const ScreenShare& share, std::function<bool()> holdsSecret);

    void followContent();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    const ScreenShare& m_share;
    std::function<bool()> m_holdsSecret;
};

} // namespace lavascope
