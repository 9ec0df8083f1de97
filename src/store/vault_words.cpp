// SPDX-License-Identifier: MIT
#include "store/vault_words.h"

namespace lavascope {

namespace {

QString fix() {
    return QStringLiteral("The key can still be used for this session; or name env:NAME or "
                          "file:PATH instead.");
}

} // namespace

QString vaultEntryName(const QString& id) {
    return QStringLiteral("lavascope/") + id;
}

Error secretTooLong() {
    return {QStringLiteral("secret_too_long"),
            QStringLiteral("A key of more than 2560 bytes fits into no key store."),
            QStringLiteral("Keep the secret key, not the token made of it.")};
}

Error vaultHasNoSuchKey() {
    return {QStringLiteral("key_not_found"),
            QStringLiteral("The system's key store has no such key any more."),
            QStringLiteral("Add the key again.")};
}

Error vaultRefused() {
    return {QStringLiteral("key_store_refused"),
            QStringLiteral("The system's key store did not let us in; it may be locked."), fix()};
}

Error vaultIsMissing() {
    return {QStringLiteral("key_store_missing"), QStringLiteral("This system offers no key store now."),
            fix()};
}

Error vaultFailed(const QString& details) {
    return {QStringLiteral("key_store_failed"),
            QStringLiteral("The system's key store failed: %1.").arg(details), fix()};
}

Error vaultKeepsTheKey() {
    return {QStringLiteral("key_store_failed"),
            QStringLiteral("The system's key store could not take the key away."), fix()};
}

Error vaultChangedTheKey() {
    return {QStringLiteral("key_store_failed"),
            QStringLiteral("The system's key store gave back another key than it got."),
            {}};
}

} // namespace lavascope
