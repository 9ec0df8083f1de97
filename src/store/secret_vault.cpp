// SPDX-License-Identifier: MIT
#include "store/secret_vault.h"

#include "store/vault_words.h"

#include <QPointer>
#include <QTimer>
#include <qt6keychain/keychain.h>

namespace lavascope {

namespace {

QString service() {
    return QStringLiteral("Lavascope");
}

Error errorOf(QKeychain::Error error, const QString& details) {
    switch (error) {
    case QKeychain::EntryNotFound:
        return vaultHasNoSuchKey();
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return vaultRefused();
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        break;
    // Without a daemon that keeps secrets the Secret Service's library has no more to say than this.
    case QKeychain::OtherError:
        if (details != QStringLiteral("Unknown error") && !details.isEmpty())
            return vaultFailed(details.simplified());
        break;
    case QKeychain::NoError:
    case QKeychain::CouldNotDeleteEntry:
        return vaultKeepsTheKey();
    }
    return vaultIsMissing();
}

/// Starts a job that deletes itself, and calls back once: when it ends, or when the limit has passed. What
/// then succeeds all the same is told to `late`.
template <typename Job, typename Ended>
void start(
    Job* job, SecretVault* owner, std::chrono::milliseconds limit, const Ended& ended,
    const std::function<void()>& late = [] {}) {
    job->setAutoDelete(true);
    job->setInsecureFallback(false);
    auto* timer = new QTimer(owner);
    timer->setSingleShot(true);
    timer->setTimerType(Qt::PreciseTimer);
    // Whoever comes first takes the timer away, so the other finds it gone.
    const QPointer<QTimer> pending(timer);
    QObject::connect(timer, &QTimer::timeout, owner, [pending, ended] {
        delete pending.data();
        ended(nullptr,
              Error{QStringLiteral("key_store_no_answer"),
                    QStringLiteral("The system's key store gave no answer; it may be waiting for its user."),
                    QStringLiteral("Unlock it and try again.")});
    });
    QObject::connect(job, &QKeychain::Job::finished, owner, [pending, ended, late](QKeychain::Job* finished) {
        if (!pending) {
            if (finished->error() == QKeychain::NoError)
                late();
            return;
        }
        delete pending.data();
        if (finished->error() == QKeychain::NoError)
            ended(static_cast<Job*>(finished), std::nullopt);
        else
            ended(nullptr, errorOf(finished->error(), finished->errorString()));
    });
    timer->start(limit);
    job->start();
}

} // namespace

SecretVault::SecretVault(std::chrono::milliseconds limit, QObject* parent)
    : QObject(parent)
    , m_limit(limit) {}

QString SecretVault::systemName() {
#if defined(Q_OS_WIN)
    return QStringLiteral("Windows Credential Manager");
#elif defined(Q_OS_MACOS)
    return QStringLiteral("macOS Keychain");
#else
    return qEnvironmentVariable("XDG_CURRENT_DESKTOP").contains(QLatin1String("KDE"))
               ? QStringLiteral("KWallet")
               : QStringLiteral("Secret Service");
#endif
}

void SecretVault::keep(const QString& id, const Secret& secret, const Done& done) {
    if (secret.reveal().size() > longestSecret) {
        QTimer::singleShot(0, this, [done] { done(tl::unexpected(secretTooLong())); });
        return;
    }
    auto* job = new QKeychain::WritePasswordJob(service());
    job->setKey(vaultEntryName(id));
    job->setBinaryData(secret.reveal());
    const auto readBack = [this, id, secret, done](QKeychain::WritePasswordJob*, std::optional<Error> error) {
        if (error) {
            done(tl::unexpected(*error));
            return;
        }
        read(id, [secret, done](const Result<Secret>& back) {
            if (!back)
                done(tl::unexpected(back.error()));
            else if (*back == secret)
                done({});
            else
                done(tl::unexpected(vaultChangedTheKey()));
        });
    };
    // A key that was given up must not turn up in the store when its user unlocks it later.
    start(job, this, m_limit, readBack, [this, id] { remove(id, [](const Result<void>&) {}); });
}

void SecretVault::read(const QString& id, const Found& found) {
    auto* job = new QKeychain::ReadPasswordJob(service());
    job->setKey(vaultEntryName(id));
    start(job, this, m_limit, [found](QKeychain::ReadPasswordJob* ended, std::optional<Error> error) {
        if (error)
            found(tl::unexpected(*error));
        else
            found(Secret(ended->binaryData()));
    });
}

void SecretVault::remove(const QString& id, const Done& done) {
    auto* job = new QKeychain::DeletePasswordJob(service());
    job->setKey(vaultEntryName(id));
    start(job, this, m_limit, [done](QKeychain::DeletePasswordJob*, std::optional<Error> error) {
        if (error && error->code != QStringLiteral("key_not_found"))
            done(tl::unexpected(*error));
        else
            done({});
    });
}

} // namespace lavascope
