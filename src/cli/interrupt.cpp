// SPDX-License-Identifier: MIT
#include "cli/interrupt.h"

#include <QSocketNotifier>

#include <array>
#include <csignal>
#include <unistd.h>

namespace lavascope {

namespace {

// A signal handler may do next to nothing; writing a byte to a pipe is allowed, and wakes the event loop.
int wakeUp = -1;

void onSignal(int /*signal*/) {
    const char byte = 1;
    const ssize_t written = ::write(wakeUp, &byte, 1);
    (void)written; // a full pipe means that it was said already
}

constexpr std::array<int, 3> handled = {SIGINT, SIGTERM, SIGHUP};

} // namespace

class Interrupt::Private {
public:
    std::array<int, 2> pipe{-1, -1};
    std::array<struct sigaction, handled.size()> before{};
};

Interrupt::Interrupt(QObject* parent)
    : QObject(parent)
    , m_private(std::make_unique<Private>()) {
    if (::pipe(m_private->pipe.data()) != 0)
        return;
    wakeUp = m_private->pipe[1];
    auto* notifier = new QSocketNotifier(m_private->pipe[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        if (::read(m_private->pipe[0], &byte, 1) == 1)
            Q_EMIT requested();
    });
    struct sigaction action {};
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    for (size_t i = 0; i < handled.size(); ++i) {
        struct sigaction& before = m_private->before[i];
        ::sigaction(handled[i], nullptr, &before);
        if (before.sa_handler != SIG_IGN) // as nohup, and a shell's `&`, want it to stay
            ::sigaction(handled[i], &action, nullptr);
    }
}

Interrupt::~Interrupt() {
    if (m_private->pipe[0] < 0)
        return;
    for (size_t i = 0; i < handled.size(); ++i)
        ::sigaction(handled[i], &m_private->before[i], nullptr);
    wakeUp = -1;
    ::close(m_private->pipe[0]);
    ::close(m_private->pipe[1]);
}

} // namespace lavascope
