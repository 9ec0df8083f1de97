// SPDX-License-Identifier: MIT
#pragma once

#include "cli/ink.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QIODevice>
#include <QString>

namespace lavascope {

/// The three standard streams of one command, and what is known about them. Tests hand in buffers. Reading
/// from `in` gives 0 at the end and -1 after a failure.
class Terminal {
public:
    Terminal(QIODevice& in, QIODevice& out, QIODevice& err, bool outIsTty, bool errIsTty)
        : m_in(in)
        , m_out(out)
        , m_err(err)
        , m_outIsTty(outIsTty)
        , m_errIsTty(errIsTty) {}

    [[nodiscard]] QIODevice& out() { return m_out; }
    [[nodiscard]] QIODevice& err() { return m_err; }
    /// Somebody types what `in` gives.
    [[nodiscard]] bool inIsTty() const { return m_inIsTty; }
    [[nodiscard]] bool outIsTty() const { return m_outIsTty; }
    [[nodiscard]] bool errIsTty() const { return m_errIsTty; }

    /// Says that `in` is the terminal of standard input; until this is called it is not.
    void letInBeTyped() { m_inIsTty = true; }

    /// Where lines may be coloured; nowhere until this is called.
    void allowColours(bool onOut, bool onErr) {
        m_outHasColours = onOut;
        m_errHasColours = onErr;
    }

    /// What has come on stdin, at most 64 KiB; waits for the first byte. Empty at the end. Error:
    /// `stdin_unreadable`.
    [[nodiscard]] Result<QByteArray> read();

    /// Text for people on stdout. On a terminal, control characters of foreign text are shown, not obeyed.
    void print(QStringView text);
    void printLine(QStringView text, Ink ink = Ink::Plain);
    /// Bytes for programs on stdout, as they are, at once.
    void writeBytes(QByteArrayView bytes);
    /// One JSON document and a line feed on stdout. On a terminal, characters that could steer it are written
    /// as JSON escapes, so that the document stays the same.
    void writeJson(QByteArrayView document);
    /// Several such documents, each with its line feed behind it.
    void writeJsonLines(QByteArrayView documents);
    /// A note on stderr, one line.
    void note(QStringView text, Ink ink = Ink::Plain);
    /// False after a write failed (closed pipe, full disk): the command should end.
    [[nodiscard]] bool outIsOpen() const { return m_outIsOpen; }

private:
    QIODevice& m_in;
    QIODevice& m_out;
    QIODevice& m_err;
    bool m_inIsTty = false;
    bool m_outIsTty;
    bool m_errIsTty;
    bool m_outHasColours = false;
    bool m_errHasColours = false;
    bool m_outIsOpen = true;
};

} // namespace lavascope
