// SPDX-License-Identifier: MIT
#include "check.h"
#include "core/stream/recording.h"

using namespace lavascope;

namespace {

constexpr const char* canary = "Qz7-canary.4w/x+K9~pL";

void checkMasks(const QByteArray& plain, const QByteArray& safe) {
    FUZZ_CHECK(safe.size() == plain.size());
    for (qsizetype i = 0; i < safe.size(); ++i)
        FUZZ_CHECK(safe[i] == plain[i] || safe[i] == '*');
}

void checkRedaction(const Recording& plain, const Recording& safe) {
    checkMasks(plain.request.body, safe.request.body);
    FUZZ_CHECK(safe.attempts.size() == plain.attempts.size());
    for (size_t i = 0; i < plain.attempts.size(); ++i) {
        const Attempt& before = plain.attempts[i];
        const Attempt& after = safe.attempts[i];
        FUZZ_CHECK(after.status == before.status && after.headersAt == before.headersAt);
        FUZZ_CHECK(after.chunks.size() == before.chunks.size());
        for (size_t c = 0; c < before.chunks.size(); ++c) {
            FUZZ_CHECK(after.chunks[c].at == before.chunks[c].at);
            checkMasks(before.chunks[c].bytes, after.chunks[c].bytes);
        }
        FUZZ_CHECK(!after.body().contains(canary));
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const QByteArray text(reinterpret_cast<const char*>(data), qsizetype(size));
    const Result<Recording> read = readRecording(text);
    if (!read) {
        FUZZ_CHECK(!read.error().message.isEmpty());
        FUZZ_CHECK(read.error().offset >= 0 && read.error().offset <= text.size());
        return 0;
    }
    const std::vector<Secret> known = {Secret(canary)};
    const RedactedRecording redacted = redact(*read, known);
    checkRedaction(*read, redacted.recording());

    const QByteArray file = writeRecording(redacted);
    FUZZ_CHECK(looksLikeRecording(file));
    FUZZ_CHECK(!file.contains(canary));
    const Result<Recording> again = readRecording(file);
    FUZZ_CHECK(again.has_value());
    FUZZ_CHECK(again->startedAtMs == redacted.recording().startedAtMs);
    FUZZ_CHECK(again->request.url == redacted.recording().request.url);
    FUZZ_CHECK(again->request.headers == redacted.recording().request.headers);
    FUZZ_CHECK(again->attempts.size() == redacted.recording().attempts.size());
    for (size_t i = 0; i < again->attempts.size(); ++i) {
        const Attempt& a = again->attempts[i];
        const Attempt& b = redacted.recording().attempts[i];
        FUZZ_CHECK(a.headers == b.headers && a.body() == b.body() && a.chunks.size() == b.chunks.size());
        FUZZ_CHECK(a.ending.has_value() == b.ending.has_value());
    }

    // Cut anywhere after its first line, the file is still read.
    const qsizetype firstLine = file.indexOf('\n');
    FUZZ_CHECK(readRecording(file.first(firstLine + (file.size() - firstLine) / 2)).has_value());
    return 0;
}
