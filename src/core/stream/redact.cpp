// SPDX-License-Identifier: MIT
#include "core/request/header_rules.h"
#include "core/stream/recording.h"
#include "core/token/credential_finder.h"

namespace lavascope {

namespace {

/// The credential in a field's value, without the scheme before it.
QByteArrayView credentialOf(QByteArrayView value) {
    const qsizetype space = value.indexOf(' ');
    return space < 0 ? value : value.sliced(space + 1);
}

Headers safeHeaders(const Headers& headers, const CredentialFinder& finder) {
    Headers safe;
    for (const Headers::Field& field : redactedHeaders(headers))
        safe.append(finder.masked(field.name),
                    isCredentialHeader(field.name) ? field.value : finder.masked(field.value));
    return safe;
}

/// Masks the body as one, because a secret may be cut by a chunk's border, and cuts it where it was cut.
void maskBody(std::vector<Chunk>& chunks, const QByteArray& body, const CredentialFinder& finder) {
    const QByteArray safe = finder.masked(body);
    qsizetype from = 0;
    for (Chunk& chunk : chunks) {
        chunk.bytes = safe.sliced(from, chunk.bytes.size());
        from += chunk.bytes.size();
    }
}

} // namespace

RedactedRecording redact(const Recording& recording, const std::vector<Secret>& known) {
    CredentialFinder finder;
    for (const Secret& secret : known)
        finder.add(secret.reveal());
    // What the request itself sent as a credential must not be found in an answer that quotes it either.
    for (const Headers::Field& field : recording.request.headers)
        if (isCredentialHeader(field.name))
            finder.add(credentialOf(field.value));

    Recording safe = recording;
    safe.request.method = finder.masked(recording.request.method);
    safe.request.url = finder.masked(recording.request.url);
    safe.request.headers = safeHeaders(recording.request.headers, finder);
    safe.request.body = finder.masked(recording.request.body);
    for (Attempt& attempt : safe.attempts) {
        attempt.reason = finder.masked(attempt.reason);
        attempt.headers = safeHeaders(attempt.headers, finder);
        maskBody(attempt.chunks, attempt.body(), finder);
        if (attempt.ending)
            attempt.ending->detail = QString::fromUtf8(finder.masked(attempt.ending->detail.toUtf8()));
    }
    return RedactedRecording(std::move(safe));
}

} // namespace lavascope
