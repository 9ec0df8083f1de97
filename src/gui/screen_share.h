// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/credential_finder.h"

#include <QObject>
#include <QString>

namespace lavascope {

/// Whether the user's screen is seen by others. While it is, no pane shows a secret, nor the few characters
/// of one by which masks tell it apart, and none can be revealed.
class ScreenShare : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] bool isOn() const { return m_on; }
    void setOn(bool on);
    /// The text as it may be shown now: while on, masks (`aks_live_…9f3c`) lose their last characters, and
    /// what looks like a credential is starred out.
    [[nodiscard]] QString shown(const QString& text) const;

Q_SIGNALS:
    void changed(bool on);

private:
    CredentialFinder m_finder;
    bool m_on = false;
};

} // namespace lavascope
