// SPDX-License-Identifier: MIT
#include "core/token/foreign_text.h"

#include "core/json/document.h"
#include "core/token/base64.h"

#include <algorithm>
#include <array>

namespace lavascope {

namespace {

struct ForeignPrefix {
    QByteArrayView prefix;
    const char* code;
    const char* sentence;
    const char* fix;
};

constexpr const char* stripe =
    "sk_live_ and sk_test_ are Stripe's prefixes, though old pages of Lava's used one as a "
    "placeholder.";
constexpr const char* retired =
    "This is a connection or product secret of 2025, which was only one part of a token.";
constexpr const char* placeholder =
    "This is a made-up value out of old pages of Lava's, which stood for a connection or product secret.";
constexpr const char* objectId = "This is the id of an object, not a credential.";
constexpr const char* lavaKeyFix = "Lava's secret keys begin with aks_live_ or aks_test_.";
constexpr const char* newTokenFix = "Build a token from a secret key, customer_id and meter_slug.";

constexpr std::array<ForeignPrefix, 19> foreignPrefixes = {{
    {"sk_live_", "stripe_key", stripe, lavaKeyFix},
    {"sk_test_", "stripe_key", stripe, lavaKeyFix},
    {"rk_live_", "stripe_key", "This is a restricted key of Stripe's.", lavaKeyFix},
    {"pk_live_", "stripe_key", "This is a publishable key of Stripe's.", lavaKeyFix},
    {"cons_live_", "retired_secret", retired, newTokenFix},
    {"cons_test_", "retired_secret", retired, newTokenFix},
    {"ps_live_", "retired_secret", retired, newTokenFix},
    {"ps_test_", "retired_secret", retired, newTokenFix},
    {"conn_secret_", "placeholder", placeholder, newTokenFix},
    {"prod_secret_", "placeholder", placeholder, newTokenFix},
    {"prod_", "placeholder", placeholder, newTokenFix},
    {"cs_", "placeholder", placeholder, newTokenFix},
    {"req_", "object_id", objectId, "It belongs to GET /v1/requests/ID."},
    {"conn_", "object_id", objectId, "It belongs into a token as customer_id."},
    {"con_", "object_id", objectId, "It belongs into a token as customer_id."},
    {"cus_", "object_id", objectId, "It belongs into a token as customer_id."},
    {"prd_", "object_id", objectId, "It names a meter; a token takes the meter's slug instead."},
    {"aks_", "key_without_mode", "It begins with aks_, but neither with aks_live_ nor with aks_test_.",
     lavaKeyFix},
    {"Basic ", "basic_auth", "This is HTTP basic authentication, which the gateway does not take.",
     "Send `Authorization: Bearer` with a token or a secret key."},
}};

bool isVariable(QByteArrayView text) {
    constexpr std::array<QByteArrayView, 5> beginnings = {"$", "{{", "<", "%", "process.env"};
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [&](QByteArrayView beginning) { return text.startsWith(beginning); });
}

bool isHexJson(QByteArrayView text) {
    return text.size() % 2 == 0 && (text.startsWith("7b22") || text.startsWith("7B22")) &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
           });
}

} // namespace

QString maskRemark(QByteArrayView key) {
    constexpr std::array<QByteArrayView, 4> marks = {"***", "...", "\xE2\x80\xA6",
                                                     "\xE2\x80\xA2\xE2\x80\xA2"};
    for (QByteArrayView mark : marks)
        if (key.contains(mark))
            return QStringLiteral("This was masked or shortened for showing; a part of it is missing.");
    return {};
}

std::optional<ForeignText> foreignText(QByteArrayView text) {
    for (const ForeignPrefix& foreign : foreignPrefixes)
        if (text.startsWith(foreign.prefix))
            return ForeignText{foreign.code, QString::fromLatin1(foreign.sentence),
                               QString::fromLatin1(foreign.fix)};
    if (isVariable(text))
        return ForeignText{"placeholder",
                           QStringLiteral("This is the name of a variable or a placeholder, not its value."),
                           QStringLiteral("Let the shell or program put the value in.")};
    if (isHexJson(text))
        return ForeignText{"hexadecimal",
                           QStringLiteral("This is JSON in hexadecimal, where base64 is wanted."),
                           QStringLiteral("Encode the JSON as base64.")};
    if (const QString masked = maskRemark(text); !masked.isEmpty())
        return ForeignText{"masked", masked, QStringLiteral("Copy the whole key.")};
    return std::nullopt;
}

bool isJwt(QByteArrayView text) {
    const auto isPart = [](char c) { return base64Value(c) >= 0 || c == '.'; };
    const qsizetype dot = text.indexOf('.');
    if (!text.startsWith("eyJ") || dot < 0 || !std::all_of(text.begin(), text.end(), isPart))
        return false;
    constexpr qsizetype longestHead = 16 * 1024;
    const QByteArray head = text.first(dot).toByteArray();
    if (head.size() > longestHead)
        return false;
    const bool hasClaims = text.sliced(dot + 1).startsWith("eyJ");
    const QByteArray decoded = QByteArray::fromBase64(head, QByteArray::Base64UrlEncoding);
    json::Document document;
    return !document.scan(decoded) && document.root().isObject() &&
           (hasClaims || document.root()["alg"].exists() || document.root()["typ"].exists());
}

} // namespace lavascope
