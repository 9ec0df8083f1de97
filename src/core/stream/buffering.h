// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/arrival_tally.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace lavascope {

/// That an answer did not come as it was written: somebody collected it and passed it on in blocks.
struct Buffering {
    enum class Pattern {
        AllAtOnce,  ///< a long silence, then the whole answer
        Blocks,     ///< long silences, and after each a block of events
        Compressed, ///< an event stream that is compressed, so that no event can be seen in it
    };
    Pattern pattern = Pattern::AllAtOnce;
    QString sentence; ///< what is seen, with its figures
    QString advice;   ///< where to look and what to change
};
[[nodiscard]] const char* bufferingPatternName(Buffering::Pattern pattern); ///< snake_case

/// What is known about an answer beside its arrivals.
struct BufferingFacts {
    QByteArray contentEncoding = {}; ///< as the header gives it
    QByteArray server = {};          ///< the `Server` header
    bool promisesEvents = false;     ///< by its content type
    bool isOver = false;             ///< the end came, of the answer or of the bytes
    bool thoughtUnseen = false;      ///< tokens were spent before the first visible event
};

/// Nothing where the arrivals can be explained otherwise: by a short answer, a fast or near server, a model
/// that writes in spurts, or one that thinks first.
[[nodiscard]] std::optional<Buffering> recogniseBuffering(const ArrivalTally& arrivals, qsizetype events,
                                                          const BufferingFacts& facts);

} // namespace lavascope
