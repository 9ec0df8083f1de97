// SPDX-License-Identifier: MIT
#include "store/recording_file.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>

namespace lavascope {

namespace {

using Write = std::function<bool(const QByteArray& bytes)>;

/// `fill` writes what is to stand in the file, and returns false when a writing failed.
Result<void> writeWhole(const QString& path, const std::function<bool(const Write&)>& fill) {
    QSaveFile file(path);
    const auto failed = [&] {
        return fail(QStringLiteral("file_not_written"),
                    QStringLiteral("\"%1\" cannot be written: %2.").arg(path, file.errorString()),
                    QStringLiteral("Choose a folder that you may write to and that has room."));
    };
    if (!file.open(QIODevice::WriteOnly))
        return failed();
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    const bool isFilled = fill([&](const QByteArray& bytes) { return file.write(bytes) == bytes.size(); });
    if (!isFilled || !file.commit())
        return failed();
    return {};
}

} // namespace

Result<void> saveRecording(const QString& path, const RedactedRecording& recording,
                           const std::function<void(qint64 bytes)>& afterBytes) {
    return writeWhole(path, [&](const Write& write) {
        return writeRecording(recording, [&](const QByteArray& line) {
            if (afterBytes)
                afterBytes(line.size());
            return write(line);
        });
    });
}

Result<void> saveBody(const QString& path, const RedactedRecording& recording,
                      const std::function<void(qint64 bytes)>& afterBytes) {
    return writeWhole(path, [&](const Write& write) {
        if (recording.recording().attempts.empty())
            return true;
        const std::vector<Chunk>& chunks = recording.recording().attempts.back().chunks;
        return std::all_of(chunks.begin(), chunks.end(), [&](const Chunk& chunk) {
            if (afterBytes)
                afterBytes(chunk.bytes.size());
            return write(chunk.bytes);
        });
    });
}

Result<void> writeFile(const QString& path, const QByteArray& bytes) {
    return writeWhole(path, [&](const Write& write) { return write(bytes); });
}

Result<QByteArray> readFile(const QString& path, qint64 limit) {
    QFile file(path);
    if (!file.exists())
        return fail(QStringLiteral("file_not_found"), QStringLiteral("There is no file \"%1\".").arg(path));
    if (QFileInfo(path).isDir())
        return fail(QStringLiteral("file_unreadable"), QStringLiteral("\"%1\" is a folder.").arg(path));
    if (!file.open(QIODevice::ReadOnly))
        return fail(QStringLiteral("file_unreadable"),
                    QStringLiteral("\"%1\" cannot be read: %2.").arg(path, file.errorString()));
    // One byte more than allowed tells "exactly the limit" from "too much", also where a size is not known
    // beforehand.
    const QByteArray bytes = file.read(limit + 1);
    if (file.error() != QFileDevice::NoError)
        return fail(QStringLiteral("file_unreadable"),
                    QStringLiteral("\"%1\" cannot be read: %2.").arg(path, file.errorString()));
    if (bytes.size() > limit)
        return fail(QStringLiteral("file_too_large"),
                    QStringLiteral("\"%1\" is larger than %2 bytes.").arg(path).arg(limit));
    return bytes;
}

} // namespace lavascope
