// SPDX-License-Identifier: MIT
#pragma once

#include <QIODevice>

namespace lavascope {

/// One of the process's own standard streams. Unlike QFile it hands over what has come without waiting for
/// more, which is what makes reading line by line from a pipe possible, and it says why a write failed.
class StandardStream : public QIODevice {
public:
    explicit StandardStream(int descriptor)
        : m_descriptor(descriptor) {}

    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] bool isTerminal() const;
    /// The reader at the other end of the pipe has gone; any other failure to write is a real one.
    [[nodiscard]] bool lostItsReader() const { return m_lostItsReader; }

protected:
    qint64 readData(char* data, qint64 maxSize) override;
    qint64 writeData(const char* data, qint64 size) override;

private:
    int m_descriptor;
    bool m_lostItsReader = false;
};

} // namespace lavascope
