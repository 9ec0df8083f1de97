// SPDX-License-Identifier: MIT
#include "core/stream/stream_reader.h"

namespace lavascope {

StreamReader readAttempt(const Attempt& attempt, StreamHints hints) {
    StreamReader reader(std::move(hints));
    readAttempt(attempt, reader, [](qint64) {});
    return reader;
}

void readAttempt(const Attempt& attempt, StreamReader& reader,
                 const std::function<void(qint64 bytes)>& afterBytes) {
    if (attempt.status != 0 || attempt.headersAt)
        reader.takeHeaders(attempt.status, attempt.headers,
                           attempt.headersAt.value_or(std::chrono::microseconds(0)));
    for (const Chunk& chunk : attempt.chunks) {
        reader.take(chunk);
        afterBytes(chunk.bytes.size());
    }
    Ending brokenOff;
    brokenOff.reason = EndReason::CutOff;
    brokenOff.at = attempt.chunks.empty() ? std::chrono::microseconds(0) : attempt.chunks.back().at;
    reader.takeEnding(attempt.ending.value_or(brokenOff));
}

} // namespace lavascope
