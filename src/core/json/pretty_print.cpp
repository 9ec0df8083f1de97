// SPDX-License-Identifier: MIT
#include "core/json/document.h"
#include "core/json/edit.h"

namespace lavascope::json {

namespace {

// With a line for every value at any depth, a document of n brackets would print as n² blanks.
constexpr size_t deepestIndent = 64;

// Appends values indented; iterative, because a document may be nested deeper than a stack is deep.
class PrettyPrinter {
public:
    explicit PrettyPrinter(int indent)
        : m_indent(indent) {}

    QByteArray print(View root) {
        begin(root);
        while (!m_open.empty()) {
            Level& level = m_open.back();
            if (!level.next.exists()) {
                end();
                continue;
            }
            const View child = level.next;
            level.next = child.nextSibling();
            if (level.count++ > 0)
                m_out += isFlat() ? ", " : ",";
            newLine();
            if (level.isObject) {
                m_out += '"';
                m_out += child.rawName();
                m_out += "\": ";
            }
            begin(child);
        }
        return std::move(m_out);
    }

private:
    struct Level {
        View next;
        qsizetype count = 0;
        bool isObject = false;
    };

    void begin(View value) {
        if (value.size() == 0) {
            m_out += value.isObject() ? "{}" : value.isArray() ? "[]" : value.raw();
            return;
        }
        m_out += value.isObject() ? '{' : '[';
        m_open.push_back({value.firstChild(), 0, value.isObject()});
    }

    void end() {
        const char bracket = m_open.back().isObject ? '}' : ']';
        const bool wasFlat = isFlat();
        m_open.pop_back();
        if (!wasFlat)
            newLine();
        m_out += bracket;
    }

    [[nodiscard]] bool isFlat() const { return m_open.size() > deepestIndent; }

    void newLine() {
        if (isFlat())
            return;
        m_out += '\n';
        m_out.append(qsizetype(m_open.size()) * m_indent, ' ');
    }

    QByteArray m_out;
    std::vector<Level> m_open;
    int m_indent;
};

} // namespace

QByteArray prettyPrint(QByteArrayView source, int indent) {
    Document document;
    if (document.scan(source))
        return source.toByteArray();
    return PrettyPrinter(indent).print(document.root());
}

} // namespace lavascope::json
