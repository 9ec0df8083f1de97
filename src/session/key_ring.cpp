// SPDX-License-Identifier: MIT
#include "session/key_ring.h"

#include "core/token/credential.h"
#include "core/token/display.h"
#include "store/data_folder.h"

#include <QTimer>
#include <QUuid>

#include <algorithm>

namespace lavascope {

KeyRing::KeyRing(const Result<QString>& folder, std::chrono::milliseconds limit, QObject* parent)
    : QObject(parent)
    , m_folder(folder)
    , m_vault(limit) {
    readNames();
}

void KeyRing::readNames() {
    const Result<QList<Profile>> lasting = m_folder.and_then(loadProfiles);
    if (!lasting) {
        m_trouble = lasting.error().message;
        return;
    }
    m_profiles.removeIf([&](const Profile& profile) { return !m_memory.contains(profile.id); });
    m_profiles = *lasting + m_profiles;
}

std::unique_ptr<KeyRing> KeyRing::ofUser() {
    return std::make_unique<KeyRing>(dataFolder());
}

const Profile* KeyRing::profileNamed(const QString& name) const {
    const auto found = std::find_if(m_profiles.begin(), m_profiles.end(),
                                    [&](const Profile& profile) { return profile.name == name; });
    return found == m_profiles.end() ? nullptr : &*found;
}

// Names stand in a file and on the screen, and the key is easily pasted in their place.
Result<void> KeyRing::checkName(const QString& name) const {
    if (holdsCredential(name.toUtf8()))
        return fail(QStringLiteral("profile_name_invalid"),
                    QStringLiteral("The name looks like a key itself, and names are no secret."));
    return checkProfileName(name, m_profiles);
}

void KeyRing::remember(const QString& name, const QString& note, const Secret& key,
                       const Remembered& remembered) {
    readNames();
    Result<void> checked = checkName(name);
    if (checked && holdsCredential(note.toUtf8()))
        checked = fail(QStringLiteral("profile_note_invalid"),
                       QStringLiteral("The note holds what looks like a key, and notes are no secret."));
    if (checked && key.isEmpty())
        checked = fail(QStringLiteral("secret_empty"), QStringLiteral("There is no key to keep."));
    if (!checked) {
        QTimer::singleShot(0, this,
                           [remembered, error = checked.error()] { remembered(tl::unexpected(error)); });
        return;
    }
    const Profile profile{QUuid::createUuid().toString(QUuid::WithoutBraces), name,
                          QString::fromLatin1(modeName(modeOf(key))), note};
    if (!m_folder) {
        QTimer::singleShot(0, this, [this, profile, key, remembered] {
            keepInMemory(profile, key);
            remembered(Kept{Place::Memory, m_folder.error().message});
            Q_EMIT changed();
        });
        return;
    }
    m_vault.keep(profile.id, key, [this, profile, key, remembered](const Result<void>& kept) {
        if (!kept && kept.error().code == QStringLiteral("secret_too_long")) {
            remembered(tl::unexpected(kept.error()));
            return;
        }
        readNames(); // the key store may have taken its time
        if (!kept) {
            keepInMemory(profile, key);
            remembered(Kept{Place::Memory, kept.error().message});
            Q_EMIT changed();
            return;
        }
        m_profiles.append(profile);
        if (const Result<void> saved = saveNames(); !saved) {
            // A key that no name leads to would stay in the store for ever.
            m_profiles.removeLast();
            m_vault.remove(profile.id, [remembered, error = saved.error()](const Result<void>&) {
                remembered(tl::unexpected(error));
            });
        } else {
            remembered(Kept{});
        }
        Q_EMIT changed();
    });
}

void KeyRing::keepInMemory(const Profile& profile, const Secret& key) {
    m_profiles.append(profile);
    m_memory.insert(profile.id, key);
}

void KeyRing::secretOf(const QString& id, const SecretVault::Found& found) {
    if (const auto kept = m_memory.constFind(id); kept != m_memory.constEnd())
        QTimer::singleShot(0, this, [found, key = *kept] { found(key); });
    else
        m_vault.read(id, found);
}

// The key goes first: a key that no name leads to could never be taken out of the store again.
void KeyRing::forget(const QString& idOfProfile, const SecretVault::Done& done) {
    const QString id = idOfProfile; // it may be the very one that is in the list
    const auto forgetName = [this, id, done] {
        readNames(); // the key store may have taken its time
        m_profiles.removeIf([&](const Profile& profile) { return profile.id == id; });
        m_memory.remove(id);
        const Result<void> saved = saveNames();
        Q_EMIT changed();
        done(saved);
    };
    if (m_memory.contains(id)) {
        QTimer::singleShot(0, this, forgetName);
        return;
    }
    m_vault.remove(id, [forgetName, done](const Result<void>& removed) {
        if (removed) {
            forgetName();
            return;
        }
        Error error = removed.error();
        error.fix = QStringLiteral("Its name stays here, so that this can be tried again.");
        done(tl::unexpected(error));
    });
}

Secret KeyRing::environmentKey() {
    return Secret(qgetenv("LAVA_SECRET_KEY").trimmed());
}

Result<void> KeyRing::saveNames() {
    if (!m_folder)
        return {}; // then all of them are in memory
    QList<Profile> lasting = m_profiles;
    lasting.removeIf([&](const Profile& profile) { return m_memory.contains(profile.id); });
    return saveProfiles(*m_folder, lasting);
}

} // namespace lavascope
