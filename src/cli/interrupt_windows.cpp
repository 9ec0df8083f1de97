// SPDX-License-Identifier: MIT
#include "cli/interrupt.h"

#include <mutex>
#include <windows.h>

namespace lavascope {

namespace {

std::mutex guard; // handlers run in threads of the system's own
Interrupt* waiting = nullptr;

/// Whether there was anyone to tell.
bool tellWhoeverWaits() {
    const std::lock_guard lock(guard);
    if (waiting)
        QMetaObject::invokeMethod(waiting, &Interrupt::requested, Qt::QueuedConnection);
    return waiting != nullptr;
}

BOOL WINAPI onControl(DWORD event) {
    const bool isHeard = tellWhoeverWaits();
    if (event == CTRL_C_EVENT || event == CTRL_BREAK_EVENT)
        return isHeard ? TRUE : FALSE;
    // The window closes, the user logs off or the system shuts down: the process ends as soon as this
    // returns, or after some 5 s. So this waits until main() has ended it, with all it has to write.
    Sleep(INFINITE);
    return TRUE;
}

} // namespace

class Interrupt::Private {};

Interrupt::Interrupt(QObject* parent)
    : QObject(parent)
    , m_private(std::make_unique<Private>()) {
    // It stays when this goes: taking it away would wait for one that waits for main().
    static const bool isInstalled = SetConsoleCtrlHandler(onControl, TRUE) != 0;
    Q_UNUSED(isInstalled)
    const std::lock_guard lock(guard);
    waiting = this;
}

Interrupt::~Interrupt() {
    const std::lock_guard lock(guard);
    waiting = nullptr;
}

} // namespace lavascope
