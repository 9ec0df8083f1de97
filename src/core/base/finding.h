// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <optional>

namespace lavascope {

enum class Severity { Error, Warning, Note };

/// A half-open range of byte offsets in what the user gave us.
struct ByteRange {
    qint64 begin = 0;
    qint64 end = 0;

    friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

/// One remark about user data: odd input is not an error of ours, it is what we report on.
struct Finding {
    Severity severity = Severity::Note;
    QString code;    ///< stable snake_case name, e.g. `base64_wrapped`
    QString message; ///< what is wrong, in one sentence
    QString fix;     ///< what to do about it; may be empty
    std::optional<ByteRange> range;
};

/// `error`, `warning` or `note`, as the JSON contract spells them.
[[nodiscard]] constexpr const char* severityName(Severity severity) {
    switch (severity) {
    case Severity::Error:
        return "error";
    case Severity::Warning:
        return "warning";
    case Severity::Note:
        break;
    }
    return "note";
}

} // namespace lavascope
