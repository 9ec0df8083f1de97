// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/finding.h"

#include <QByteArray>
#include <QString>

#include <concepts>
#include <cstdint>
#include <optional>
#include <vector>

namespace lavascope::json {

enum class Kind : uint8_t { Missing, Null, False, True, Number, String, Array, Object };

/// Where a text stops being JSON, and why.
struct Fault {
    qint64 offset =
        0; ///< byte offset of the first byte that does not fit; the size of the input if it ended too soon
    int line = 1;              ///< 1-based
    int column = 1;            ///< 1-based, in characters, not bytes
    QString message;           ///< e.g. `expected ',' or '}' after a member, found 'x'`
    bool endedTooSoon = false; ///< all bytes so far were good: more input could make it valid
};

class Document;

/// A light handle on one value of a scanned Document: what kind it is and which bytes it covers. It is valid
/// as long as the Document and its source bytes are. A handle on something that is not there is `Missing`,
/// and so is everything asked of it, so paths can be followed without checks:
/// `root["choices"][0]["delta"]["content"].toString()`.
class View {
public:
    View() = default;

    [[nodiscard]] Kind kind() const;
    [[nodiscard]] bool exists() const { return kind() != Kind::Missing; }
    [[nodiscard]] bool isNull() const { return kind() == Kind::Null; }
    [[nodiscard]] bool isString() const { return kind() == Kind::String; }
    [[nodiscard]] bool isNumber() const { return kind() == Kind::Number; }
    [[nodiscard]] bool isObject() const { return kind() == Kind::Object; }
    [[nodiscard]] bool isArray() const { return kind() == Kind::Array; }
    [[nodiscard]] bool isBool() const { return kind() == Kind::True || kind() == Kind::False; }

    /// Member of an object by its decoded name. With duplicate names the last one wins, as in JSON.parse.
    [[nodiscard]] View operator[](QByteArrayView name) const;
    template <qsizetype N>
    [[nodiscard]] View operator[](const char (&name)[N]) const {
        return (*this)[QByteArrayView(name, N - 1)];
    }
    /// Element of an array, 0-based. Walk with firstChild()/nextSibling() where all are wanted.
    [[nodiscard]] View at(qsizetype index) const;
    [[nodiscard]] qsizetype size() const; ///< number of members or elements; 0 for scalars

    [[nodiscard]] View firstChild() const;
    [[nodiscard]] View nextSibling() const;
    [[nodiscard]] QByteArrayView
    rawName() const;                           ///< an object member's name between its quotes, still escaped
    [[nodiscard]] QString name() const;        ///< the same, decoded
    [[nodiscard]] ByteRange nameRange() const; ///< with the quotes; empty for anything but an object's member

    [[nodiscard]] QByteArrayView raw() const; ///< the exact source bytes; strings with their quotes
    [[nodiscard]] ByteRange range() const;    ///< of raw() in the source

    /// A string's text, with escapes decoded (a lone surrogate stays one). Null for every other kind.
    [[nodiscard]] QString toString() const;
    /// Appends a string's UTF-8 bytes to `out`, with escapes decoded; allocates nothing when `out` has room.
    /// A lone surrogate, which UTF-8 cannot hold, becomes U+FFFD. Appends nothing for every other kind.
    void appendUtf8(QByteArray& out) const;
    [[nodiscard]] std::optional<qint64>
    toInteger() const; ///< numbers that are exactly an int64 (`12`, `1e3`, `4.0`)
    [[nodiscard]] std::optional<double> toDouble() const; ///< the nearest one; nothing beyond 1.8e308
    [[nodiscard]] std::optional<bool> toBool() const;

private:
    friend class Document;
    View(const Document* document, uint32_t index)
        : m_document(document)
        , m_index(index) {}

    const Document* m_document = nullptr;
    uint32_t m_index = 0;
};

/// A JSON text as spans into its source: nothing is copied or rewritten, order and duplicates stay, any depth
/// is fine, and a Document that is used again allocates nothing once it has grown. RFC 8259 exactly: any
/// top-level value; a byte order mark, invalid UTF-8, NaN, comments and trailing commas are faults. Input is
/// limited to 4 GiB.
class Document {
public:
    /// Scans `source`, which must outlive the Document's use. Returns what is wrong, or nothing if it is all
    /// good. After a fault root() gives what was complete before it: open containers hold the children read
    /// so far.
    [[nodiscard]] std::optional<Fault> scan(QByteArrayView source);
    /// Bytes that are gone after the call cannot be pointed at.
    template <typename T>
    requires std::same_as<T, QByteArray> std::optional<Fault> scan(T&& temporary)
    = delete;

    [[nodiscard]] View root() const;
    [[nodiscard]] QByteArrayView source() const { return m_source; }

private:
    friend class View;
    friend class Scanner;

    struct Node {
        uint32_t begin = 0;
        uint32_t end = 0;
        uint32_t nameBegin = 0; ///< with quotes; nameBegin == nameEnd: not an object's member
        uint32_t nameEnd = 0;
        uint32_t next = 0; ///< index of the next sibling, 0: last
        uint32_t size = 0;
        uint32_t lastChild = 0; ///< of a container that has children
        Kind kind = Kind::Missing;
        bool escaped = false; ///< a string that holds a backslash
        bool nameEscaped = false;
    };

    QByteArrayView m_source;
    std::vector<Node> m_nodes;
    std::vector<uint32_t> m_open;
};

// Asked for every member of every event.
inline Kind View::kind() const {
    return m_document ? m_document->m_nodes[m_index].kind : Kind::Missing;
}

inline qsizetype View::size() const {
    return m_document ? m_document->m_nodes[m_index].size : 0;
}

inline View View::firstChild() const {
    // A container's first child is the node right after it.
    return size() > 0 ? View(m_document, m_index + 1) : View();
}

inline View View::nextSibling() const {
    if (!m_document)
        return {};
    const uint32_t next = m_document->m_nodes[m_index].next;
    return next != 0 ? View(m_document, next) : View();
}

inline ByteRange View::nameRange() const {
    if (!m_document)
        return {};
    const auto& node = m_document->m_nodes[m_index];
    return {node.nameBegin, node.nameEnd};
}

inline QByteArrayView View::rawName() const {
    const ByteRange range = nameRange();
    return range.end > range.begin ? m_document->m_source.sliced(range.begin + 1, range.end - range.begin - 2)
                                   : QByteArrayView();
}

inline ByteRange View::range() const {
    if (!m_document)
        return {};
    const auto& node = m_document->m_nodes[m_index];
    return {node.begin, node.end};
}

inline QByteArrayView View::raw() const {
    const ByteRange covered = range();
    return m_document ? m_document->m_source.sliced(covered.begin, covered.end - covered.begin)
                      : QByteArrayView();
}

/// 1-based line and column (in characters) of a byte offset.
struct Position {
    int line = 1;
    int column = 1;
};
[[nodiscard]] Position positionOf(QByteArrayView source, qint64 offset);

/// A duplicate member name somewhere in a document; RFC 8259 leaves its meaning open, so people should know.
struct Duplicate {
    QString name;
    ByteRange first;
    ByteRange second;
};
/// All of them, in the order of the text.
[[nodiscard]] std::vector<Duplicate> duplicateNames(const Document& document);

} // namespace lavascope::json
