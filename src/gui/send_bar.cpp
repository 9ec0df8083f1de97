// SPDX-License-Identifier: MIT
#include "gui/send_bar.h"

#include "core/request/forward_url.h"
#include "gui/appearance.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace lavascope {

namespace {

enum Environment { Sandbox, Live, Custom };

} // namespace

SendBar::SendBar(QWidget* parent)
    : QWidget(parent)
    , m_environment(new QComboBox(this))
    , m_custom(new QLineEdit(this))
    , m_mark(new QLabel(this))
    , m_method(new QLabel(this))
    , m_url(new QLineEdit(this))
    , m_send(new QPushButton(this)) {
    setObjectName(QStringLiteral("sendBar"));
    setAttribute(Qt::WA_StyledBackground);
    m_environment->setObjectName(QStringLiteral("environment"));
    m_environment->setAccessibleName(tr("Where to send"));
    m_environment->addItems({tr("Sandbox (this computer)"), tr("Lava (api.lava.so)"), tr("Other gateway…")});
    m_custom->setObjectName(QStringLiteral("customGateway"));
    m_custom->setAccessibleName(tr("Address of the other gateway"));
    m_custom->setPlaceholderText(QStringLiteral("http://127.0.0.1:9000"));
    m_mark->setObjectName(QStringLiteral("environmentMark"));
    m_mark->setTextFormat(Qt::PlainText);
    m_method->setObjectName(QStringLiteral("method"));
    m_method->setTextFormat(Qt::PlainText);
    m_method->setFont(codeFont());
    m_url->setObjectName(QStringLiteral("forwardUrl"));
    m_url->setAccessibleName(tr("The URL that will be called"));
    m_url->setReadOnly(true);
    m_url->setFont(codeFont());
    m_send->setObjectName(QStringLiteral("send"));
    setTextRole(m_send, TextRole::Main);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(8);
    layout->addWidget(m_environment);
    layout->addWidget(m_custom, 1);
    layout->addWidget(m_mark);
    layout->addWidget(m_method);
    layout->addWidget(m_url, 2);
    layout->addWidget(m_send);

    connect(m_environment, &QComboBox::currentIndexChanged, this, &SendBar::followEnvironment);
    connect(m_custom, &QLineEdit::textChanged, this, &SendBar::changed);
    connect(m_send, &QPushButton::clicked, this,
            [this] { m_running ? Q_EMIT stopWanted() : Q_EMIT sendWanted(); });
    followEnvironment();
    setRunning(false);
}

void SendBar::setSandboxOrigin(const QByteArray& origin) {
    m_sandboxOrigin = origin;
    Q_EMIT changed();
}

QByteArray SendBar::gateway() const {
    switch (m_environment->currentIndex()) {
    case Sandbox:
        return m_sandboxOrigin;
    case Live:
        return liveGateway;
    default:
        return m_custom->text().trimmed().toUtf8();
    }
}

void SendBar::followEnvironment() {
    const int chosen = m_environment->currentIndex();
    m_custom->setVisible(chosen == Custom);
    m_mark->setText(chosen == Sandbox ? tr("○ play money")
                    : chosen == Live  ? tr("● LIVE: real money")
                                      : tr("● other"));
    setStyleProperty(m_mark, "live", chosen != Sandbox);
    Q_EMIT changed();
}

void SendBar::showRequest(const QByteArray& method, const QByteArray& url) {
    m_method->setText(QString::fromLatin1(method));
    m_url->setText(QString::fromUtf8(url));
    m_url->setCursorPosition(0);
    m_url->setToolTip(plainToolTip(QString::fromUtf8(url)));
}

void SendBar::setRunning(bool running) {
    m_running = running;
    m_send->setText(running ? tr("Stop") : tr("Send"));
    m_send->setAccessibleName(running ? tr("Stop the call") : tr("Send the request"));
    m_send->setToolTip(running ? tr("Esc") : tr("Ctrl+Enter"));
    setStyleProperty(m_send, "running", running);
}

void SendBar::focusEnvironment() {
    m_environment->setFocus(Qt::ShortcutFocusReason);
}

void SendBar::focusUrl() {
    m_url->setFocus(Qt::ShortcutFocusReason);
    m_url->selectAll();
}

} // namespace lavascope
