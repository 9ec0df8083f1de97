// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <chrono>
#include <optional>

namespace lavascope {

/// The clock of one answer, counted from the moment the request was sent.
struct Timeline {
    std::optional<std::chrono::microseconds> headers;
    std::optional<std::chrono::microseconds>
        firstByte; ///< that is no blank: some servers send those to keep alive
    std::optional<std::chrono::microseconds> firstEvent;
    std::optional<std::chrono::microseconds> firstText; ///< first visible character of text
    std::optional<std::chrono::microseconds> end;
    std::chrono::microseconds longestGap{0}; ///< between two arrivals of body bytes
    qint64 bytes = 0;

    friend bool operator==(const Timeline&, const Timeline&) = default;
};

/// Output tokens per second between the first text and the end of the answer: its end signal, else its last
/// byte. Reasoning came before the first text and is left out.
struct Speed {
    double tokensPerSecond = 0;
    bool estimated = false; ///< counted from characters because the provider reported no usage
};

} // namespace lavascope
