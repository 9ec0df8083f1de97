// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/result.h"

#include <QByteArray>

namespace lavascope::json {

/// Indents a JSON text by `indent` blanks a level. Only white space between tokens changes: number and string
/// bytes, order and duplicates stay. Text that is not valid JSON comes back as it is. What is nested deeper
/// than 64 levels stays on one line, because each further level would cost every line more blanks than it
/// holds text.
[[nodiscard]] QByteArray prettyPrint(QByteArrayView source, int indent = 2);

/// The source with the value of one top-level member replaced by `rawValue` (JSON text), and every other byte
/// as it was. A missing member is inserted first, after `{`, in the neighbour's indentation. Errors:
/// `json_invalid` (with offset), `json_not_object`, `json_duplicate_member`, `json_bad_value`.
[[nodiscard]] Result<QByteArray> withMember(const QByteArray& source, QByteArrayView name,
                                            QByteArrayView rawValue);

/// The source without one top-level member and its comma; unchanged if there is none. Same errors as
/// withMember().
[[nodiscard]] Result<QByteArray> withoutMember(const QByteArray& source, QByteArrayView name);

} // namespace lavascope::json
