// SPDX-License-Identifier: MIT
#include "core/json/document.h"

#include "core/json/number.h"
#include "core/json/scanner.h"
#include "core/json/string_text.h"

#include <QHash>

#include <algorithm>

namespace lavascope::json {

std::optional<Fault> Document::scan(QByteArrayView source) {
    m_source = source;
    m_nodes.clear();
    m_open.clear();
    return Scanner(*this).run();
}

View Document::root() const {
    return m_nodes.empty() ? View() : View(this, 0);
}

View View::operator[](QByteArrayView wanted) const {
    View found;
    if (!isObject())
        return found;
    const auto& nodes = m_document->m_nodes;
    QByteArray unescaped;
    for (View child = firstChild(); child.exists(); child = child.nextSibling()) {
        QByteArrayView name = child.rawName();
        if (nodes[child.m_index].nameEscaped) {
            unescaped.resize(0);
            appendUtf8OfString(unescaped, name);
            name = unescaped;
        }
        if (name == wanted)
            found = child;
    }
    return found;
}

View View::at(qsizetype index) const {
    if (!isArray() || index < 0 || index >= size())
        return {};
    View child = firstChild();
    for (qsizetype i = 0; i < index; ++i)
        child = child.nextSibling();
    return child;
}

QString View::name() const {
    return m_document ? textOfString(rawName(), m_document->m_nodes[m_index].nameEscaped) : QString();
}

QString View::toString() const {
    if (!isString())
        return {};
    const QByteArrayView quoted = raw();
    return textOfString(quoted.sliced(1, quoted.size() - 2), m_document->m_nodes[m_index].escaped);
}

void View::appendUtf8(QByteArray& out) const {
    if (!isString())
        return;
    const QByteArrayView quoted = raw();
    const QByteArrayView text = quoted.sliced(1, quoted.size() - 2);
    if (m_document->m_nodes[m_index].escaped)
        appendUtf8OfString(out, text);
    else
        out.append(text);
}

std::optional<qint64> View::toInteger() const {
    return isNumber() ? exactInteger(raw()) : std::nullopt;
}

std::optional<double> View::toDouble() const {
    return isNumber() ? nearestDouble(raw()) : std::nullopt;
}

std::optional<bool> View::toBool() const {
    return isBool() ? std::optional(kind() == Kind::True) : std::nullopt;
}

Position positionOf(QByteArrayView source, qint64 offset) {
    Position position;
    const QByteArrayView before = source.first(qBound(qint64(0), offset, qint64(source.size())));
    qsizetype lineBegin = 0;
    for (qsizetype at = before.indexOf('\n'); at >= 0; at = before.indexOf('\n', lineBegin)) {
        ++position.line;
        lineBegin = at + 1;
    }
    // A character's continuation bytes do not count.
    for (char c : before.sliced(lineBegin))
        position.column += (uint8_t(c) & 0xC0) != 0x80;
    return position;
}

std::vector<Duplicate> duplicateNames(const Document& document) {
    std::vector<Duplicate> duplicates;
    std::vector<View> open;
    if (document.root().exists())
        open.push_back(document.root());
    while (!open.empty()) {
        const View container = open.back();
        open.pop_back();
        QHash<QString, ByteRange> seen;
        for (View child = container.firstChild(); child.exists(); child = child.nextSibling()) {
            if (container.isObject()) {
                const QString name = child.name();
                const auto earlier = seen.constFind(name);
                if (earlier != seen.constEnd())
                    duplicates.push_back({name, *earlier, child.nameRange()});
                else
                    seen.insert(name, child.nameRange());
            }
            if (child.size() > 0)
                open.push_back(child);
        }
    }
    std::sort(duplicates.begin(), duplicates.end(),
              [](const Duplicate& a, const Duplicate& b) { return a.second.begin < b.second.begin; });
    return duplicates;
}

} // namespace lavascope::json
