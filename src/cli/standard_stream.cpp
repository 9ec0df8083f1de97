// SPDX-License-Identifier: MIT
#include "cli/standard_stream.h"

#include <algorithm>
#include <cerrno>
#include <poll.h>
#include <system_error>
#include <unistd.h>

namespace lavascope {

namespace {

constexpr qint64 atOnce = qint64(1) << 20;

/// After a read or write that failed: whether it is to be tried again. A stream that others made non-blocking
/// (it is shared with them) is waited for until `event`.
bool isWorthAnotherTry(int descriptor, short event) {
    if (errno == EINTR)
        return true;
    if (errno != EAGAIN && errno != EWOULDBLOCK)
        return false;
    struct pollfd awaited = {descriptor, event, 0};
    return ::poll(&awaited, 1, -1) >= 0 || errno == EINTR;
}

} // namespace

class StandardStream::Console {};

StandardStream::StandardStream(int descriptor)
    : m_descriptor(descriptor) {}

StandardStream::~StandardStream() = default;

bool StandardStream::isTerminal() const {
    return ::isatty(m_descriptor) == 1;
}

bool StandardStream::takesColours() const {
    const QByteArray kind = qgetenv("TERM");
    return isTerminal() && qEnvironmentVariableIsEmpty("NO_COLOR") && !kind.isEmpty() && kind != "dumb";
}

qint64 StandardStream::readData(char* data, qint64 maxSize) {
    qint64 count = 0;
    do {
        count = ::read(m_descriptor, data, size_t(std::min(maxSize, atOnce)));
    } while (count < 0 && isWorthAnotherTry(m_descriptor, POLLIN));
    if (count < 0)
        setErrorString(QString::fromStdString(std::system_category().message(errno)));
    return count;
}

qint64 StandardStream::writeData(const char* data, qint64 size) {
    qint64 done = 0;
    while (done < size) {
        const qint64 count = ::write(m_descriptor, data + done, size_t(std::min(size - done, atOnce)));
        if (count < 0 && isWorthAnotherTry(m_descriptor, POLLOUT))
            continue;
        if (count <= 0) {
            m_lostItsReader = errno == EPIPE;
            return -1;
        }
        done += count;
    }
    return done;
}

} // namespace lavascope
