// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

#include <memory>

namespace lavascope {

/// Ctrl+C and the polite ways to end a process, as a signal in the event loop. One at a time. What whoever
/// started the process chose to ignore (nohup) stays ignored.
class Interrupt : public QObject {
    Q_OBJECT

public:
    explicit Interrupt(QObject* parent = nullptr);
    ~Interrupt() override;

Q_SIGNALS:
    void requested();

private:
    class Private;
    std::unique_ptr<Private> m_private;
};

} // namespace lavascope
