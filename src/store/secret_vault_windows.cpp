// SPDX-License-Identifier: MIT
// The Credential Manager, asked directly. It reads and writes the same entries as QtKeychain, so a program
// built with that finds the keys of one built without. https://learn.microsoft.com/windows/win32/api/wincred/
#include "store/secret_vault.h"
#include "store/vault_words.h"

#include <QTimer>

#include <memory>

// clang-format off
#include <windows.h>
#include <wincred.h> // needs what the one above it declares
// clang-format on

namespace lavascope {

namespace {

/// What Windows hands out of its store: overwritten before it is given back.
struct WipeAndFree {
    void operator()(CREDENTIALW* entry) const {
        SecureZeroMemory(entry->CredentialBlob, entry->CredentialBlobSize);
        CredFree(entry);
    }
};

// Windows takes names as memory it could write to, and doesn't.
wchar_t* nameFor(const QString& text) {
    return const_cast<wchar_t*>(reinterpret_cast<const wchar_t*>(text.utf16()));
}

Error errorOf(DWORD code) {
    switch (code) {
    case ERROR_NOT_FOUND:
        return vaultHasNoSuchKey();
    case ERROR_NO_SUCH_LOGON_SESSION: // a service, or a login over the network without a profile
    case ERROR_NOT_SUPPORTED:
    case ERROR_CALL_NOT_IMPLEMENTED:
        return vaultIsMissing();
    case ERROR_ACCESS_DENIED:
        return vaultRefused();
    default:
        return vaultFailed(QStringLiteral("error %1 of Windows").arg(uint(code)));
    }
}

Result<Secret> readEntry(const QString& id) {
    const QString name = vaultEntryName(id);
    CREDENTIALW* found = nullptr;
    if (!CredReadW(nameFor(name), CRED_TYPE_GENERIC, 0, &found))
        return tl::unexpected(errorOf(GetLastError()));
    const std::unique_ptr<CREDENTIALW, WipeAndFree> entry(found);
    return Secret(QByteArrayView(entry->CredentialBlob, qsizetype(entry->CredentialBlobSize)));
}

Result<void> writeEntry(const QString& id, const Secret& secret) {
    const QString name = vaultEntryName(id);
    const QString user = QStringLiteral("Lavascope");
    QByteArray plain = secret.reveal();
    CREDENTIALW entry = {};
    entry.Type = CRED_TYPE_GENERIC;
    entry.Persist =
        CRED_PERSIST_LOCAL_MACHINE; // outlives the session, and leaves this computer with no profile
    entry.TargetName = nameFor(name);
    entry.UserName = nameFor(user);
    entry.CredentialBlobSize = DWORD(plain.size());
    entry.CredentialBlob = reinterpret_cast<BYTE*>(plain.data());
    const bool isWritten = CredWriteW(&entry, 0);
    const DWORD error = GetLastError();
    SecureZeroMemory(plain.data(), size_t(plain.size()));
    if (!isWritten)
        return tl::unexpected(errorOf(error));
    return {};
}

Result<void> keepEntry(const QString& id, const Secret& secret) {
    if (secret.reveal().size() > longestSecret)
        return tl::unexpected(secretTooLong());
    return writeEntry(id, secret).and_then([&] { return readEntry(id); }).and_then([&](const Secret& back) {
        return back == secret ? Result<void>() : tl::unexpected(vaultChangedTheKey());
    });
}

Result<void> removeEntry(const QString& id) {
    const QString name = vaultEntryName(id);
    if (!CredDeleteW(nameFor(name), CRED_TYPE_GENERIC, 0))
        if (const DWORD error = GetLastError(); error != ERROR_NOT_FOUND)
            return tl::unexpected(errorOf(error));
    return {};
}

} // namespace

SecretVault::SecretVault(std::chrono::milliseconds limit, QObject* parent)
    : QObject(parent)
    , m_limit(limit) {}

QString SecretVault::systemName() {
    return QStringLiteral("Windows Credential Manager");
}

// Windows answers at once and asks its user nothing, so no limit is needed; the answers still come from the
// event loop, as everywhere.

void SecretVault::keep(const QString& id, const Secret& secret, const Done& done) {
    QTimer::singleShot(0, this, [id, secret, done] { done(keepEntry(id, secret)); });
}

void SecretVault::read(const QString& id, const Found& found) {
    QTimer::singleShot(0, this, [id, found] { found(readEntry(id)); });
}

void SecretVault::remove(const QString& id, const Done& done) {
    QTimer::singleShot(0, this, [id, done] { done(removeEntry(id)); });
}

} // namespace lavascope
