// SPDX-License-Identifier: MIT
#pragma once

#include <QIODevice>

#include <memory>

namespace lavascope {

/// One of the process's own standard streams. Unlike QFile it hands over what has come without waiting for
/// more, which is what makes reading line by line from a pipe possible, and it says why a write failed. Where
/// whoever started the process made the stream non-blocking, it waits all the same. Bytes pass as they are;
/// only a console of Windows gets them as the UTF-8 text they are.
class StandardStream : public QIODevice {
public:
    /// 0, 1 or 2: input, output, errors.
    explicit StandardStream(int descriptor);
    ~StandardStream() override;

    [[nodiscard]] bool isSequential() const override { return true; }
    /// On Windows a console, or the pipe that stands for a terminal in Cygwin and Git Bash.
    [[nodiscard]] bool isTerminal() const;
    /// A terminal that draws colours, whose user did not say NO_COLOR (no-color.org). On Windows this
    /// switches a console's reading of escape sequences on, until this stream goes.
    [[nodiscard]] bool takesColours() const;
    /// The reader at the other end of the pipe has gone; any other failure to write is a real one.
    [[nodiscard]] bool lostItsReader() const { return m_lostItsReader; }

protected:
    /// 0 at the end, -1 with an errorString() after a failure. (QIODevice takes 0 for "nothing yet", which
    /// cannot be where reading waits, and has -1 for both.)
    qint64 readData(char* data, qint64 maxSize) override;
    qint64 writeData(const char* data, qint64 size) override;

private:
    class Console; ///< what only a console of Windows needs

    int m_descriptor;
    bool m_lostItsReader = false;
    std::unique_ptr<Console> m_console;
};

} // namespace lavascope
