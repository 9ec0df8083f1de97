// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/headers.h"
#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/request/http_request.h"
#include "core/stream/tls_fault.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace lavascope {

/// Bytes of a body with the time they arrived.
struct Chunk {
    std::chrono::microseconds at{0}; ///< since the request was handed to the transport; monotonic
    QByteArray bytes;
    /// Keeps alive what the bytes lie in; null: they own themselves. Whoever keeps bytes keeps this too.
    std::shared_ptr<const void> owner = {};
};

/// How the transport saw a call end. Says nothing about whether the answer was whole: that is the verdict's
/// business.
enum class EndReason {
    Finished, ///< the framing ended as announced, or the peer closed where closing is the end
    StoppedByUser,
    CutOff,   ///< the peer broke off inside the body
    NoAnswer, ///< sent, and the peer closed or reset before a status came: it may have been billed
    HostNotFound,
    ConnectionRefused,
    Unreachable,
    ConnectTimeout,
    FirstByteTimeout, ///< no status or no headers in time
    IdleTimeout,      ///< silence inside the body
    TotalTimeout,
    TlsFailed,
    ProxyFailed,
    MalformedAnswer, ///< status without readable headers, an interim answer mistaken for the final one, …
    TooLarge,        ///< the answer outgrew what is kept, and was ended from here
    Refused,         ///< we did not send it
    OtherFailure,
};
[[nodiscard]] const char*
endReasonName(EndReason reason); ///< snake_case, e.g. `finished`, `stopped_by_user`, `cut_off`
[[nodiscard]] std::optional<EndReason> endReasonByName(QByteArrayView name);

struct Ending {
    EndReason reason = EndReason::Finished;
    QString detail;                  ///< one plain sentence; never holds a URL or a secret
    std::chrono::microseconds at{0}; ///< on the chunks' clock
    int timesSent = 0; ///< how often the request went out; 0 or 1, more is a defect worth showing
    TlsFault tlsFault = TlsFault::None;
    /// The certificates of a chain that was refused, the server's own first: a plain sentence each, with what
    /// is wrong with it.
    QStringList certificates = {};
};

/// One try: what came back and how it ended.
struct Attempt {
    std::chrono::milliseconds waited{0}; ///< pause before this try
    int status = 0;                      ///< 0: no status came
    QByteArray reason;
    Headers headers;
    std::optional<std::chrono::microseconds> headersAt;
    std::vector<Chunk> chunks;
    std::optional<Ending> ending; ///< nothing: still running, or the file broke off

    /// All of it in memory: only for a body that is known to be small; see bodySize().
    [[nodiscard]] QByteArray body() const;
    [[nodiscard]] QByteArray beginningOfBody(qsizetype most) const;
    [[nodiscard]] qint64 bodySize() const;
};

/// The only truth about a call. Text, tool calls, timeline, usage and diagnosis are computed from it.
struct Recording {
    qint64 startedAtMs = 0; ///< Unix time
    HttpRequest request;
    std::vector<Attempt> attempts;
};

/// The same without its bodies, in a few bytes.
[[nodiscard]] Recording withoutBodies(const Recording& recording);

struct RedactionAid;

/// A recording in which every credential is masked: the only kind that can reach a file. Made by redact()
/// alone.
class RedactedRecording {
public:
    [[nodiscard]] const Recording& recording() const { return m_recording; }

private:
    friend RedactedRecording redact(const Recording& recording, const std::vector<Secret>& known,
                                    const RedactionAid& aid);
    explicit RedactedRecording(Recording recording)
        : m_recording(std::move(recording)) {}
    Recording m_recording;
};

/// What whoever masks a long recording may want to do meanwhile; each may be empty.
struct RedactionAid {
    std::function<Chunk(Chunk)> keep = {};             ///< puts a masked copy where it is to stay
    std::function<void(qint64 bytes)> afterBytes = {}; ///< so many more were looked through
};

/// Masks credential headers, `key=` parameters, the known secrets (also in base64, inside the token and
/// across chunk borders) and everything that has the shape of a credential, in request and answers. Body
/// lengths do not change. Chunks in which nothing is masked are shared with the recording.
[[nodiscard]] RedactedRecording redact(const Recording& recording, const std::vector<Secret>& known,
                                       const RedactionAid& aid = {});

/// JSON Lines, version 1; the format is described in `docs/recording-format.md`.
[[nodiscard]] QByteArray writeRecording(const RedactedRecording& recording);
/// The same line by line; stops with false when `write` returns false.
[[nodiscard]] bool writeRecording(const RedactedRecording& recording,
                                  const std::function<bool(const QByteArray& line)>& write);
/// Errors: `recording_invalid` (with line and offset), `recording_version`. A file that breaks off after some
/// lines is read as far as it goes: its last attempt has no ending.
[[nodiscard]] Result<Recording> readRecording(QByteArrayView jsonLines);
/// Whether a text begins as a recording does.
[[nodiscard]] bool looksLikeRecording(QByteArrayView text);

} // namespace lavascope
