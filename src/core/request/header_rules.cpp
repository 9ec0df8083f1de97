// SPDX-License-Identifier: MIT
#include "core/request/header_rules.h"

#include "core/base/secret.h"

#include <algorithm>
#include <array>

namespace lavascope {

namespace {

constexpr std::array<QByteArrayView, 6> transportFields = {
    "content-length", "transfer-encoding", "connection", "expect", "te", "upgrade"};

constexpr std::array<QByteArrayView, 10> credentialFields = {
    "authorization", "proxy-authorization", "x-api-key",    "x-goog-api-key",      "xi-api-key", "api-key",
    "cookie",        "set-cookie",          "x-auth-token", "x-amz-security-token"};

bool sameName(QByteArrayView a, QByteArrayView b) {
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

// RFC 9110, section 5.6.2.
bool isTokenCharacter(char c) {
    const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return alphanumeric || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

bool isControl(char c) {
    return (uint8_t(c) < 0x20 && c != '\t') || c == 0x7F;
}

// `Bearer eyJ…`: the scheme is no secret.
QByteArray maskedValue(const QByteArray& value) {
    const qsizetype space = value.indexOf(' ');
    if (space > 0)
        return value.first(space + 1) + Secret(QByteArrayView(value).sliced(space + 1)).masked().toUtf8();
    return Secret(value).masked().toUtf8();
}

} // namespace

Result<void> checkHeader(const Headers::Field& field) {
    const auto badName = std::find_if_not(field.name.begin(), field.name.end(), isTokenCharacter);
    if (field.name.isEmpty() || badName != field.name.end())
        return fail(QStringLiteral("header_name_invalid"),
                    QStringLiteral("\"%1\" is no header name.").arg(QString::fromUtf8(field.name)),
                    QStringLiteral("A name has letters, digits and - only."), badName - field.name.begin());
    const auto badByte = std::find_if(field.value.begin(), field.value.end(), isControl);
    if (badByte != field.value.end())
        return fail(QStringLiteral("header_value_invalid"),
                    QStringLiteral("The value of %1 holds a line break or another control character.")
                        .arg(QString::fromLatin1(field.name)),
                    QStringLiteral("Remove it; a key that was pasted often brings a line break along."),
                    badByte - field.value.begin());
    const bool reserved = std::any_of(transportFields.begin(), transportFields.end(),
                                      [&](QByteArrayView name) { return sameName(field.name, name); });
    if (reserved)
        return fail(QStringLiteral("header_reserved"),
                    QStringLiteral("%1 is set by the transport itself.").arg(QString::fromLatin1(field.name)),
                    QStringLiteral("Remove it."));
    return {};
}

Result<Headers::Field> parseHeaderLine(const QByteArray& line) {
    const qsizetype colon = line.indexOf(':');
    if (colon < 0)
        return fail(QStringLiteral("header_line_invalid"),
                    QStringLiteral("\"%1\" is no header line: the colon is missing.")
                        .arg(QString::fromUtf8(line.trimmed())),
                    QStringLiteral("Write it as \"Name: value\"."));
    Headers::Field field{line.first(colon).trimmed(), line.sliced(colon + 1).trimmed()};
    if (const Result<void> good = checkHeader(field); !good)
        return tl::unexpected(good.error());
    return field;
}

Result<void> checkMethod(const QByteArray& method) {
    const bool good = !method.isEmpty() &&
                      std::all_of(method.begin(), method.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!good)
        return fail(QStringLiteral("method_invalid"),
                    QStringLiteral("\"%1\" is no method.").arg(QString::fromUtf8(method)),
                    QStringLiteral("Methods are upper-case words such as POST."));
    return {};
}

bool isCredentialHeader(QByteArrayView name) {
    return std::any_of(credentialFields.begin(), credentialFields.end(),
                       [&](QByteArrayView known) { return sameName(name, known); });
}

Headers redactedHeaders(const Headers& headers) {
    Headers redacted;
    for (const Headers::Field& field : headers)
        redacted.append(field.name, isCredentialHeader(field.name) ? maskedValue(field.value) : field.value);
    return redacted;
}

} // namespace lavascope
