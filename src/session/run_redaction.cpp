// SPDX-License-Identifier: MIT
#include "core/request/header_rules.h"
#include "session/run_private.h"

namespace lavascope {

std::vector<Secret> secretsOf(const RequestDraft& draft) {
    std::vector<Secret> secrets{draft.token.secretKey};
    if (draft.token.providerKey.hasValue())
        secrets.push_back(draft.token.providerKey.value());
    if (draft.credential)
        secrets.push_back(*draft.credential);
    else if (const Result<QByteArray> token = buildToken(draft.token))
        secrets.emplace_back(*token);
    for (const Headers::Field& field : draft.headers)
        if (isCredentialHeader(field.name))
            secrets.emplace_back(field.value);
    std::erase_if(secrets, [](const Secret& secret) { return secret.isEmpty(); });
    return secrets;
}

RedactedRecording Run::redacted() const {
    RedactionAid aid;
    aid.keep = [memory = m_private->newMemory()](Chunk chunk) { return memory->keep(std::move(chunk)); };
    aid.afterBytes = [this](qint64 bytes) { letGo(bytes); };
    return redact(wholeRecording(), m_private->secrets, aid);
}

RedactedRecording Run::redactedHeads() const {
    return redact(withoutBodies(m_private->recording), m_private->secrets);
}

Recording Run::redactedBeginnings(qsizetype most) const {
    // Masked before it is cut: the half of a secret is not recognised as one.
    constexpr qsizetype longestSecret = 64 * 1024;
    Recording beginnings = withoutBodies(m_private->recording);
    for (size_t i = 0; i < beginnings.attempts.size(); ++i)
        beginnings.attempts[i].chunks = {
            {{}, m_private->recording.attempts[i].beginningOfBody(most + longestSecret)}};
    Recording masked = redact(beginnings, m_private->secrets).recording();
    for (Attempt& attempt : masked.attempts)
        attempt.chunks = {{{}, attempt.beginningOfBody(most)}};
    return masked;
}

StreamReader Run::redactedReading() const {
    const RedactedRecording safe = redacted();
    const auto memory = m_private->newMemory();
    StreamHints hints = hintsFor(safe.recording().request);
    hints.forcedDialect = m_private->options.forcedDialect;
    StreamReader reader(hints, memory);
    readAttempt(safe.recording().attempts.back(), reader, [&](qint64 bytes) {
        memory->letGo(bytes);
        letGo(bytes);
    });
    return reader;
}

CredentialFinder Run::secretFinder() const {
    CredentialFinder finder;
    for (const Secret& secret : m_private->secrets)
        finder.add(secret.reveal());
    return finder;
}

} // namespace lavascope
