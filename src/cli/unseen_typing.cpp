// SPDX-License-Identifier: MIT
#include "cli/unseen_typing.h"

#include <array>
#include <csignal>
#include <termios.h>
#include <unistd.h>

namespace lavascope {

namespace {

// Read by signal handlers, so they are set before those are.
struct termios shown;
struct termios hidden;

void onEnd(int signal) {
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
    ::raise(signal); // ends the process once this handler has returned
}

void onPause(int /*signal*/) {
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
    ::raise(SIGSTOP);
    ::tcsetattr(STDIN_FILENO, TCSANOW, &hidden); // somebody has let it go on
}

constexpr std::array<int, 5> handled = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};

} // namespace

class UnseenTyping::Before {
public:
    std::array<struct sigaction, handled.size()> actions{};
};

UnseenTyping::UnseenTyping() {
    if (::tcgetattr(STDIN_FILENO, &shown) != 0)
        return;
    hidden = shown;
    hidden.c_lflag &= ~tcflag_t(ECHO | ECHONL);
    m_before = std::make_unique<Before>();
    for (size_t i = 0; i < handled.size(); ++i) {
        struct sigaction& before = m_before->actions[i];
        ::sigaction(handled[i], nullptr, &before);
        if (before.sa_handler == SIG_IGN)
            continue;
        struct sigaction action {};
        action.sa_handler = handled[i] == SIGTSTP ? onPause : onEnd;
        action.sa_flags = handled[i] == SIGTSTP ? SA_RESTART : int(SA_RESETHAND);
        ::sigaction(handled[i], &action, nullptr);
    }
    m_isUnseen = ::tcsetattr(STDIN_FILENO, TCSANOW, &hidden) == 0;
}

UnseenTyping::~UnseenTyping() {
    if (!m_before)
        return;
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
    for (size_t i = 0; i < handled.size(); ++i)
        ::sigaction(handled[i], &m_before->actions[i], nullptr);
}

} // namespace lavascope
