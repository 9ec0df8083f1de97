// SPDX-License-Identifier: MIT
#pragma once

#include "core/json/growing_bytes.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace lavascope::json {

/// A JSON string literal exactly as JavaScript's JSON.stringify writes it: escapes `"`, `\`, controls below
/// U+0020 and lone surrogates (lower-case hex); everything else stays raw UTF-8.
[[nodiscard]] QByteArray quoted(QStringView text);

/// Writes JSON in the order it is told to. Compact; `{"a":1,"b":[true,null]}`.
/// Usage: `writer.beginObject(); writer.member("kind", kind); writer.name("list"); writer.beginArray(); …`
class Writer {
public:
    void beginObject();
    void endObject();
    void beginArray();
    void endArray();
    void name(QByteArrayView name);

    void value(QStringView text);
    void value(const QString& text) { value(QStringView(text)); }
    void value(const char* ascii); ///< one of our own words
    void value(qint64 number);
    void value(int number) { value(qint64(number)); }
    void value(bool truth);
    void value(double number); ///< not finite: null
    void value(const QStringList& list);
    void null();
    void raw(QByteArrayView json); ///< a complete JSON value, taken as it is

    template <typename T>
    void value(const std::optional<T>& maybe) {
        maybe ? value(*maybe) : null();
    }
    template <typename T>
    void member(QByteArrayView memberName, const T& memberValue) {
        name(memberName);
        value(memberValue);
    }
    /// Null instead of an empty text.
    void memberOrNull(QByteArrayView memberName, QStringView text) {
        name(memberName);
        if (text.isEmpty())
            null();
        else
            value(text);
    }

    [[nodiscard]] QByteArray bytes() const { return m_out.bytes(); }
    /// Begins a new line and document behind the finished ones: JSON Lines.
    void endLine() { m_out.put('\n'); }
    /// Forgets what was written and keeps the room for more.
    void clear() { m_out.clear(); }

private:
    void separate();

    GrowingBytes m_out;
    std::vector<char> m_hasItems; ///< of each open container, innermost last
    bool m_afterName = false;
};

} // namespace lavascope::json
