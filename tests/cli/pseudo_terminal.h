// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <cstdlib>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

namespace lavascope {

/// A terminal without a screen: a program gets name() as one of its standard streams, the test is the person
/// before it. What the program wrote stays readable after its end.
class PseudoTerminal {
public:
    PseudoTerminal()
        : m_person(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
        if (m_person < 0 || ::grantpt(m_person) != 0 || ::unlockpt(m_person) != 0)
            qFatal("no terminal could be made");
        m_held = ::open(::ptsname(m_person), O_RDWR | O_NOCTTY | O_CLOEXEC);
    }
    ~PseudoTerminal() {
        ::close(m_held);
        ::close(m_person);
    }
    PseudoTerminal(const PseudoTerminal&) = delete;
    PseudoTerminal& operator=(const PseudoTerminal&) = delete;

    [[nodiscard]] QString name() const { return QString::fromLocal8Bit(::ptsname(m_person)); }
    [[nodiscard]] bool type(QByteArrayView keys) const {
        return ::write(m_person, keys.data(), size_t(keys.size())) == keys.size();
    }
    /// What stands on it by now.
    [[nodiscard]] QByteArray shown() const {
        ::fcntl(m_person, F_SETFL, O_NONBLOCK);
        QByteArray text(16'384, '\0');
        text.truncate(qMax<qsizetype>(0, ::read(m_person, text.data(), size_t(text.size()))));
        return text;
    }
    [[nodiscard]] tcflag_t mode() const {
        struct termios now {};
        ::tcgetattr(m_held, &now);
        return now.c_lflag;
    }

private:
    int m_person;
    int m_held = -1;
};

} // namespace lavascope
