// SPDX-License-Identifier: MIT
#include "cli/source.h"

#include "cli/key_store.h"
#include "cli/unseen_typing.h"

#include <QFile>
#include <QFileInfo>

namespace lavascope {

namespace {

constexpr QByteArrayView byteOrderMark("\xEF\xBB\xBF", 3);
const QString environmentScheme = QStringLiteral("env:");
const QString fileScheme = QStringLiteral("file:");
const QString keychainScheme = QStringLiteral("keychain:");

bool isSource(const QString& source) {
    return source == QStringLiteral("-") || source.startsWith(environmentScheme) ||
           source.startsWith(fileScheme) || source.startsWith(keychainScheme);
}

Result<QByteArray> fromEnvironment(const QString& name) {
    const QByteArray key = name.toUtf8();
    if (!qEnvironmentVariableIsSet(key.constData()))
        return fail(QStringLiteral("env_not_set"),
                    QStringLiteral("The environment variable %1 is not set.").arg(name),
                    QStringLiteral("Set it, or name another SOURCE."));
    return qgetenv(key.constData());
}

Result<QByteArray> fromFile(const QString& path, qint64 limit) {
    QFile file(path);
    if (!file.exists())
        return fail(QStringLiteral("file_not_found"), QStringLiteral("There is no file \"%1\".").arg(path));
    if (QFileInfo(path).isDir() || !file.open(QIODevice::ReadOnly))
        return fail(QStringLiteral("file_unreadable"), QStringLiteral("\"%1\" cannot be read.").arg(path));
    const QByteArray bytes = file.read(limit + 1);
    if (bytes.size() > limit)
        return fail(QStringLiteral("file_too_large"),
                    QStringLiteral("\"%1\" is larger than %2 MiB.").arg(path).arg(limit >> 20));
    return bytes;
}

bool othersCanRead(const QString& path) {
#ifdef Q_OS_UNIX
    const QFileDevice::Permissions others =
        QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::WriteGroup | QFileDevice::WriteOther;
    return (QFileInfo(path).permissions() & others) != 0;
#else
    Q_UNUSED(path)
    return false; // access lists are not told by these bits
#endif
}

tl::unexpected<Error> readTwice() {
    return fail(QStringLiteral("stdin_twice"),
                QStringLiteral("Standard input can be read for one option only."),
                QStringLiteral("Name env:NAME or file:PATH for the other one."));
}

QByteArray withoutLineBreak(QByteArray text) {
    while (text.endsWith('\n') || text.endsWith('\r'))
        text.chop(1);
    return text;
}

} // namespace

Result<QByteArray> SourceReader::standardInput(End end) {
    if (m_inputRead)
        return readTwice();
    m_inputRead = true;
    QByteArray all;
    while (all.size() <= largestInput) {
        Result<QByteArray> more = m_terminal.read();
        if (!more)
            return more;
        if (more->isEmpty())
            return all;
        all += *more;
        if (end == End::OfLine && more->contains('\n'))
            return all;
    }
    return fail(QStringLiteral("stdin_too_large"), QStringLiteral("Standard input gave more than 64 MiB."));
}

Result<QByteArray> SourceReader::typedUnseen(QStringView what) {
    if (m_inputRead)
        return readTwice();
    const UnseenTyping typing;
    m_terminal.err().write(what.toUtf8() +
                           (typing.isUnseen() ? ": " : " (this terminal shows what is typed): "));
    Result<QByteArray> line = standardInput(End::OfLine);
    if (typing.isUnseen())
        m_terminal.err().write("\n"); // that of Enter was hidden too
    return line;
}

Result<QByteArray> SourceReader::bytes(const QString& source, qint64 largestFile) {
    if (source == QStringLiteral("-"))
        return standardInput(End::OfInput);
    if (source.startsWith(environmentScheme))
        return fromEnvironment(source.sliced(environmentScheme.size()));
    if (source.startsWith(fileScheme))
        return fromFile(source.sliced(fileScheme.size()), largestFile);
    if (source.startsWith(keychainScheme))
        return keyNamed(source.sliced(keychainScheme.size())).map([](const Secret& key) {
            return key.reveal();
        });
    return fail(QStringLiteral("source_invalid"), QStringLiteral("This is no SOURCE."),
                QStringLiteral("Write -, env:NAME, file:PATH or keychain:NAME."));
}

Result<Secret> SourceReader::secret(const QString& source, QStringView what) {
    if (!isSource(source))
        return fail(
            QStringLiteral("literal_secret"),
            QStringLiteral(
                "A secret is not taken from the command line, where every user of this computer can see it."),
            QStringLiteral("Use - (standard input), env:NAME, file:PATH or keychain:NAME."));
    if (source.startsWith(fileScheme) && othersCanRead(source.sliced(fileScheme.size()))) {
        const QString path = source.sliced(fileScheme.size());
        return fail(QStringLiteral("file_not_private"),
                    QStringLiteral("\"%1\" can be read by other users.").arg(path),
                    QStringLiteral("Make it private first: chmod 600 '%1'").arg(path));
    }
    const bool isTyped = source == QStringLiteral("-") && m_terminal.inIsTty();
    const Result<QByteArray> read = isTyped ? typedUnseen(what) : bytes(source);
    if (!read)
        return tl::unexpected(read.error());
    // Windows' own editors write a mark in front, and its PowerShell UTF-16.
    const QByteArray text = read->startsWith(byteOrderMark) ? read->sliced(byteOrderMark.size()) : *read;
    if (text.contains('\0') || !text.isValidUtf8())
        return fail(QStringLiteral("secret_not_text"), QStringLiteral("%1 gave no UTF-8 text.").arg(source),
                    QStringLiteral("Save it as UTF-8 (PowerShell's > writes UTF-16)."));
    const Secret secret(withoutLineBreak(text));
    if (secret.isEmpty())
        return fail(QStringLiteral("secret_empty"), QStringLiteral("%1 gave an empty secret.").arg(source));
    return secret;
}

Result<QByteArray> SourceReader::bytesOrLiteral(const QString& source, qint64 largestFile) {
    if (isSource(source))
        return bytes(source, largestFile);
    m_terminal.note(u"Note: what is given on the command line can be seen by other users of this computer; "
                    u"standard input cannot.");
    return source.toUtf8();
}

} // namespace lavascope
