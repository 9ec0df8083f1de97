// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

namespace lavascope {

/// While it lives, the terminal of standard input doesn't show what is typed. One at a time. The terminal is
/// as it was afterwards, also when Ctrl+C or another polite signal ends the process meanwhile; what was typed
/// or pasted and not read by then is dropped, so that no shell takes it for a command.
class UnseenTyping {
public:
    UnseenTyping();
    ~UnseenTyping();
    UnseenTyping(const UnseenTyping&) = delete;
    UnseenTyping& operator=(const UnseenTyping&) = delete;

    /// False where standard input is no terminal, or one that cannot be told to hide.
    [[nodiscard]] bool isUnseen() const { return m_isUnseen; }

private:
    class Before; ///< what is put back

    std::unique_ptr<Before> m_before; ///< none where standard input is no terminal
    bool m_isUnseen = false;
};

} // namespace lavascope
