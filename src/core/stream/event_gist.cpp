// SPDX-License-Identifier: MIT
#include "core/stream/event_gist.h"

#include "core/json/writer.h"
#include "core/stream/dialect_registry.h"
#include "core/stream/stream_error.h"

namespace lavascope {

namespace {

// One line has no room for more, and an event may carry megabytes.
constexpr qsizetype longestPart = 200;
constexpr qsizetype longestRead = 64 * 1024;

QString quoted(const QString& text) {
    return QString::fromUtf8(json::quoted(text.left(longestPart)));
}

void addPart(QStringList& parts, const char* name, const QString& value) {
    if (!value.isEmpty())
        parts << QLatin1String(name) + QLatin1Char(' ') + value;
}

QString toolGist(const ToolCall& call) {
    QStringList parts;
    if (!call.name.isEmpty())
        parts << call.name.left(longestPart);
    if (!call.arguments.isEmpty())
        parts << quoted(call.arguments);
    return parts.join(QLatin1Char(' '));
}

QString usageGist(const Usage& usage) {
    QStringList parts;
    if (usage.inputTokens)
        parts << QStringLiteral("%1 in").arg(*usage.inputTokens);
    if (usage.outputTokens)
        parts << QStringLiteral("%1 out").arg(*usage.outputTokens);
    return parts.join(QStringLiteral(", "));
}

QString gistOf(const Transcript& transcript) {
    QStringList parts;
    for (const Choice& choice : transcript.choices) {
        if (!choice.text.isEmpty())
            parts << quoted(choice.text);
        if (!choice.reasoning.isEmpty())
            addPart(parts, "reasoning", quoted(choice.reasoning));
        if (!choice.refusal.isEmpty())
            addPart(parts, "refusal", quoted(choice.refusal));
        for (const ToolCall& call : choice.toolCalls)
            addPart(parts, "tool", toolGist(call));
        addPart(parts, "stop", choice.stopReason.left(longestPart));
    }
    addPart(parts, "usage", usageGist(transcript.usage));
    if (transcript.error)
        addPart(parts, "error", transcript.error->message.left(longestPart));
    return parts.join(QStringLiteral(" · "));
}

} // namespace

QString eventGist(const StreamEvent& event, const QString& dialect) {
    const DialectKind* kind = dialectNamed(dialect);
    if (!kind || event.kind != StreamEvent::Kind::Event || event.data.size() > longestRead)
        return {};
    json::Document document;
    if (document.scan(event.data))
        return {};
    Assembler assembler;
    if (const auto error = errorIn(document.root()))
        assembler.fail(*error);
    kind->make()->takeEvent(document.root(), event.name.toUtf8(), assembler);
    return gistOf(assembler.transcript());
}

} // namespace lavascope
