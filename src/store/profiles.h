// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/result.h"

#include <QList>
#include <QString>

namespace lavascope {

/// What is known about a key beside the key itself: never anything secret.
struct Profile {
    QString id;          ///< random, names the entry in the key store
    QString name;        ///< unique, 1 to 64 characters
    QString environment; ///< `live`, `test` or `unknown`, by the key's prefix
    QString note;

    friend bool operator==(const Profile&, const Profile&) = default;
};

/// The profiles kept in a folder, in the order in which they were added; none where there is no file yet.
/// Errors: `profiles_damaged`; the file is then kept aside as `profiles.json.damaged`, and none are left.
[[nodiscard]] Result<QList<Profile>> loadProfiles(const QString& folder);

/// Writes them whole or not at all, for their owner alone. Errors: `file_not_written`.
[[nodiscard]] Result<void> saveProfiles(const QString& folder, const QList<Profile>& profiles);

/// Whether a name can be given to a new profile. Errors: `profile_name_invalid`, `profile_name_taken`.
[[nodiscard]] Result<void> checkProfileName(const QString& name, const QList<Profile>& profiles);

} // namespace lavascope
