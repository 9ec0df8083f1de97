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

/// When the piece with this number arrives, the first being 0.
[[nodiscard]] inline std::chrono::microseconds arrivalOf(qsizetype piece) {
    return std::chrono::microseconds(1000 + piece);
}

/// Reads the answer in the pieces between the cuts, each arriving at its own time.
[[nodiscard]] inline StreamReader read(const Answer& answer, const std::vector<qsizetype>& cuts = {}) {
    StreamReader reader(answer.hints);
    Headers headers;
    if (!answer.contentType.isEmpty())
        headers.append("Content-Type", answer.contentType);
    if (answer.status != 0)
        reader.takeHeaders(answer.status, headers, arrivalOf(0));
    qsizetype from = 0;
    qsizetype piece = 0;
    for (qsizetype cut : cuts) {
        reader.take({arrivalOf(piece++), answer.body.sliced(from, cut - from)});
        from = cut;
    }
    reader.take({arrivalOf(piece), answer.body.sliced(from)});
    Ending ending;
    ending.reason = answer.end;
    ending.at = arrivalOf(piece);
    reader.takeEnding(ending);
    return reader;
}

} // namespace lavascope::test
