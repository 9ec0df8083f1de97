// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/stream_reader.h"

#include <vector>

namespace lavascope::test {

/// An answer as a test describes it.
struct Answer {
    QByteArray body;
    QByteArray contentType;
    StreamHints hints;
    int status = 200; ///< 0: no headers came
    EndReason end = EndReason::Finished;
};

/// Reads the answer in the pieces between the cuts, all arriving at one time, so that only the cuts differ.
[[nodiscard]] inline StreamReader read(const Answer& answer, const std::vector<qsizetype>& cuts = {}) {
    constexpr std::chrono::microseconds at(1000);
    StreamReader reader(answer.hints);
    Headers headers;
    if (!answer.contentType.isEmpty())
        headers.append("Content-Type", answer.contentType);
    if (answer.status != 0)
        reader.takeHeaders(answer.status, headers, at);
    qsizetype from = 0;
    for (qsizetype cut : cuts) {
        reader.take({at, answer.body.sliced(from, cut - from)});
        from = cut;
    }
    reader.take({at, answer.body.sliced(from)});
    Ending ending;
    ending.reason = answer.end;
    ending.at = at;
    reader.takeEnding(ending);
    return reader;
}

} // namespace lavascope::test
