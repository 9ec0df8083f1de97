// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <chrono>

namespace lavascope {

/// What an event adds to the answer. One that adds several things counts for the first of them here.
enum class EventChannel : quint8 {
    Text,
    Refusal,
    Tool, ///< a call, or a piece of its arguments
    Reasoning,
    Media,
    Comment, ///< no event at all: most are there to keep the connection open
    Other,   ///< names, counts, reasons to stop, or what no dialect knows
};
constexpr int eventChannelCount = int(EventChannel::Other) + 1;

/// When an event came, how much it brought and what it was about, without its data.
struct EventArrival {
    std::chrono::microseconds at{0};
    qint64 size = 0; ///< bytes of its data
    EventChannel channel = EventChannel::Other;
};

} // namespace lavascope
