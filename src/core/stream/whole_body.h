// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/body_shape.h"
#include "core/stream/dialect_registry.h"

namespace lavascope {

/// How far a body that is no stream could be read.
enum class Wholeness {
    Whole,
    EndsTooSoon, ///< JSON that more bytes could have made valid
};

/// Reads a plain JSON answer: by the forced dialect, else by the one its members show, else as mere JSON.
[[nodiscard]] Wholeness readJsonBody(const QByteArray& body, const DialectKind* forced, Assembler& out);

} // namespace lavascope
