// SPDX-License-Identifier: MIT
#include "core/stream/dialects/response_output.h"

#include "core/stream/dialect.h"

namespace lavascope {

namespace {

QString& textOf(Choice& choice, ResponseOutput::Sort sort) {
    switch (sort) {
    case ResponseOutput::Sort::Text:
        return choice.text;
    case ResponseOutput::Sort::Refusal:
        return choice.refusal;
    case ResponseOutput::Sort::Summary:
    case ResponseOutput::Sort::Reasoning:
        break;
    }
    return choice.reasoning;
}

void noteDifference(Assembler& out) {
    out.note(QStringLiteral("a final snapshot differs from the pieces before it"));
}

bool isToolCall(QByteArrayView type) {
    return type == "function_call" || type == "custom_tool_call" || type == "mcp_call";
}

} // namespace

void ResponseOutput::append(const ItemKey& key, Sort sort, qint64 part, const QString& delta,
                            Assembler& out) {
    const size_t index = partFor({itemFor(key), sort, part});
    m_parts[index].text += delta;
    // Parts that come in turns are put into order in the end; until then they are shown as they come.
    m_needsSettling = m_needsSettling || index + 1 != m_parts.size();
    Choice& target = *out.choice(0);
    if (sort == Sort::Text)
        out.addText(target, delta);
    else
        textOf(target, sort) += delta;
}

void ResponseOutput::replace(const ItemKey& key, Sort sort, qint64 part, const json::View& whole,
                             Assembler& out) {
    replaceText({itemFor(key), sort, part}, whole, out);
}

void ResponseOutput::appendArguments(const ItemKey& key, const QString& delta, Assembler& out) {
    toolCallFor(key, out).arguments += delta;
}

void ResponseOutput::replaceArguments(const ItemKey& key, const json::View& whole, const json::View& name,
                                      Assembler& out) {
    ToolCall& call = toolCallFor(key, out);
    if (call.name.isEmpty())
        call.name = name.toString();
    const QString arguments = whole.toString();
    if (arguments.isEmpty() || arguments == call.arguments)
        return;
    if (!call.arguments.isEmpty())
        noteDifference(out);
    call.arguments = arguments;
}

void ResponseOutput::takeAnnotation(const json::View& annotation, Assembler& out) {
    QString title = annotation["title"].toString();
    if (title.isEmpty())
        title = annotation["filename"].toString();
    out.cite(*out.choice(0), {title, annotation["url"].toString(), {}});
}

void ResponseOutput::takePart(const ItemKey& key, qint64 index, const json::View& part, Assembler& out) {
    replacePart(itemFor(key), index, part, out);
}

void ResponseOutput::beginItem(const ItemKey& key, const json::View& item, Assembler& out) {
    if (!key.id.isEmpty() && !m_itemById.contains(key.id) && key.place)
        m_itemByPlace.remove(*key.place);
    takeItem(key, item, out);
}

void ResponseOutput::takeItem(const ItemKey& key, const json::View& item, Assembler& out) {
    const size_t index = itemFor(key);
    replaceParts(index, item["content"], out);
    replaceParts(index, item["summary"], out);
    if (plainText(item["type"]) == "image_generation_call")
        replacePicture(key, item["result"], item["output_format"], out);
    if (!isToolCall(plainText(item["type"])))
        return;
    const bool isCustom = plainText(item["type"]) == "custom_tool_call";
    ToolCall& call = toolCallFor(key, out);
    call.isFreeText = isCustom;
    // The result of a call is sent back under call_id; the item's own id is only a place in the output.
    const QString callId = item["call_id"].toString();
    if (!callId.isEmpty())
        call.id = callId;
    else if (call.id.isEmpty())
        call.id = item["id"].toString();
    replaceArguments(key, isCustom ? item["input"] : item["arguments"], item["name"], out);
}

void ResponseOutput::replacePicture(const ItemKey& key, const json::View& base64, const json::View& format,
                                    Assembler& out) {
    if (!base64.isString())
        return;
    Choice& target = *out.choice(0);
    Item& item = m_items[itemFor(key)];
    if (!item.picture)
        item.picture = target.media.size();
    const QString name = format.toString();
    out.setMedia(target, *item.picture, name.isEmpty() ? QString() : QStringLiteral("image/") + name, base64);
}

void ResponseOutput::addSound(const ItemKey& key, const json::View& base64, Assembler& out) {
    Choice& target = *out.choice(0);
    Item& item = m_items[itemFor(key)];
    if (!item.sound)
        item.sound = target.media.size();
    out.addMedia(target, *item.sound, {}, base64);
}

void ResponseOutput::settle(Assembler& out) {
    if (!m_needsSettling)
        return;
    m_needsSettling = false;
    QString text;
    Choice& target = *out.choice(0);
    target.refusal.clear();
    target.reasoning.clear();
    for (const Part& part : m_parts)
        (part.sort == Sort::Text ? text : textOf(target, part.sort)) += part.text;
    out.setText(target, text);
}

size_t ResponseOutput::itemFor(const ItemKey& key) {
    // Events about sound name no item at all: they are about one.
    constexpr qint64 nowhere = -1;
    if (key.id.isEmpty() && !key.place)
        return itemFor({{}, nowhere});
    std::optional<size_t> found;
    if (!key.id.isEmpty() && m_itemById.contains(key.id))
        found = m_itemById.value(key.id);
    else if (key.place && m_itemByPlace.contains(*key.place))
        found = m_itemByPlace.value(*key.place);
    if (!found) {
        found = m_items.size();
        m_items.push_back({key.id, std::nullopt, std::nullopt, std::nullopt});
    }
    if (!key.id.isEmpty())
        m_itemById.insert(key.id, *found);
    if (key.place)
        m_itemByPlace.insert(*key.place, *found);
    return *found;
}

size_t ResponseOutput::partFor(const PartKey& key) {
    const auto found = m_partByKey.constFind(key);
    if (found != m_partByKey.constEnd())
        return *found;
    m_parts.push_back({key.sort, {}});
    m_partByKey.insert(key, m_parts.size() - 1);
    return m_parts.size() - 1;
}

ToolCall& ResponseOutput::toolCallFor(const ItemKey& key, Assembler& out) {
    Item& item = m_items[itemFor(key)];
    Choice& target = *out.choice(0);
    if (!item.toolCall) {
        item.toolCall = target.toolCalls.size();
        target.toolCalls.push_back({item.id, {}, {}});
    }
    return target.toolCalls[*item.toolCall];
}

void ResponseOutput::replaceText(const PartKey& key, const json::View& whole, Assembler& out) {
    const QString text = whole.toString();
    if (text.isEmpty())
        return;
    Part& part = m_parts[partFor(key)];
    if (part.text == text)
        return;
    if (!part.text.isEmpty())
        noteDifference(out);
    part.text = text;
    m_needsSettling = true;
}

void ResponseOutput::replacePart(size_t item, qint64 index, const json::View& part, Assembler& out) {
    const QByteArrayView type = plainText(part["type"]);
    const json::View annotations = part["annotations"];
    for (json::View annotation = annotations.firstChild(); annotation.exists();
         annotation = annotation.nextSibling())
        takeAnnotation(annotation, out);
    if (type == "output_text")
        replaceText({item, Sort::Text, index}, part["text"], out);
    else if (type == "refusal")
        replaceText({item, Sort::Refusal, index}, part["refusal"], out);
    else if (type == "summary_text")
        replaceText({item, Sort::Summary, index}, part["text"], out);
    else if (type == "reasoning_text")
        replaceText({item, Sort::Reasoning, index}, part["text"], out);
}

void ResponseOutput::replaceParts(size_t item, const json::View& parts, Assembler& out) {
    if (!parts.isArray())
        return;
    qint64 index = 0;
    for (json::View part = parts.firstChild(); part.exists(); part = part.nextSibling())
        replacePart(item, index++, part, out);
}

} // namespace lavascope
