// SPDX-License-Identifier: MIT
#include "store/data_folder.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

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

} // namespace lavascope
