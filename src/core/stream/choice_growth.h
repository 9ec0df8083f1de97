// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/event_channel.h"
#include "core/stream/transcript.h"

#include <array>

namespace lavascope {

/// Tells what a payload added to an answer, by the sizes of the choices it touched.
class ChoiceGrowth {
public:
    /// From here on a new payload is looked at.
    void begin() { m_count = 0; }
    /// Before a choice may be changed; what it had then is compared with. Only the first few are looked at.
    void watch(size_t index, const Choice& choice) {
        // Nearly always the only one there is, and watched already: this is asked for every event.
        if (m_count == 0 || m_watched[0].index != index)
            add(index, choice);
    }
    [[nodiscard]] EventChannel channel(const std::vector<Choice>& choices) const;

private:
    struct Sizes {
        qsizetype text = 0;
        qsizetype refusal = 0;
        size_t calls = 0;
        qsizetype arguments = 0;
        qsizetype reasoning = 0;
        size_t media = 0;
        qsizetype mediaBytes = 0;
    };
    struct Watched {
        size_t index = 0;
        Sizes before;
    };
    void add(size_t index, const Choice& choice);
    [[nodiscard]] static Sizes sizesOf(const Choice& choice);

    std::array<Watched, 8> m_watched;
    size_t m_count = 0;
};

} // namespace lavascope
