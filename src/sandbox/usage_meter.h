// SPDX-License-Identifier: MIT
#pragma once

#include "core/request/http_request.h"
#include "core/stream/stream_reader.h"
#include "sandbox/builtin/question.h"

#include <QString>

namespace lavascope {

/// Counts what a call used while its answer passes through: the provider's own numbers where the answer has
/// them, else an estimate from the text that went by.
class UsageMeter {
public:
    struct Reading {
        QString model;
        QString responseId;
        qint64 inputTokens = 0;
        qint64 outputTokens = 0;
        bool estimated = false;
    };

    explicit UsageMeter(const HttpRequest& request);

    [[nodiscard]] const Question& question() const { return m_question; }
    void takeHeaders(int status, const Headers& headers);
    void take(QByteArrayView bytes);
    /// The reading at the end, or at the moment when the answer broke off. Failed calls use nothing.
    [[nodiscard]] Reading finish(EndReason reason);

private:
    Question m_question;
    StreamReader m_reader;
    int m_status = 0;
    qint64 m_taken = 0;
};

} // namespace lavascope
