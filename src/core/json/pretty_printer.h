// SPDX-License-Identifier: MIT
#pragma once

#include "core/json/document.h"

#include <functional>

namespace lavascope::json {

/// Writes a scanned value indented. Iterative, because a document may be nested deeper than a stack is deep.
class PrettyPrinter {
public:
    /// Told of each scalar before it is written: the value, and where in the output it will begin.
    using Seen = std::function<void(View value, qsizetype at)>;

    explicit PrettyPrinter(int indent, Seen seen = {})
        : m_indent(indent)
        , m_seen(std::move(seen)) {}

    [[nodiscard]] QByteArray print(View root);
    /// Where the value stands that is written now, e.g. `data[0].b64_json`.
    [[nodiscard]] QString path() const;

private:
    struct Level {
        View next;
        View current;
        qsizetype count = 0;
        bool isObject = false;
    };

    void begin(View value);
    void end();
    void newLine();
    [[nodiscard]] bool isFlat() const;

    QByteArray m_out;
    std::vector<Level> m_open;
    int m_indent;
    Seen m_seen;
};

} // namespace lavascope::json
