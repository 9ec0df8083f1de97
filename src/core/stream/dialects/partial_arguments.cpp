// SPDX-License-Identifier: MIT
#include "core/stream/dialects/partial_arguments.h"

#include <algorithm>

namespace lavascope {

namespace {

// Far above what a schema for arguments has, and low enough for a recursive writer.
constexpr size_t deepest = 64;
constexpr size_t widest = 4096;

} // namespace

bool PartialArguments::take(const json::View& piece) {
    const auto steps = stepsOf(piece["jsonPath"].toString());
    if (!steps)
        return false;
    size_t node = 0;
    for (const Step& step : *steps) {
        const auto next = child(node, step);
        if (!next)
            return false;
        node = *next;
    }

    Node& target = m_nodes[node];
    const json::View text = piece["stringValue"];
    if (text.isString()) {
        target.kind = Node::Kind::Text;
        target.text += text.toString();
        return true;
    }
    for (QByteArrayView member : {"numberValue", "boolValue"}) {
        const json::View value = piece[member];
        if (!value.isNumber() && !value.isBool())
            continue;
        target.kind = Node::Kind::Raw;
        target.raw = value.raw().toByteArray();
        return true;
    }
    if (piece["nullValue"].exists()) {
        target.kind = Node::Kind::Raw;
        target.raw = "null";
    }
    return true;
}

QByteArray PartialArguments::json() const {
    json::Writer writer;
    write(0, writer);
    return writer.bytes();
}

/// `$.ports[0]['name']` as member, element, member.
std::optional<std::vector<PartialArguments::Step>> PartialArguments::stepsOf(const QString& path) {
    std::vector<Step> steps;
    if (!path.startsWith(QLatin1Char('$')))
        return std::nullopt;
    qsizetype at = 1;
    while (at < path.size()) {
        Step step;
        if (path[at] == QLatin1Char('.')) {
            const qsizetype begin = at + 1;
            at = begin;
            while (at < path.size() && path[at] != QLatin1Char('.') && path[at] != QLatin1Char('['))
                ++at;
            step.name = path.sliced(begin, at - begin);
        } else if (path[at] == QLatin1Char('[')) {
            const qsizetype close = path.indexOf(QLatin1Char(']'), at);
            if (close < 0)
                return std::nullopt;
            const QString inside = path.sliced(at + 1, close - at - 1);
            const bool isQuoted = inside.size() >= 2 &&
                                  (inside.front() == QLatin1Char('\'') || inside.front() == QLatin1Char('"'));
            if (isQuoted)
                step.name = inside.sliced(1, inside.size() - 2);
            else
                step.index = inside.toLongLong(&step.isIndex);
            if (!isQuoted && !step.isIndex)
                return std::nullopt;
            at = close + 1;
        } else {
            return std::nullopt;
        }
        steps.push_back(step);
        if (steps.size() > deepest)
            return std::nullopt;
    }
    return steps;
}

std::optional<size_t> PartialArguments::child(size_t parent, const Step& step) {
    const Node::Kind wanted = step.isIndex ? Node::Kind::Array : Node::Kind::Object;
    if (m_nodes[parent].kind == Node::Kind::Empty)
        m_nodes[parent].kind = wanted;
    if (m_nodes[parent].kind != wanted)
        return std::nullopt;

    const std::vector<size_t>& children = m_nodes[parent].children;
    if (step.isIndex) {
        if (step.index < 0 || size_t(step.index) > children.size())
            return std::nullopt;
        if (size_t(step.index) < children.size())
            return children[size_t(step.index)];
    } else {
        // The member that grows is nearly always the last.
        const auto known = std::find_if(children.rbegin(), children.rend(),
                                        [&](size_t node) { return m_nodes[node].name == step.name; });
        if (known != children.rend())
            return *known;
    }
    if (children.size() >= widest)
        return std::nullopt;
    m_nodes.emplace_back();
    m_nodes.back().name = step.name;
    m_nodes[parent].children.push_back(m_nodes.size() - 1);
    return m_nodes.size() - 1;
}

void PartialArguments::write(size_t node, json::Writer& writer) const {
    const Node& value = m_nodes[node];
    switch (value.kind) {
    case Node::Kind::Object:
        writer.beginObject();
        for (size_t member : value.children) {
            writer.name(m_nodes[member].name.toUtf8());
            write(member, writer);
        }
        writer.endObject();
        break;
    case Node::Kind::Array:
        writer.beginArray();
        for (size_t element : value.children)
            write(element, writer);
        writer.endArray();
        break;
    case Node::Kind::Text:
        writer.value(value.text);
        break;
    case Node::Kind::Raw:
        writer.raw(value.raw);
        break;
    case Node::Kind::Empty:
        writer.null();
        break;
    }
}

} // namespace lavascope
