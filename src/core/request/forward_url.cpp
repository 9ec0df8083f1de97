// SPDX-License-Identifier: MIT
#include "core/request/forward_url.h"

#include "core/request/url_pieces.h"

namespace lavascope {

namespace {

tl::unexpected<Error> failFor(const UrlFault& fault, const char* prefix) {
    const auto code = [&] {
        const bool gateway = QByteArrayView(prefix) == "gateway";
        switch (fault.problem) {
        case UrlProblem::WithoutHost:
            return "_without_host";
        case UrlProblem::Scheme:
            return "_scheme";
        case UrlProblem::PlainHttp:
            return gateway ? "_not_https" : "_scheme";
        case UrlProblem::UserInfo:
            return "_with_userinfo";
        case UrlProblem::Port:
            return gateway ? "_invalid" : "_port";
        case UrlProblem::Invalid:
            break;
        }
        return "_invalid";
    };
    const QString what =
        QByteArrayView(prefix) == "gateway" ? QStringLiteral("Gateway: ") : QStringLiteral("Provider URL: ");
    return fail(QString::fromLatin1(prefix) + QLatin1String(code()), what + fault.message, fault.fix,
                fault.offset);
}

bool isUnreserved(char c) {
    const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return alphanumeric || QByteArrayView("-_.!~*'()").contains(c);
}

} // namespace

Result<QByteArray> gatewayOrigin(const QByteArray& text) {
    const UrlCheck check(text);
    if (check.fault())
        return failFor(*check.fault(), "gateway");
    QByteArrayView path = check.pieces().path;
    while (path.endsWith('/'))
        path.chop(1);
    const bool known = path.isEmpty() || path == "/v1" || path == "/v1/forward";
    if (!known || check.pieces().query || check.pieces().fragment)
        return fail(QStringLiteral("gateway_with_path"),
                    QStringLiteral("Gateway: \"%1\" has a path; only the address is needed.")
                        .arg(QString::fromUtf8(text)),
                    QStringLiteral("Write it as %1.").arg(QString::fromUtf8(check.url().origin())));
    return check.url().origin();
}

Result<QByteArray> checkProviderUrl(const QByteArray& text) {
    const UrlCheck check(text);
    if (check.fault())
        return failFor(*check.fault(), "url");
    return check.url().origin() + check.url().rest;
}

QByteArray encodeUriComponent(QByteArrayView text) {
    constexpr char hexDigits[] = "0123456789ABCDEF";
    QByteArray encoded;
    encoded.reserve(text.size() * 2);
    for (char c : text) {
        if (isUnreserved(c)) {
            encoded += c;
            continue;
        }
        encoded += '%';
        encoded += hexDigits[uint8_t(c) >> 4];
        encoded += hexDigits[uint8_t(c) & 0xF];
    }
    return encoded;
}

Result<QByteArray> buildForwardUrl(const QByteArray& gateway, const QByteArray& providerUrl) {
    const Result<QByteArray> origin = gatewayOrigin(gateway);
    if (!origin)
        return origin;
    const Result<QByteArray> target = checkProviderUrl(providerUrl);
    if (!target)
        return target;
    return *origin + "/v1/forward?u=" + encodeUriComponent(*target);
}

} // namespace lavascope
