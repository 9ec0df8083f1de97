// SPDX-License-Identifier: MIT
#include "core/request/forward_url.h"

#include "core/request/query.h"
#include "core/request/url_pieces.h"

#include <algorithm>
#include <array>

namespace lavascope {

namespace {

QString gatewayCode(UrlProblem problem) {
    switch (problem) {
    case UrlProblem::WithoutHost:
        return QStringLiteral("gateway_without_host");
    case UrlProblem::Scheme:
        return QStringLiteral("gateway_scheme");
    case UrlProblem::PlainHttp:
        return QStringLiteral("gateway_not_https");
    case UrlProblem::UserInfo:
        return QStringLiteral("gateway_with_userinfo");
    case UrlProblem::Invalid:
    case UrlProblem::Port:
        break;
    }
    return QStringLiteral("gateway_invalid");
}

QString providerCode(UrlProblem problem) {
    switch (problem) {
    case UrlProblem::WithoutHost:
        return QStringLiteral("url_without_host");
    case UrlProblem::Scheme:
    case UrlProblem::PlainHttp:
        return QStringLiteral("url_scheme");
    case UrlProblem::UserInfo:
        return QStringLiteral("url_with_userinfo");
    case UrlProblem::Port:
        return QStringLiteral("url_port");
    case UrlProblem::Invalid:
        break;
    }
    return QStringLiteral("url_invalid");
}

bool isGatewayPath(const UrlPieces& pieces) {
    constexpr std::array<QByteArrayView, 6> paths = {"", "/", "/v1", "/v1/", "/v1/forward", "/v1/forward/"};
    const bool plainQuery = !pieces.query || pieces.query->isEmpty() || *pieces.query == "u=";
    return plainQuery && !pieces.fragment &&
           std::find(paths.begin(), paths.end(), pieces.path) != paths.end();
}

bool isUnreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           QByteArrayView("-_.!~*'()").contains(c);
}

} // namespace

QString urlProblemCode(UrlProblem problem, UrlRole role) {
    return role == UrlRole::Gateway ? gatewayCode(problem) : providerCode(problem);
}

Result<QByteArray> gatewayOrigin(const QByteArray& text) {
    const UrlCheck check(text);
    if (const auto& fault = check.fault())
        return fail(gatewayCode(fault->problem), QStringLiteral("Gateway: ") + fault->message, fault->fix,
                    fault->offset);
    const QByteArrayView host = check.pieces().host;
    // The key goes there: a host that only looks like the right one must at least be spelled out.
    if (std::any_of(host.begin(), host.end(), [](char c) { return uchar(c) >= 0x80; }))
        return fail(QStringLiteral("gateway_invalid"),
                    QStringLiteral("The gateway's host has letters outside ASCII; its real name is %1.")
                        .arg(QString::fromLatin1(check.url().host)),
                    QStringLiteral("If that host is meant, write this name."));
    if (!isGatewayPath(check.pieces()))
        return fail(
            QStringLiteral("gateway_with_path"),
            QStringLiteral("The gateway is an origin such as https://api.lava.so, without a path."),
            QStringLiteral("Remove everything after the host, or give a provider's address as the URL."));
    return check.url().origin();
}

Result<QByteArray> checkProviderUrl(const QByteArray& text) {
    const UrlCheck check(text);
    if (const auto& fault = check.fault())
        return fail(providerCode(fault->problem), QStringLiteral("Provider URL: ") + fault->message,
                    fault->fix, fault->offset);
    return check.url().origin() + check.url().rest;
}

QByteArray encodeUriComponent(QByteArrayView text) {
    constexpr QByteArrayView digits = "0123456789ABCDEF";
    QByteArray out;
    out.reserve(text.size() + text.size() / 2);
    for (char c : text) {
        if (isUnreserved(c)) {
            out += c;
            continue;
        }
        out += '%';
        out += digits[uchar(c) >> 4U];
        out += digits[uchar(c) & 0xFU];
    }
    return out;
}

Result<QByteArray> buildForwardUrl(const QByteArray& gateway, const QByteArray& providerUrl) {
    Result<QByteArray> origin = gatewayOrigin(gateway);
    if (!origin)
        return origin;
    Result<QByteArray> target = checkProviderUrl(providerUrl);
    if (!target)
        return target;
    return *origin + "/v1/forward?u=" + encodeUriComponent(*target);
}

const char* encodingName(TargetEncoding encoding) {
    switch (encoding) {
    case TargetEncoding::Raw:
        return "raw";
    case TargetEncoding::Once:
        return "once";
    case TargetEncoding::Twice:
        return "twice";
    case TargetEncoding::Missing:
        break;
    }
    return "missing";
}

QByteArray providerUrlOf(const QByteArray& url) {
    const UrlPieces pieces = splitUrl(url);
    const bool forward = pieces.path == "/v1/forward" || pieces.path.startsWith("/v1/forward/");
    if (!forward || !pieces.query)
        return url;
    for (const QueryParameter& parameter : splitQuery(*pieces.query)) {
        if (parameter.name != "u" || parameter.rawValue.isEmpty())
            continue;
        const QByteArray once = decodeQueryValue(parameter.rawValue);
        const bool twice = !once.contains(':') && once.contains('%');
        return twice ? decodeQueryValue(once) : once;
    }
    return url;
}

} // namespace lavascope
