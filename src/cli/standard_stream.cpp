// SPDX-License-Identifier: MIT
#include "cli/standard_stream.h"

#include <algorithm>
#include <cerrno>

#ifdef Q_OS_UNIX
#include <unistd.h>
#else
#include <io.h>
#endif

namespace lavascope {

namespace {

constexpr qint64 atOnce = qint64(1) << 20;

#ifdef Q_OS_UNIX
qint64 readSome(int descriptor, char* data, qint64 size) {
    return ::read(descriptor, data, size_t(size));
}
qint64 writeSome(int descriptor, const char* data, qint64 size) {
    return ::write(descriptor, data, size_t(size));
}
#else
qint64 readSome(int descriptor, char* data, qint64 size) {
    return ::_read(descriptor, data, unsigned(size));
}
qint64 writeSome(int descriptor, const char* data, qint64 size) {
    return ::_write(descriptor, data, unsigned(size));
}
#endif

} // namespace

bool StandardStream::isTerminal() const {
#ifdef Q_OS_UNIX
    return ::isatty(m_descriptor) == 1;
#else
    return ::_isatty(m_descriptor) != 0;
#endif
}

qint64 StandardStream::readData(char* data, qint64 maxSize) {
    qint64 count = 0;
    do {
        count = readSome(m_descriptor, data, std::min(maxSize, atOnce));
    } while (count < 0 && errno == EINTR);
    return count > 0 ? count : -1; // to a QIODevice, 0 would mean "nothing yet"
}

qint64 StandardStream::writeData(const char* data, qint64 size) {
    qint64 done = 0;
    while (done < size) {
        const qint64 count = writeSome(m_descriptor, data + done, std::min(size - done, atOnce));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0) {
            m_lostItsReader = errno == EPIPE || errno == EINVAL; // EINVAL: how Windows says it
            return -1;
        }
        done += count;
    }
    return done;
}

} // namespace lavascope
