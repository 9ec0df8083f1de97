// SPDX-License-Identifier: MIT
#include "gui/widgets/secret_field.h"

#include "core/token/utf8.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>

namespace lavascope {

using namespace std::chrono_literals;

SecretField::SecretField(QWidget* parent)
    : QWidget(parent)
    , m_line(new QLineEdit(this))
    , m_reveal(new QToolButton(this)) {
    m_line->setObjectName(QStringLiteral("line"));
    m_line->setEchoMode(QLineEdit::Password);
    m_line->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    m_line->installEventFilter(this);
    m_reveal->setObjectName(QStringLiteral("reveal"));
    m_reveal->setCheckable(true);
    m_reveal->setText(tr("Show"));

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_line, 1);
    layout->addWidget(m_reveal);
    setFocusProxy(m_line);

    m_hideAgain.setSingleShot(true);
    m_hideAgain.setInterval(10s);
    connect(&m_hideAgain, &QTimer::timeout, this, &SecretField::hideSecret);
    connect(m_reveal, &QToolButton::toggled, this, &SecretField::setShown);
    connect(m_line, &QLineEdit::textChanged, this, &SecretField::changed);
    connect(m_line, &QLineEdit::selectionChanged, this, [this] {
        if (m_line->echoMode() == QLineEdit::Normal)
            m_line->deselect();
    });
}

Secret SecretField::secret() const {
    return Secret(m_line->text().toUtf8());
}

void SecretField::setSecret(const Secret& secret) {
    hideSecret();
    m_line->setText(textOfUtf8(secret.reveal()));
    m_line->setCursorPosition(0);
}

void SecretField::setPlaceholder(const QString& text) {
    m_line->setPlaceholderText(text);
}

void SecretField::hideSecret() {
    m_reveal->setChecked(false);
}

void SecretField::setRevealable(bool revealable) {
    hideSecret();
    m_reveal->setEnabled(revealable);
}

void SecretField::setRevealTime(std::chrono::milliseconds time) {
    m_hideAgain.setInterval(time);
}

void SecretField::setShown(bool shown) {
    m_line->deselect();
    m_line->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
    m_reveal->setText(shown ? tr("Hide") : tr("Show"));
    shown ? m_hideAgain.start() : m_hideAgain.stop();
}

bool SecretField::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_line && event->type() == QEvent::FocusOut && !m_reveal->hasFocus())
        hideSecret();
    return QWidget::eventFilter(watched, event);
}

// The form names the whole; screen readers ask its parts.
void SecretField::showEvent(QShowEvent* event) {
    m_line->setAccessibleName(accessibleName());
    m_reveal->setAccessibleName(tr("Show: %1").arg(accessibleName()));
    QWidget::showEvent(event);
}

} // namespace lavascope
