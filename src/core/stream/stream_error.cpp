// SPDX-License-Identifier: MIT
#include "core/stream/stream_error.h"

#include <array>

namespace lavascope {

namespace {

struct NamedStatus {
    const char* name;
    int status;
};

// Names that a provider documents together with their status: Anthropic's error types, Google's status words.
constexpr std::array<NamedStatus, 24> documented = {{
    {"invalid_request_error", 400},
    {"authentication_error", 401},
    {"billing_error", 402},
    {"permission_error", 403},
    {"not_found_error", 404},
    {"conflict_error", 409},
    {"request_too_large", 413},
    {"rate_limit_error", 429},
    {"api_error", 500},
    {"timeout_error", 504},
    {"overloaded_error", 529},
    {"INVALID_ARGUMENT", 400},
    {"FAILED_PRECONDITION", 400},
    {"OUT_OF_RANGE", 400},
    {"UNAUTHENTICATED", 401},
    {"PERMISSION_DENIED", 403},
    {"NOT_FOUND", 404},
    {"ABORTED", 409},
    {"ALREADY_EXISTS", 409},
    {"RESOURCE_EXHAUSTED", 429},
    {"CANCELLED", 499},
    {"UNIMPLEMENTED", 501},
    {"UNAVAILABLE", 503},
    {"DEADLINE_EXCEEDED", 504},
}};

// Parts of names that many providers use, in the order in which they decide.
constexpr std::array<NamedStatus, 22> telling = {{
    {"insufficient_quota", 429},
    {"rate_limit", 429},
    {"authentication", 401},
    {"api_key", 401},
    {"permission", 403},
    {"not_found", 404},
    {"invalid", 400},
    {"bad_request", 400},
    {"context_length", 400},
    {"content_filter", 400},
    {"content_policy", 400},
    {"moderation_blocked", 400},
    {"unsupported_country", 403},
    {"spend_limit", 429},
    {"usage_limit", 429},
    {"overload", 503},
    {"unavailable", 503},
    {"insufficient_system_resource", 503},
    {"timeout", 504},
    {"slow_down", 429},
    {"limit_exceeded", 429},
    {"exhausted", 429},
}};

std::optional<int> documentedStatus(const QString& name) {
    for (const NamedStatus& row : documented)
        if (name == QLatin1String(row.name))
            return row.status;
    return std::nullopt;
}

/// A code as text: providers write `"rate_limit_exceeded"`, `429` and `"429"`.
QString codeText(const json::View& code) {
    if (code.isNumber())
        return QString::fromLatin1(code.raw());
    return code.toString();
}

bool isTruthy(const json::View& value) {
    switch (value.kind()) {
    case json::Kind::True:
    case json::Kind::Object:
        return true;
    case json::Kind::String:
        return !value.toString().isEmpty();
    case json::Kind::Array:
        return value.size() > 0;
    case json::Kind::Number:
        return value.toDouble() != 0.0;
    default:
        return false;
    }
}

bool isText(const json::View& value, QLatin1String text) {
    return value.isString() && value.toString() == text;
}

/// Some gateways put the provider's whole JSON into the message.
QString messageOf(const json::View& value) {
    QString text = value.toString();
    if (!text.startsWith(QLatin1Char('{')))
        return text;
    const QByteArray inner = text.toUtf8();
    json::Document document;
    if (document.scan(inner))
        return text;
    const json::View error = document.root()["error"];
    const QString found =
        error.isObject() ? error["message"].toString() : document.root()["message"].toString();
    return found.isEmpty() ? text : found;
}

} // namespace

std::optional<int> effectiveStatus(const QString& type, const QString& code) {
    if (type.isEmpty() && code.isEmpty())
        return std::nullopt;
    bool isNumber = false;
    const int number = code.toInt(&isNumber);
    if (isNumber && number >= 400 && number <= 599)
        return number;
    // The code is the more exact of the two.
    for (const QString& name : {code, type}) {
        if (const auto status = documentedStatus(name))
            return status;
        for (const NamedStatus& row : telling)
            if (name.contains(QLatin1String(row.name), Qt::CaseInsensitive))
                return row.status;
    }
    return 500;
}

StreamError errorFrom(const json::View& error) {
    StreamError found;
    if (error.isString()) {
        found.message = messageOf(error);
        return found;
    }
    found.type = error["type"].toString();
    if (found.type.isEmpty())
        found.type = error["status"].toString();
    found.code = codeText(error["code"]);
    if (found.code.isEmpty())
        found.code = error["details"]["error_code"].toString();
    found.message = messageOf(error["message"]);
    found.effectiveStatus = effectiveStatus(found.type, found.code);
    return found;
}

std::optional<StreamError> errorIn(const json::View& payload) {
    const json::View object = payload.isArray() ? payload.firstChild() : payload;
    const json::View error = object["error"];
    const bool saysError =
        isText(object["type"], QLatin1String("error")) || isText(object["object"], QLatin1String("error"));
    if (!isTruthy(error) && !saysError)
        return std::nullopt;

    StreamError found;
    if (error.isObject()) {
        found = errorFrom(error);
    } else {
        found = errorFrom(object);
        if (error.isString())
            found.message = messageOf(error);
        if (error.isNumber() && found.code.isEmpty()) {
            found.code = codeText(error);
            found.effectiveStatus = effectiveStatus(found.type, found.code);
        }
    }
    found.raw = payload.raw().toByteArray();
    return found;
}

} // namespace lavascope
