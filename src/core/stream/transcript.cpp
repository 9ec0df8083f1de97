// SPDX-License-Identifier: MIT
#include "core/stream/transcript.h"

namespace lavascope {

const char* verdictName(Verdict verdict) {
    switch (verdict) {
    case Verdict::Complete:
        return "complete";
    case Verdict::Stopped:
        return "stopped";
    case Verdict::CutOff:
        return "cut_off";
    case Verdict::ErrorInStream:
        return "error_in_stream";
    case Verdict::NotAStream:
        break;
    }
    return "not_a_stream";
}

const Choice& Transcript::first() const {
    static const Choice none;
    return choices.empty() ? none : choices.front();
}

} // namespace lavascope
