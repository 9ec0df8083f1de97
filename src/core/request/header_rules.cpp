// SPDX-License-Identifier: MIT
#include "core/request/header_rules.h"

#include "core/base/secret.h"
#include "core/base/visible_text.h"
#include "core/token/credential.h"
#include "core/token/utf8.h"

#include <algorithm>
#include <array>

namespace lavascope {

namespace {

bool isTokenCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

// Fields that say how a message is framed: set by hand they cut bodies off or smuggle a second request.
constexpr std::array<QByteArrayView, 9> reservedNames = {
    "content-length", "transfer-encoding", "connection", "expect",           "te",
    "upgrade",        "keep-alive",        "trailer",    "proxy-connection",
};
constexpr std::array<QByteArrayView, 8> credentialNames = {
    "authorization",  "proxy-authorization",  "cookie", "set-cookie", "x-auth-token",
    "x-access-token", "x-amz-security-token", "x-auth",
};
constexpr std::array<QByteArrayView, 5> credentialEndings = {"api-key", "apikey", "api_key", "secret",
                                                             "secret-key"};

QString codePointName(char32_t value) {
    return QStringLiteral("U+%1").arg(uint(value), 4, 16, QLatin1Char('0')).toUpper();
}

Result<void> checkName(const QByteArray& name) {
    const QString fix = QStringLiteral("Use letters, digits and '-'.");
    if (name.isEmpty())
        return fail(QStringLiteral("header_name_invalid"), QStringLiteral("A header has no name."), fix, 0);
    const auto bad = std::find_if_not(name.begin(), name.end(), isTokenCharacter);
    if (bad != name.end())
        return fail(QStringLiteral("header_name_invalid"),
                    QStringLiteral("The header name holds a character that names cannot have (byte %1).")
                        .arg(bad - name.begin()),
                    fix, bad - name.begin());
    const QByteArray lower = name.toLower();
    if (std::find(reservedNames.begin(), reservedNames.end(), lower) != reservedNames.end())
        return fail(QStringLiteral("header_reserved"),
                    QStringLiteral("%1 is set by the transport and cannot be set by hand.")
                        .arg(QString::fromLatin1(name)),
                    QStringLiteral("Remove this header."));
    return {};
}

Result<void> checkValue(const Headers::Field& field) {
    const QString code = QStringLiteral("header_value_invalid");
    const QString name = QString::fromLatin1(field.name);
    for (qsizetype i = 0; i < field.value.size();) {
        const CodePoint point = codePointAt(field.value, i);
        if (point.length == 0)
            return fail(code, QStringLiteral("The value of %1 is not UTF-8 text (byte %2).").arg(name).arg(i),
                        {}, i);
        if (point.value == '\r' || point.value == '\n')
            return fail(
                code,
                QStringLiteral("The value of %1 holds a line end (byte %2), which would begin a new header.")
                    .arg(name)
                    .arg(i),
                QStringLiteral("Remove the line end; it often comes with a pasted key."), i);
        if (isDeceptive(point.value))
            return fail(code,
                        QStringLiteral("The value of %1 holds the invisible character %2 (byte %3).")
                            .arg(name, codePointName(point.value))
                            .arg(i),
                        QStringLiteral("Remove it, or type the value again."), i);
        i += point.length;
    }
    return {};
}

bool isBlank(char c) {
    return c == ' ' || c == '\t';
}

QByteArray maskedValue(QByteArrayView value) {
    const qsizetype blank = value.indexOf(' ');
    const bool hasScheme = blank > 0 && std::all_of(value.begin(), value.begin() + blank, isTokenCharacter);
    const QByteArrayView scheme = hasScheme ? value.first(blank + 1) : QByteArrayView();
    return scheme.toByteArray() + Secret(value.sliced(scheme.size())).masked().toUtf8();
}

} // namespace

Result<void> checkHeader(const Headers::Field& field) {
    if (Result<void> name = checkName(field.name); !name)
        return name;
    return checkValue(field);
}

Result<Headers::Field> parseHeaderLine(const QByteArray& line) {
    const qsizetype colon = line.indexOf(':');
    if (colon < 0)
        return fail(QStringLiteral("header_line_invalid"),
                    QStringLiteral("A header is written as 'Name: value'."),
                    QStringLiteral("Put a colon between name and value."));
    QByteArrayView value = QByteArrayView(line).sliced(colon + 1);
    while (!value.isEmpty() && isBlank(value.front()))
        value = value.sliced(1);
    while (!value.isEmpty() && isBlank(value.back()))
        value.chop(1);
    const Headers::Field field{line.first(colon), value.toByteArray()};
    if (const Result<void> checked = checkHeader(field); !checked)
        return tl::unexpected(checked.error());
    return field;
}

Result<void> checkMethod(const QByteArray& method) {
    const auto isUpper = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto bad = std::find_if_not(method.begin(), method.end(), isUpper);
    if (method.isEmpty() || bad != method.end())
        return fail(QStringLiteral("method_invalid"),
                    QStringLiteral("A method is a word of upper-case letters."),
                    QStringLiteral("Use POST or GET."), bad - method.begin());
    return {};
}

bool isCredentialHeader(QByteArrayView name) {
    const QByteArray lower = name.toByteArray().toLower();
    if (std::find(credentialNames.begin(), credentialNames.end(), lower) != credentialNames.end())
        return true;
    return std::any_of(credentialEndings.begin(), credentialEndings.end(),
                       [&](QByteArrayView ending) { return lower.endsWith(ending); });
}

Headers redactedHeaders(const Headers& headers) {
    Headers redacted;
    for (const Headers::Field& field : headers) {
        const bool credential = isCredentialHeader(field.name) || field.value.startsWith("Bearer ") ||
                                kindByPrefix(field.value) != CredentialKind::Unknown;
        redacted.append(field.name, credential ? maskedValue(field.value) : field.value);
    }
    return redacted;
}

} // namespace lavascope
