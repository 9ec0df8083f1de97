// SPDX-License-Identifier: MIT
#include "core/stream/event_framing.h"

namespace lavascope {

namespace {

std::variant<SseParser, JsonRecords, AwsFrames> readerFor(BodyShape shape) {
    switch (shape) {
    case BodyShape::JsonLines:
        return JsonRecords(JsonRecords::Layout::Lines);
    case BodyShape::JsonArray:
        return JsonRecords(JsonRecords::Layout::Array);
    case BodyShape::AwsEventStream:
        return AwsFrames();
    default:
        return SseParser();
    }
}

} // namespace

EventFraming::EventFraming(BodyShape shape)
    : m_reader(readerFor(shape)) {}

void EventFraming::feed(QByteArrayView bytes, const SseParser::Sink& sink) {
    std::visit([&](auto& reader) { reader.feed(bytes, sink); }, m_reader);
}

void EventFraming::finish(const SseParser::Sink& sink) {
    std::visit([&](auto& reader) { reader.finish(sink); }, m_reader);
}

qsizetype EventFraming::heldBytes() const {
    return std::visit([](const auto& reader) { return reader.heldBytes(); }, m_reader);
}

bool EventFraming::isWhole() const {
    const auto* records = std::get_if<JsonRecords>(&m_reader);
    return !records || records->isWhole();
}

QStringList EventFraming::notes() const {
    const auto* frames = std::get_if<AwsFrames>(&m_reader);
    return frames ? frames->notes() : QStringList();
}

} // namespace lavascope
