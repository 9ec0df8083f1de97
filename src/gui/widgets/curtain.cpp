// SPDX-License-Identifier: MIT
#include "gui/widgets/curtain.h"

#include "gui/appearance.h"
#include "gui/screen_share.h"

#include <QEvent>

namespace lavascope {

Curtain::Curtain(QWidget* over, const ScreenShare& share, std::function<bool()> holdsSecret)
    : QLabel(over)
    , m_share(share)
    , m_holdsSecret(std::move(holdsSecret)) {
    setObjectName(over->objectName() + QStringLiteral("Curtain"));
    setTextFormat(Qt::PlainText);
    setText(tr("Hidden while the screen is shared.\nF9 ends that."));
    setAlignment(Qt::AlignCenter);
    setWordWrap(true);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    setTextRole(this, TextRole::Quiet);
    over->installEventFilter(this);
    connect(&share, &ScreenShare::changed, this, &Curtain::followContent);
    followContent();
}

void Curtain::followContent() {
    const bool covers = m_share.isOn() && m_holdsSecret();
    if (covers) {
        setGeometry(parentWidget()->rect());
        raise();
    }
    setVisible(covers);
}

bool Curtain::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parent() && event->type() == QEvent::Resize)
        setGeometry(parentWidget()->rect());
    return QLabel::eventFilter(watched, event);
}

} // namespace lavascope
