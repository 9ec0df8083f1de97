// SPDX-License-Identifier: MIT
#include "store/data_folder.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTemporaryFile>

namespace lavascope {

namespace {

QString wantedFolder() {
    const QString asked = qEnvironmentVariable("LAVASCOPE_DATA_DIR");
    return asked.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) : asked;
}

} // namespace

Result<QString> dataFolder() {
    const QString folder = wantedFolder();
    if (folder.isEmpty() || !QDir().mkpath(folder))
        return fail(QStringLiteral("data_folder_unusable"),
                    QStringLiteral("The data folder \"%1\" cannot be made.").arg(folder),
                    QStringLiteral("Set LAVASCOPE_DATA_DIR to a folder that you may write to."));
    constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner;
    if (!QFile::setPermissions(folder, ownerOnly))
        return fail(QStringLiteral("data_folder_unusable"),
                    QStringLiteral("The data folder \"%1\" belongs to someone else.").arg(folder),
                    QStringLiteral("Set LAVASCOPE_DATA_DIR to a folder of your own."));
    return folder;
}

Result<void> tryWriting(const QString& folder) {
    QTemporaryFile file(folder + QStringLiteral("/written-XXXXXX"));
    const QByteArray sample("written to see whether it can be");
    if (!file.open() || file.write(sample) != sample.size() || !file.flush())
        return fail(QStringLiteral("data_folder_unusable"),
                    QStringLiteral("Nothing can be written to \"%1\": %2.").arg(folder, file.errorString()),
                    QStringLiteral("Make room, or set LAVASCOPE_DATA_DIR to another folder."));
    return {};
}

} // namespace lavascope
