// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/secret.h"

#include <QTimer>
#include <QWidget>

class QLineEdit;
class QToolButton;

namespace lavascope {

/// A field for a credential: dots by default; a press shows it for ten seconds or until the field loses the
/// focus. While it is shown it cannot be selected, since a selection alone puts text on some desktops'
/// clipboards.
class SecretField : public QWidget {
    Q_OBJECT

public:
    explicit SecretField(QWidget* parent = nullptr);

    [[nodiscard]] Secret secret() const;
    void setSecret(const Secret& secret);
    void setPlaceholder(const QString& text);
    void hideSecret();
    /// Where it must not, a shown secret hides at once.
    void setRevealable(bool revealable);
    void setRevealTime(std::chrono::milliseconds time);

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void setShown(bool shown);

    QLineEdit* m_line;
    QToolButton* m_reveal;
    QTimer m_hideAgain;
};

} // namespace lavascope
