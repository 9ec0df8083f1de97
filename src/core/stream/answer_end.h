// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/assembler.h"
#include "core/stream/body_shape.h"
#include "core/stream/dialect.h"
#include "core/stream/recording.h"
#include "core/stream/whole_body.h"

#include <optional>

namespace lavascope {

/// What is known of an answer when no more bytes will come, beside its meaning.
struct AnswerEnd {
    BodyShape shape = BodyShape::Undecided;
    BodyShape promised = BodyShape::Undecided; ///< by the content type
    bool goodStatus = true;
    bool dialectExpected = false;        ///< the user or the URL named one
    std::optional<bool> streamAsked;     ///< nothing: unknown
    const DialectKind* spoken = nullptr; ///< by the events
    bool framingIsWhole = true;
    bool lastIsUnterminated = false;
    Wholeness wholeness = Wholeness::Whole; ///< of a plain JSON body
    EndReason reason = EndReason::Finished;
};

/// How the answer ended, by its protocol's own signal rather than by the transport's.
[[nodiscard]] Verdict verdictOn(const AnswerEnd& end, const Assembler& read);
/// Says where the body is not what was asked for or announced.
void noteShape(const AnswerEnd& end, Assembler& out);
/// Says what is odd about the end beside the verdict.
void noteEnd(const AnswerEnd& end, Verdict decided, Assembler& out);

} // namespace lavascope
