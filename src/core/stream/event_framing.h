// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/aws_frames.h"
#include "core/stream/body_shape.h"
#include "core/stream/json_records.h"
#include "core/stream/sse_parser.h"

#include <variant>

namespace lavascope {

/// Finds the events in a body, by whatever the body sets them apart with.
class EventFraming {
public:
    /// A shape that holds no events is taken for server-sent events.
    explicit EventFraming(BodyShape shape = BodyShape::EventStream);

    void feed(QByteArrayView bytes, const SseParser::Sink& sink);
    void finish(const SseParser::Sink& sink);
    /// Bytes of an event that is not whole yet, all of them in memory.
    [[nodiscard]] qsizetype heldBytes() const;
    /// Whether the bytes ended where the framing lets them: an open array has not.
    [[nodiscard]] bool isWhole() const;
    /// What is wrong with the framing itself, in words.
    [[nodiscard]] QStringList notes() const;

private:
    std::variant<SseParser, JsonRecords, AwsFrames> m_reader;
};

} // namespace lavascope
