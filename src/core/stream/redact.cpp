// SPDX-License-Identifier: MIT
#include "core/request/header_rules.h"
#include "core/stream/recording.h"
#include "core/token/credential_finder.h"
#include "core/token/credential_search.h"

#include <algorithm>

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

/// Masks the chunks of one body, as soon as it is known what is to be masked in them.
class BodyMasker {
public:
    BodyMasker(std::vector<Chunk>& chunks, const CredentialFinder& finder, const RedactionAid& aid)
        : m_chunks(chunks)
        , m_aid(aid)
        , m_search(finder, [this](const ByteRange& range) { m_found.push_back(range); }) {}

    /// The body is looked through as one, because a secret may be cut by a chunk's border.
    void mask() {
        for (size_t i = 0; i < m_chunks.size(); ++i) {
            const qint64 before = m_search.settled();
            m_search.take(m_chunks[i].bytes);
            if (m_search.settled() != before)
                maskSettled();
            if (m_aid.afterBytes)
                m_aid.afterBytes(m_chunks[i].bytes.size());
        }
        m_search.finish();
        maskSettled();
    }

private:
    void maskSettled() {
        std::sort(m_found.begin(), m_found.end(),
                  [](const ByteRange& a, const ByteRange& b) { return a.begin < b.begin; });
        size_t range = 0;
        while (m_next < m_chunks.size() && m_begin + m_chunks[m_next].bytes.size() <= m_search.settled()) {
            range = maskOne(m_chunks[m_next], range);
            m_begin += m_chunks[m_next++].bytes.size();
        }
        std::erase_if(m_found, [this](const ByteRange& found) { return found.end <= m_begin; });
    }

    /// Returns the first range that may reach into the next chunk.
    size_t maskOne(Chunk& chunk, size_t range) {
        const qint64 end = m_begin + chunk.bytes.size();
        QByteArray safe;
        size_t next = range;
        for (; range < m_found.size() && m_found[range].begin < end; ++range) {
            const qint64 from = std::max(m_found[range].begin, m_begin);
            const qint64 until = std::min(m_found[range].end, end);
            if (m_found[range].end <= end && next == range)
                ++next;
            if (from >= until)
                continue;
            if (safe.isEmpty())
                safe = QByteArray(chunk.bytes.constData(), chunk.bytes.size());
            std::fill(safe.begin() + (from - m_begin), safe.begin() + (until - m_begin), '*');
        }
        if (!safe.isEmpty())
            chunk = m_aid.keep ? m_aid.keep({chunk.at, safe}) : Chunk{chunk.at, safe};
        return next;
    }

    std::vector<Chunk>& m_chunks;
    const RedactionAid& m_aid;
    std::vector<ByteRange> m_found; ///< that reach into what is not masked yet
    size_t m_next = 0;              ///< the first chunk that is not masked
    qint64 m_begin = 0;             ///< where it begins
    CredentialSearch m_search;
};

} // namespace

RedactedRecording redact(const Recording& recording, const std::vector<Secret>& known,
                         const RedactionAid& aid) {
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
        BodyMasker(attempt.chunks, finder, aid).mask();
        if (!attempt.ending)
            continue;
        const auto mask = [&](QString& text) { text = QString::fromUtf8(finder.masked(text.toUtf8())); };
        mask(attempt.ending->detail);
        for (QString& certificate : attempt.ending->certificates)
            mask(certificate);
    }
    return RedactedRecording(std::move(safe));
}

} // namespace lavascope
