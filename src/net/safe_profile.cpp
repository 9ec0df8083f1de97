// SPDX-License-Identifier: MIT
#include "net/safe_profile.h"

#include "core/request/header_rules.h"

#include <QHostAddress>
#include <QSet>

#include <array>

namespace lavascope {

namespace {

Result<QUrl> checkUrl(const QByteArray& text) {
    const QUrl url = QUrl::fromEncoded(text, QUrl::StrictMode);
    if (!url.isValid())
        return fail(QStringLiteral("url_invalid"), QStringLiteral("The URL cannot be read."));
    const QString scheme = url.scheme();
    if (scheme != QLatin1String("https") && scheme != QLatin1String("http"))
        return fail(QStringLiteral("url_scheme"),
                    QStringLiteral("Only https URLs can be sent to, and http on "
                                   "this computer."));
    if (url.host().isEmpty())
        return fail(QStringLiteral("url_without_host"), QStringLiteral("The URL names no host."));
    // Qt would send it as Basic authentication in place of the request's own credential.
    if (text.contains('@') && url.authority().contains(QLatin1Char('@')))
        return fail(QStringLiteral("url_with_userinfo"),
                    QStringLiteral("The URL holds a user name or password before the host."));
    if (url.port() == 0)
        return fail(QStringLiteral("url_port"), QStringLiteral("Port 0 cannot be connected to."));
    if (scheme == QLatin1String("http") && !isLoopbackHost(url.host()))
        return fail(QStringLiteral("url_not_https"),
                    QStringLiteral("Plain http is allowed to this computer only: the credential would cross "
                                   "the network readable."));
    // Qt resolves these while it writes the request line, and then another path is asked for than was shown.
    if (url.adjusted(QUrl::NormalizePathSegments).path(QUrl::FullyEncoded) != url.path(QUrl::FullyEncoded))
        return fail(QStringLiteral("url_path_dots"),
                    QStringLiteral("The path holds . or .. parts, which would be resolved on the way."));
    return url;
}

QByteArray hostField(const QUrl& url) {
    QByteArray host = url.host(QUrl::FullyEncoded).toLatin1();
    if (host.contains(':'))
        host = '[' + host + ']';
    if (url.port() != -1)
        host += ':' + QByteArray::number(url.port());
    return host;
}

} // namespace

bool isLoopbackHost(const QString& host) {
    return host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0 ||
           QHostAddress(host).isLoopback();
}

Result<QUrl> checkBeforeSending(const HttpRequest& request) {
    // The sentences of two of these checks quote their input, which may be a key pasted into the wrong place;
    // an ending must not hold one.
    if (!checkMethod(request.method))
        return fail(QStringLiteral("method_invalid"), QStringLiteral("The method is no HTTP method."));
    QSet<QByteArray> seen;
    for (const Headers::Field& field : request.headers) {
        if (auto header = checkHeader(field); !header) {
            Error error = header.error();
            if (error.code == QLatin1String("header_name_invalid"))
                error.message = QStringLiteral("A header name holds a character that no name can have.");
            return tl::unexpected(error);
        }
        const QByteArray name = field.name.toLower();
        // The second one would silently take the place of the first.
        if (seen.contains(name))
            return fail(QStringLiteral("header_repeated"),
                        QStringLiteral("The header %1 is given more than once; it can be sent only once.")
                            .arg(QString::fromLatin1(field.name)));
        seen.insert(name);
    }
    return checkUrl(request.url);
}

Headers fieldsOnTheWire(const HttpRequest& request) {
    // Qt fills these four in by itself when they are missing or empty: with a browser's name, with the user's
    // locale, and with an encoding that it then unpacks out of sight and without a bound.
    const std::array<Headers::Field, 3> defaults = {{
        {"Accept-Encoding", "identity"},
        {"Accept-Language", "*"},
        {"User-Agent", "Lavascope/" LAVASCOPE_VERSION},
    }};
    Headers fields;
    if (request.headers.value("Host").value_or(QByteArray()).isEmpty())
        fields.append("Host", hostField(QUrl::fromEncoded(request.url, QUrl::StrictMode)));
    for (const Headers::Field& field : request.headers)
        if (!field.value.isEmpty() || field.name.compare("Host", Qt::CaseInsensitive) != 0)
            fields.append(field.name, field.value);
    for (const Headers::Field& field : defaults)
        if (fields.value(field.name).value_or(QByteArray()).isEmpty())
            fields.set(field.name, field.value);
    // A connection is used for one call only. On a kept connection the peer's idle limit can strike just when
    // the request leaves, and then nobody can say whether it was served.
    fields.append("Connection", "close");
    fields.append("Content-Length", QByteArray::number(request.body.size()));
    return fields;
}

QNetworkRequest safeRequest(const HttpRequest& request, const QUrl& url, const QSslConfiguration& tls) {
    QNetworkRequest safe(url);
    for (const Headers::Field& field : fieldsOnTheWire(request))
        safe.setRawHeader(field.name, field.value);

    // A followed redirect would carry the credential, and with 307 the body, to any host that is named.
    safe.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    // Qt 6.4's HTTP/2 holds no peer back, reports a reset stream as success and has unmended holes.
    safe.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    safe.setAttribute(QNetworkRequest::Http2CleartextAllowedAttribute, false);
    safe.setAttribute(QNetworkRequest::HttpPipeliningAllowedAttribute, false);
    safe.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    safe.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    // Else `WWW-Authenticate: NTLM` makes Qt send again, with a login of its own in place of the key.
    safe.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    safe.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    safe.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    // A buffered body could be sent again; see OneShotBody.
    safe.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    // Short answers would otherwise go past the read buffer on a way of their own.
    safe.setMaximumRedirectsAllowed(0);
    safe.setAttribute(QNetworkRequest::MaximumDownloadBufferSizeAttribute, 0);
    // The peer may ignore `Connection: close`; see also QnamWorker::tidy().
    safe.setAttribute(QNetworkRequest::ConnectionCacheExpiryTimeoutSecondsAttribute, 0);
    if (url.scheme() == QLatin1String("https"))
        safe.setSslConfiguration(tls);
    return safe;
}

} // namespace lavascope
