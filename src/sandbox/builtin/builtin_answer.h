// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/headers.h"
#include "sandbox/builtin/question.h"

#include <QByteArray>

#include <chrono>
#include <vector>

namespace lavascope {

/// Bytes that go out after a pause.
struct TimedBytes {
    std::chrono::milliseconds pause{0}; ///< since the bytes before, at pace 1
    QByteArray bytes;
};

/// A provider's answer that was made up here, in the pieces and at the speed a provider would send it.
struct BuiltinAnswer {
    int status = 200;
    Headers headers;
    std::vector<TimedBytes> parts;
};

/// What makes two answers to the same question differ.
struct AnswerSeed {
    QByteArray id;    ///< letters and digits, for the ids in the answer
    qint64 nowMs = 0; ///< Unix time
    quint32 jitter = 0;
};

/// The answer that the provider of that kind would give: text that mentions the prompt, a tool call if the
/// prompt asks for one, or the provider's own error. Questions of unknown kind are not answered here.
[[nodiscard]] BuiltinAnswer builtinAnswer(const Question& question, const AnswerSeed& seed);

} // namespace lavascope
