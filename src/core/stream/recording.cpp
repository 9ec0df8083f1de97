// SPDX-License-Identifier: MIT
#include "core/stream/recording.h"

#include <algorithm>
#include <array>

namespace lavascope {

namespace {

struct ReasonName {
    EndReason reason;
    const char* name;
};

constexpr std::array<ReasonName, 17> reasonNames = {{
    {EndReason::Finished, "finished"},
    {EndReason::StoppedByUser, "stopped_by_user"},
    {EndReason::CutOff, "cut_off"},
    {EndReason::NoAnswer, "no_answer"},
    {EndReason::HostNotFound, "host_not_found"},
    {EndReason::ConnectionRefused, "connection_refused"},
    {EndReason::Unreachable, "unreachable"},
    {EndReason::ConnectTimeout, "connect_timeout"},
    {EndReason::FirstByteTimeout, "first_byte_timeout"},
    {EndReason::IdleTimeout, "idle_timeout"},
    {EndReason::TotalTimeout, "total_timeout"},
    {EndReason::TlsFailed, "tls_failed"},
    {EndReason::ProxyFailed, "proxy_failed"},
    {EndReason::MalformedAnswer, "malformed_answer"},
    {EndReason::TooLarge, "too_large"},
    {EndReason::Refused, "refused"},
    {EndReason::OtherFailure, "other_failure"},
}};

} // namespace

const char* endReasonName(EndReason reason) {
    for (const ReasonName& row : reasonNames)
        if (row.reason == reason)
            return row.name;
    Q_ASSERT_X(false, "endReasonName", "an end reason without a name");
    return "other_failure";
}

std::optional<EndReason> endReasonByName(QByteArrayView name) {
    for (const ReasonName& row : reasonNames)
        if (name == QByteArrayView(row.name))
            return row.reason;
    return std::nullopt;
}

QByteArray Attempt::body() const {
    QByteArray whole;
    whole.reserve(bodySize());
    for (const Chunk& chunk : chunks)
        whole += chunk.bytes;
    return whole;
}

QByteArray Attempt::beginningOfBody(qsizetype most) const {
    QByteArray beginning;
    for (const Chunk& chunk : chunks) {
        beginning += QByteArrayView(chunk.bytes).first(std::min(chunk.bytes.size(), most - beginning.size()));
        if (beginning.size() == most)
            break;
    }
    return beginning;
}

qint64 Attempt::bodySize() const {
    qint64 size = 0;
    for (const Chunk& chunk : chunks)
        size += chunk.bytes.size();
    return size;
}

Recording withoutBodies(const Recording& recording) {
    Recording heads;
    heads.startedAtMs = recording.startedAtMs;
    heads.request = recording.request;
    heads.request.body.clear();
    for (const Attempt& attempt : recording.attempts)
        heads.attempts.push_back({attempt.waited,
                                  attempt.status,
                                  attempt.reason,
                                  attempt.headers,
                                  attempt.headersAt,
                                  {},
                                  attempt.ending});
    return heads;
}

} // namespace lavascope
