// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <tl/expected.hpp>

namespace lavascope {

/// Why a call of ours could not do its work, in words for a person and a code for a program.
struct Error {
    QString code;       ///< stable snake_case name, e.g. `url_without_host`
    QString message;    ///< one sentence that names the failing step
    QString fix;        ///< what to do about it; may be empty
    qint64 offset = -1; ///< byte offset in the input it complains about, -1 where there is none
};

/// The only fallible return type of this project (GCC 12 has no `std::expected` in C++20).
template <typename T>
using Result = tl::expected<T, Error>;

/// `return fail("code", "sentence");` in any function that returns a Result.
[[nodiscard]] inline tl::unexpected<Error> fail(QString code, QString message, QString fix = {},
                                                qint64 offset = -1) {
    return tl::unexpected<Error>(Error{std::move(code), std::move(message), std::move(fix), offset});
}

} // namespace lavascope
