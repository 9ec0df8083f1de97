// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/secret.h"
#include "store/profiles.h"
#include "store/secret_vault.h"

#include <QHash>
#include <QObject>

#include <memory>

namespace lavascope {

/// The user's keys under names: the keys themselves in the system's key store, or in memory for this session
/// where that fails; beside them only what is not secret.
class KeyRing : public QObject {
    Q_OBJECT

public:
    enum class Place { KeyStore, Memory };
    /// Where a key was kept, and why it was not the key store.
    struct Kept {
        Place place = Place::KeyStore;
        QString reason; ///< empty for the key store
    };
    using Remembered = std::function<void(Result<Kept>)>;

    /// `folder` is where the names are; with an error in its place keys stay in memory, because one that no
    /// name leads to could not be taken out of the key store again.
    explicit KeyRing(const Result<QString>& folder,
                     std::chrono::milliseconds limit = std::chrono::seconds(10), QObject* parent = nullptr);

    /// The ring of this user, whose names are in the data folder.
    [[nodiscard]] static std::unique_ptr<KeyRing> ofUser();

    [[nodiscard]] const QList<Profile>& profiles() const { return m_profiles; }
    /// Takes in what another program (the command line beside the window) has kept or forgotten meanwhile.
    void readNames();
    [[nodiscard]] Place placeOf(const QString& id) const {
        return m_memory.contains(id) ? Place::Memory : Place::KeyStore;
    }
    /// Null if there is none; valid until the next change.
    [[nodiscard]] const Profile* profileNamed(const QString& name) const;
    /// Whether a new key can have this name. Errors: those of checkProfileName().
    [[nodiscard]] Result<void> checkName(const QString& name) const;
    /// What went wrong when the names were read at the start; empty if nothing did.
    [[nodiscard]] const QString& trouble() const { return m_trouble; }

    /// Keeps a key under a name. `remembered` is called once, later: with the place, or with an error of
    /// checkName(), `profile_note_invalid`, `secret_empty`, `secret_too_long` or `file_not_written`, and then
    /// nothing is kept.
    void remember(const QString& name, const QString& note, const Secret& key, const Remembered& remembered);
    /// The key of a profile. Errors: those of SecretVault::read().
    void secretOf(const QString& id, const SecretVault::Found& found);
    /// Takes a key away, and then its name. Where the key store does not let go of the key, the name stays,
    /// so that it can be tried again. Errors: those of SecretVault::remove(), `file_not_written`.
    void forget(const QString& idOfProfile, const SecretVault::Done& done);

    /// The key in `LAVA_SECRET_KEY`, as the SDK takes it; empty if it is not set.
    [[nodiscard]] static Secret environmentKey();

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] Result<void> saveNames();
    void keepInMemory(const Profile& profile, const Secret& key);

    Result<QString> m_folder;
    SecretVault m_vault;
    QList<Profile> m_profiles;
    QHash<QString, Secret> m_memory; ///< keys of this session, by id
    QString m_trouble;
};

} // namespace lavascope
