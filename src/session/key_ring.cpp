// SPDX-License-Identifier: MIT
#include "session/key_ring.h"

#include "core/token/credential.h"
#include "store/data_folder.h"

#include <QTimer>
#include <QUuid>

#include <algorithm>

namespace lavascope {

KeyRing::KeyRing(const QString& folder, std::chrono::milliseconds limit, QObject* parent)
    : QObject(parent)
    , m_folder(folder)
    , m_vault(limit) {
    readNames();
}

void KeyRing::readNames() {
    if (m_folder.isEmpty())
        return;
    const Result<QList<Profile>> lasting = loadProfiles(m_folder);
    if (!lasting) {
        m_trouble = lasting.error().message;
        return;
    }
    m_profiles.removeIf([&](const Profile& profile) { return !m_memory.contains(profile.id); });
    m_profiles = *lasting + m_profiles;
}

std::unique_ptr<KeyRing> KeyRing::ofUser() {
    return std::make_unique<KeyRing>(dataFolder().value_or(QString()));
}

const Profile* KeyRing::profileNamed(const QString& name) const {
    const auto found = std::find_if(m_profiles.begin(), m_profiles.end(),
                                    [&](const Profile& profile) { return profile.name == name; });
    return found == m_profiles.end() ? nullptr : &*found;
}

void KeyRing::remember(const QString& name, const QString& note, const Secret& key,
                       const Remembered& remembered) {
    readNames();
    Result<void> checked = checkProfileName(name, m_profiles);
    if (checked && key.isEmpty())
        checked = fail(QStringLiteral("secret_empty"), QStringLiteral("There is no key to keep."));
    if (!checked) {
        QTimer::singleShot(0, this,
                           [remembered, error = checked.error()] { remembered(tl::unexpected(error)); });
        return;
    }
    const Profile profile{QUuid::createUuid().toString(QUuid::WithoutBraces), name,
                          QString::fromLatin1(modeName(modeOf(key))), note};
    m_vault.keep(profile.id, key, [this, profile, key, remembered](const Result<void>& kept) {
        if (!kept && kept.error().code == QStringLiteral("secret_too_long")) {
            remembered(tl::unexpected(kept.error()));
            return;
        }
        readNames(); // the key store may have taken its time
        m_profiles.append(profile);
        if (!kept) {
            m_memory.insert(profile.id, key);
            remembered(Kept{Place::Memory, kept.error().message});
        } else if (const Result<void> saved = saveNames(); !saved) {
            // A key that no name leads to would stay in the store for ever.
            m_profiles.removeLast();
            m_vault.remove(profile.id, [](const Result<void>&) {});
            remembered(tl::unexpected(saved.error()));
        } else {
            remembered(Kept{});
        }
        Q_EMIT changed();
    });
}

void KeyRing::secretOf(const QString& id, const SecretVault::Found& found) {
    if (const auto kept = m_memory.constFind(id); kept != m_memory.constEnd())
        QTimer::singleShot(0, this, [found, key = *kept] { found(key); });
    else
        m_vault.read(id, found);
}

void KeyRing::forget(const QString& idOfProfile, const SecretVault::Done& done) {
    const QString id = idOfProfile; // it may be the very one that is in the list
    readNames();
    const bool wasInMemory = m_memory.contains(id);
    m_profiles.removeIf([&](const Profile& profile) { return profile.id == id; });
    m_memory.remove(id);
    const Result<void> saved = saveNames();
    Q_EMIT changed();
    if (wasInMemory || !saved)
        QTimer::singleShot(0, this, [done, saved] { done(saved); });
    else
        m_vault.remove(id, done);
}

Secret KeyRing::environmentKey() {
    return Secret(qgetenv("LAVA_SECRET_KEY").trimmed());
}

Result<void> KeyRing::saveNames() {
    if (m_folder.isEmpty())
        return {};
    QList<Profile> lasting = m_profiles;
    lasting.removeIf([&](const Profile& profile) { return m_memory.contains(profile.id); });
    return saveProfiles(m_folder, lasting);
}

} // namespace lavascope
