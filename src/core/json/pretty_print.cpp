// SPDX-License-Identifier: MIT
#include "core/json/edit.h"
#include "core/json/pretty_printer.h"

namespace lavascope::json {

namespace {

// With a line for every value at any depth, a document of n brackets would print as n² blanks.
constexpr size_t deepestIndent = 64;
constexpr qsizetype longestName = 64; // of a member, in a path

} // namespace

QByteArray PrettyPrinter::print(View root) {
    begin(root);
    while (!m_open.empty()) {
        Level& level = m_open.back();
        if (!level.next.exists()) {
            end();
            continue;
        }
        const View child = level.next;
        level.current = child;
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

QString PrettyPrinter::path() const {
    QString path;
    for (const Level& level : m_open) {
        if (level.isObject) {
            path += path.isEmpty() ? QString() : QStringLiteral(".");
            path += level.current.name().left(longestName);
        } else {
            path += QStringLiteral("[%1]").arg(level.count - 1);
        }
    }
    return path;
}

void PrettyPrinter::begin(View value) {
    if (value.size() == 0) {
        if (m_seen)
            m_seen(value, m_out.size());
        m_out += value.isObject() ? "{}" : value.isArray() ? "[]" : value.raw();
        return;
    }
    m_out += value.isObject() ? '{' : '[';
    m_open.push_back({value.firstChild(), {}, 0, value.isObject()});
}

void PrettyPrinter::end() {
    const char bracket = m_open.back().isObject ? '}' : ']';
    const bool wasFlat = isFlat();
    m_open.pop_back();
    if (!wasFlat)
        newLine();
    m_out += bracket;
}

bool PrettyPrinter::isFlat() const {
    return m_open.size() > deepestIndent;
}

void PrettyPrinter::newLine() {
    if (isFlat())
        return;
    m_out += '\n';
    m_out.append(qsizetype(m_open.size()) * m_indent, ' ');
}

QByteArray prettyPrint(QByteArrayView source, int indent) {
    Document document;
    if (document.scan(source))
        return source.toByteArray();
    return PrettyPrinter(indent).print(document.root());
}

} // namespace lavascope::json
