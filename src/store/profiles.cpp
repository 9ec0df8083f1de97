// SPDX-License-Identifier: MIT
#include "store/profiles.h"

#include "core/base/visible_text.h"
#include "store/recording_file.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace lavascope {

namespace {

constexpr qint64 largestFile = 4 * 1024 * 1024;
constexpr qsizetype longestName = 64;
constexpr int version = 1;

QString pathIn(const QString& folder) {
    return folder + QStringLiteral("/profiles.json");
}

std::optional<QList<Profile>> profilesOf(const QByteArray& bytes) {
    const QJsonObject root = QJsonDocument::fromJson(bytes).object();
    if (root[QStringLiteral("version")].toInt() != version || !root[QStringLiteral("profiles")].isArray())
        return std::nullopt;
    QList<Profile> profiles;
    const QJsonArray list = root[QStringLiteral("profiles")].toArray();
    for (const auto& entry : list) {
        const auto text = [&](const char* name) { return entry[QLatin1String(name)].toString(); };
        const Profile profile{text("id"), text("name"), text("environment"), text("note")};
        if (profile.id.isEmpty() || profile.name.isEmpty())
            return std::nullopt;
        profiles.append(profile);
    }
    return profiles;
}

} // namespace

Result<QList<Profile>> loadProfiles(const QString& folder) {
    const QString path = pathIn(folder);
    if (!QFile::exists(path))
        return QList<Profile>();
    const Result<QByteArray> bytes = readFile(path, largestFile);
    if (bytes)
        if (std::optional<QList<Profile>> profiles = profilesOf(*bytes))
            return *std::move(profiles);
    const QString aside = path + QStringLiteral(".damaged");
    QFile::remove(aside);
    QFile::rename(path, aside);
    return fail(QStringLiteral("profiles_damaged"),
                QStringLiteral("The list of keys could not be read and was kept aside as \"%1\".").arg(aside),
                QStringLiteral("The keys are still in the system's key store; add them again here."));
}

Result<void> saveProfiles(const QString& folder, const QList<Profile>& profiles) {
    QJsonArray list;
    for (const Profile& profile : profiles)
        list.append(QJsonObject{{QStringLiteral("id"), profile.id},
                                {QStringLiteral("name"), profile.name},
                                {QStringLiteral("environment"), profile.environment},
                                {QStringLiteral("note"), profile.note}});
    const QJsonObject root{{QStringLiteral("version"), version}, {QStringLiteral("profiles"), list}};
    return writeFile(pathIn(folder), QJsonDocument(root).toJson());
}

Result<void> checkProfileName(const QString& name, const QList<Profile>& profiles) {
    if (name.isEmpty() || name.size() > longestName || name != name.trimmed() ||
        withVisibleChips(name) != name || name.contains(QLatin1Char('\n')))
        return fail(QStringLiteral("profile_name_invalid"),
                    QStringLiteral("A name has 1 to 64 characters, none of them invisible."));
    const bool taken = std::any_of(profiles.begin(), profiles.end(),
                                   [&](const Profile& profile) { return profile.name == name; });
    if (taken)
        return fail(QStringLiteral("profile_name_taken"),
                    QStringLiteral("There is a key named \"%1\" already.").arg(name),
                    QStringLiteral("Choose another name, or remove that key first."));
    return {};
}

} // namespace lavascope
