// SPDX-License-Identifier: MIT
#include "cli/json_output.h"

#include "core/request/header_rules.h"
#include "core/token/utf8.h"

namespace lavascope {

namespace {

void writeFindings(json::Writer& writer, const std::vector<Finding>& findings) {
    writer.name("findings");
    writer.beginArray();
    for (const Finding& finding : findings) {
        writer.beginObject();
        writer.member("severity", severityName(finding.severity));
        writer.member("code", finding.code);
        writer.member("message", finding.message);
        writer.member("fix", finding.fix);
        writer.member("offset", finding.range ? std::optional(finding.range->begin) : std::nullopt);
        writer.endObject();
    }
    writer.endArray();
}

const char* stateName(FieldState state) {
    switch (state) {
    case FieldState::Value:
        return "value";
    case FieldState::Null:
        return "null";
    case FieldState::Absent:
        break;
    }
    return "absent";
}

// Null where there is none; a text that is there may be empty.
void writeIf(json::Writer& writer, QByteArrayView name, bool isThere, QStringView text) {
    writer.name(name);
    if (isThere)
        writer.value(text);
    else
        writer.null();
}

} // namespace

void writeTokenField(json::Writer& writer, const TokenFieldReport& field, bool reveal) {
    const bool hasValue = field.state == FieldState::Value;
    writer.beginObject();
    if (!field.name.isEmpty())
        writer.member("name", field.name);
    writer.member("state", stateName(field.state));
    writeIf(writer, "value", hasValue && field.secret.isEmpty(), field.value);
    writeIf(writer, "masked", hasValue, field.masked);
    writer.memberOrNull("fingerprint", field.fingerprint);
    if (reveal && !field.secret.isEmpty())
        writer.member("revealed", textOfUtf8(field.secret.reveal()));
    writer.endObject();
}

void writeTokenReport(json::Writer& writer, const TokenReport& report, bool reveal,
                      const std::function<void(json::Writer&)>& more) {
    writer.beginObject();
    writer.member("kind", kindName(report.kind));
    writer.member("usable", report.usable);
    writer.name("generation");
    const char* generation = generationName(report.generation);
    if (generation)
        writer.value(generation);
    else
        writer.null();
    writer.member("mode", modeName(report.mode));
    writer.member("payer", payerName(report.payer));
    writer.memberOrNull("host", report.host);
    writer.member("headline", report.headline);
    writer.name("fields");
    writer.beginArray();
    for (const TokenFieldReport& field : report.fields)
        writeTokenField(writer, field, reveal);
    writer.endArray();
    writer.member("unknown_fields", report.unknownFields);
    writer.member("layers", report.layers);
    writeFindings(writer, report.findings);
    more(writer);
    writer.endObject();
}

void writeUrlReport(json::Writer& writer, const ForwardUrlReport& report) {
    writer.beginObject();
    writer.member("valid", report.valid);
    writer.memberOrNull("gateway", QString::fromUtf8(report.gateway));
    writer.memberOrNull("endpoint", report.endpoint);
    writer.memberOrNull("target", QString::fromUtf8(report.target));
    writer.memberOrNull("intended", QString::fromUtf8(report.intended));
    writer.member("encoding", encodingName(report.encoding));
    writer.member("headline", report.headline);
    writeFindings(writer, report.findings);
    writer.endObject();
}

void writeHeaders(json::Writer& writer, const Headers& headers) {
    const Headers redacted = redactedHeaders(headers);
    QList<QByteArray> written;
    writer.beginObject();
    for (const Headers::Field& field : redacted) {
        const QByteArray folded = field.name.toLower();
        if (written.contains(folded))
            continue;
        written.append(folded);
        writer.member(field.name, QString::fromUtf8(redacted.values(field.name).join(", ")));
    }
    writer.endObject();
}

} // namespace lavascope
