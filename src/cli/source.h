// SPDX-License-Identifier: MIT
#pragma once

#include "cli/terminal.h"
#include "core/base/result.h"
#include "core/base/secret.h"

#include <QString>

namespace lavascope {

/// Reads what SOURCE options name: `-`, `env:NAME`, `file:PATH`, `keychain:NAME`. One reader a command, since
/// standard input can be read once.
class SourceReader {
public:
    static constexpr qint64 largestInput = 64LL * 1024 * 1024;
    static constexpr qint64 largestRecording = 1024LL * 1024 * 1024;

    explicit SourceReader(Terminal& terminal)
        : m_terminal(terminal) {}

    /// A secret, without the line break at its end and a byte order mark before it. A literal is refused, and
    /// not repeated in the message. A file that others can read is refused too. Where somebody has to type
    /// it, standard error asks for `what`, e.g. "Secret key", and nothing of it is shown; Enter ends it.
    /// Errors: `literal_secret`, `stdin_twice`, `stdin_unreadable`, `stdin_too_large`, `env_not_set`,
    /// `file_not_private`, those of readFile() and keyNamed(), `secret_empty`, `secret_not_text`.
    [[nodiscard]] Result<Secret> secret(const QString& source, QStringView what);

    /// Bytes that are no secret, e.g. a body, as they are; of a file at most `largestFile`. Errors as above,
    /// and `source_invalid`.
    [[nodiscard]] Result<QByteArray> bytes(const QString& source, qint64 largestFile = largestInput);

    /// Something to look at: as bytes(), but a literal is taken too, with a note that others can see it.
    [[nodiscard]] Result<QByteArray> bytesOrLiteral(const QString& source, qint64 largestFile = largestInput);

private:
    enum class End { OfInput, OfLine };

    [[nodiscard]] Result<QByteArray> standardInput(End end);
    [[nodiscard]] Result<QByteArray> typedUnseen(QStringView what);

    Terminal& m_terminal;
    bool m_inputRead = false;
};

} // namespace lavascope
