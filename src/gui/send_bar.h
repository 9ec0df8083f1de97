// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace lavascope {

/// The row on top: where to send, what to whom, and the button that sends and stops.
class SendBar : public QWidget {
    Q_OBJECT

public:
    explicit SendBar(QWidget* parent = nullptr);

    /// The built-in gateway's address; empty while it is stopped.
    void setSandboxOrigin(const QByteArray& origin);
    [[nodiscard]] const QByteArray& sandboxOrigin() const { return m_sandboxOrigin; }
    /// The chosen gateway; empty if there is none.
    [[nodiscard]] QByteArray gateway() const;
    void showRequest(const QByteArray& method, const QByteArray& url);
    void setRunning(bool running);
    void focusEnvironment();
    void focusUrl();

Q_SIGNALS:
    void changed();
    void sendWanted();
    void stopWanted();

private:
    void followEnvironment();

    QComboBox* m_environment;
    QLineEdit* m_custom;
    QLabel* m_mark;
    QLabel* m_method;
    QLineEdit* m_url;
    QPushButton* m_send;
    QByteArray m_sandboxOrigin;
    bool m_running = false;
};

} // namespace lavascope
