// SPDX-License-Identifier: MIT
#pragma once

#include "core/diagnosis/diagnosis.h"
#include "core/diagnosis/retry_policy.h"
#include "core/provider/provider_catalogue.h"
#include "core/request/request_draft.h"
#include "session/credential_check.h"
#include "session/key_ring.h"
#include "session/run.h"
#include "session/sandbox_host.h"

#include <QObject>
#include <QVariant>

#include <memory>

namespace lavascope {

/// How much of one answer is kept, and where. What is not kept ends the attempt, with a sentence.
struct AnswerLimits {
    qint64 inMemory = qint64(64) << 20; ///< bytes; what goes beyond lies in temporary files without a name
    qint64 largest = qint64(16) << 30;  ///< bytes of the body; at most what the disk has room for
    qint64 mostEvents = 200'000'000;
    size_t mostChunks = 4'000'000; ///< each carries the time of its own arrival
    /// Memory for what cannot lie in a file: the assembled texts, and an event that is not whole yet.
    qint64 largestText = qint64(1) << 30;
    QString folder = {};                  ///< for the temporary files; empty: the system's
    qint64 fileBytes = qint64(256) << 20; ///< of one of them
};

/// How a call is to be made, beside what is sent.
struct SendOptions {
    RetryPolicy retry;
    std::chrono::milliseconds connectLimit{10'000};
    std::chrono::milliseconds firstByteLimit{60'000};
    std::chrono::milliseconds idleLimit{60'000};
    std::chrono::milliseconds totalLimit{600'000};
    QString forcedDialect;
    AnswerLimits limits = {};
};

/// Everything one user works with, built once in `main`: the network, the built-in gateway, the catalogue,
/// the rules.
class Workbench : public QObject {
    Q_OBJECT

public:
    explicit Workbench(QObject* parent = nullptr);
    ~Workbench() override;

    [[nodiscard]] const ProviderCatalogue& catalogue() const;
    [[nodiscard]] const DiagnosisRules& rules() const;
    [[nodiscard]] SandboxHost& sandbox();
    [[nodiscard]] KeyRing& keys();

    /// Starts a call. Errors: those of buildRequest(); then nothing was sent. Deleting the run aborts it.
    [[nodiscard]] Result<std::unique_ptr<Run>> send(const RequestDraft& draft,
                                                    const SendOptions& options = {});

    /// A check of what a gateway knows of a credential; nothing is sent before its start(). `gateway` empty:
    /// the one that fits the key. Errors: those of gatewayOrigin(), `secret_key_missing`, `gateway_unknown`
    /// (a key of neither mode), `live_key_to_loopback`.
    [[nodiscard]] Result<std::unique_ptr<CredentialCheck>> checkCredential(const TokenFields& fields,
                                                                           const QByteArray& gateway);

    /// The header fields exactly as they would stand on the wire, those that are added on the way included.
    /// Holds the real credential.
    [[nodiscard]] Headers fieldsToSend(const HttpRequest& request) const;

    /// Writes a finished or running call to a file, credentials masked. Errors: `file_not_written`.
    [[nodiscard]] Result<void> saveRecording(const QString& path, const Run& run) const;
    /// Writes the body of the latest answer to a file, credentials masked. Errors: `file_not_written`.
    [[nodiscard]] Result<void> saveBody(const QString& path, const Run& run) const;
    /// Reads a recording file. Errors: those of readFile() and readRecording().
    [[nodiscard]] Result<Recording> loadRecording(const QString& path) const;
    /// Reads any file the user names, e.g. a body. Errors: `file_not_found`, `file_unreadable`,
    /// `file_too_large`.
    [[nodiscard]] Result<QByteArray> readUserFile(const QString& path, qint64 limit) const;

    /// Writes a file the user names; what is in it must hold no secret. Errors: `file_not_written`.
    [[nodiscard]] Result<void> writeUserFile(const QString& path, const QByteArray& bytes) const;

    /// What the window remembers: sizes, appearance. Never anything secret. Keys are `group/name`.
    [[nodiscard]] QVariant preference(const QString& key, const QVariant& fallback = {}) const;
    void setPreference(const QString& key, const QVariant& value);

private:
    class Private;
    std::unique_ptr<Private> m_private;
};

} // namespace lavascope
