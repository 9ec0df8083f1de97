// SPDX-License-Identifier: MIT
#include "cli/unseen_typing.h"

#include <windows.h>

namespace lavascope {

namespace {

// Read by a thread of the system's own, which is started only after it is set.
DWORD shown = 0;

void putBack() {
    const HANDLE console = GetStdHandle(STD_INPUT_HANDLE);
    SetConsoleMode(console, shown);
    FlushConsoleInputBuffer(console);
}

BOOL WINAPI onControl(DWORD /*event*/) {
    putBack();
    return FALSE; // the next one, which is the system's, ends the process
}

} // namespace

class UnseenTyping::Before {};

UnseenTyping::UnseenTyping() {
    const HANDLE console = GetStdHandle(STD_INPUT_HANDLE);
    if (GetConsoleMode(console, &shown) == 0)
        return;
    m_before = std::make_unique<Before>();
    SetConsoleCtrlHandler(onControl, TRUE);
    m_isUnseen = SetConsoleMode(console, shown & ~DWORD(ENABLE_ECHO_INPUT)) != 0;
}

UnseenTyping::~UnseenTyping() {
    if (!m_before)
        return;
    putBack();
    SetConsoleCtrlHandler(onControl, FALSE);
}

} // namespace lavascope
