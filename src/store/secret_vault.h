// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"

#include <QObject>

#include <chrono>
#include <functional>

namespace lavascope {

/// The key store of the system: Secret Service or KWallet on Linux, Credential Manager on Windows, Keychain
/// on macOS. There is no other place: where it fails, nothing is written anywhere.
///
/// Answers come later, from the event loop, each exactly once and in any order. A store that asks its user
/// something, and gets no answer, is given up after a time limit.
class SecretVault : public QObject {
    Q_OBJECT

public:
    using Done = std::function<void(Result<void>)>;
    using Found = std::function<void(Result<Secret>)>;

    explicit SecretVault(std::chrono::milliseconds limit = std::chrono::seconds(10),
                         QObject* parent = nullptr);

    /// What this system's key store is called, whether or not it is there.
    [[nodiscard]] static QString systemName();

    /// Keeps a secret under an id, and reads it back to be sure. Errors: `key_store_missing`,
    /// `key_store_refused`, `key_store_no_answer`, `key_store_failed`, `secret_too_long` (Windows takes 2560
    /// bytes).
    void keep(const QString& id, const Secret& secret, const Done& done);
    /// Errors: as above, and `key_not_found`.
    void read(const QString& id, const Found& found);
    /// Taking away what is not there is fine. Errors: as above.
    void remove(const QString& id, const Done& done);

private:
    std::chrono::milliseconds m_limit;
};

} // namespace lavascope
