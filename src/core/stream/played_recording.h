// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/recording.h"

namespace lavascope {

/// Reads what can be played of a file's bytes: a recording, or else the bare body of an answer.
/// Errors: those of readRecording(), `recording_empty` (it holds no attempt, or the file holds nothing).
[[nodiscard]] Result<Recording> readRecordingOrBody(const QByteArray& bytes);

/// A bare body as the answer of one attempt that ended well. Request, headers and times are not known.
[[nodiscard]] Recording recordingOfBody(const QByteArray& body);

/// Whether the times in a recording are real ones; a bare body has none, nor may one written by hand.
[[nodiscard]] bool hasTimes(const Recording& recording);

/// How an attempt ended; of one that broke off in the file: cut off when its last byte came.
[[nodiscard]] Ending endingOf(const Attempt& attempt);

} // namespace lavascope
