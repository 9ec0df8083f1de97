// SPDX-License-Identifier: MIT
#include "core/stream/played_recording.h"

#include <algorithm>

namespace lavascope {

using namespace std::chrono_literals;

namespace {

constexpr int statusOfBareBody = 200;
/// As large as the slices in which bytes come from a socket.
constexpr qsizetype sliceBytes = 256 * 1024;

bool hasTimes(const Attempt& attempt) {
    return attempt.headersAt.value_or(0us) != 0us || (attempt.ending && attempt.ending->at != 0us) ||
           std::any_of(attempt.chunks.begin(), attempt.chunks.end(),
                       [](const Chunk& chunk) { return chunk.at != 0us; });
}

} // namespace

Result<Recording> readRecordingOrBody(const QByteArray& bytes) {
    if (bytes.isEmpty())
        return fail(QStringLiteral("recording_empty"), QStringLiteral("The file is empty."));
    if (!looksLikeRecording(bytes))
        return recordingOfBody(bytes);
    Result<Recording> recording = readRecording(bytes);
    if (recording && recording->attempts.empty())
        return fail(QStringLiteral("recording_empty"), QStringLiteral("The recording holds no attempt."));
    return recording;
}

Recording recordingOfBody(const QByteArray& body) {
    Attempt attempt;
    attempt.status = statusOfBareBody;
    for (qsizetype from = 0; from < body.size(); from += sliceBytes)
        attempt.chunks.push_back({0us, body.mid(from, sliceBytes)});
    attempt.ending = Ending{EndReason::Finished, {}, {}, 1};
    Recording recording;
    recording.attempts.push_back(std::move(attempt));
    return recording;
}

bool hasTimes(const Recording& recording) {
    return std::any_of(recording.attempts.begin(), recording.attempts.end(),
                       [](const Attempt& attempt) { return hasTimes(attempt); });
}

Ending endingOf(const Attempt& attempt) {
    Ending brokenOff;
    brokenOff.reason = EndReason::CutOff;
    brokenOff.at = attempt.chunks.empty() ? attempt.headersAt.value_or(0us) : attempt.chunks.back().at;
    return attempt.ending.value_or(brokenOff);
}

} // namespace lavascope
