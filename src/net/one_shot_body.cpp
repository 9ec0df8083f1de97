// SPDX-License-Identifier: MIT
#include "net/one_shot_body.h"

#include <algorithm>
#include <cstring>

namespace lavascope {

OneShotBody::OneShotBody(QByteArray bytes)
    : m_bytes(std::move(bytes)) {
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 OneShotBody::bytesAvailable() const {
    return QIODevice::bytesAvailable() + m_bytes.size() - m_taken;
}

bool OneShotBody::reset() {
    // Header and first body bytes leave together, so an untouched body means that nothing was sent.
    return !isTouched() && !m_bytes.isEmpty();
}

qint64 OneShotBody::readData(char* data, qint64 maxSize) {
    const qint64 count = std::min<qint64>(maxSize, m_bytes.size() - m_taken);
    if (count <= 0)
        return maxSize > 0 ? -1 : 0;
    std::memcpy(data, m_bytes.constData() + m_taken, size_t(count));
    m_taken += count;
    return count;
}

qint64 OneShotBody::writeData(const char* /*data*/, qint64 /*size*/) {
    return -1;
}

} // namespace lavascope
