// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/headers.h"
#include "core/base/result.h"
#include "core/request/http_request.h"

#include <QNetworkRequest>
#include <QSslConfiguration>
#include <QUrl>

namespace lavascope {

/// The URL as it can be sent. Errors, each a reason not to send at all: `url_invalid`, `url_scheme`,
/// `url_without_host`, `url_with_userinfo`, `url_port`, `url_not_https` (plain http is for loopback only),
/// `url_path_dots` (the path would be changed on the way), `header_repeated`, and those of checkMethod() and
/// checkHeader().
[[nodiscard]] Result<QUrl> checkBeforeSending(const HttpRequest& request);

/// Whether the host is this computer: the name `localhost` or a loopback address.
[[nodiscard]] bool isLoopbackHost(const QString& host);

/// The header fields exactly as they will stand on the wire, in order: Host, the request's own, and those
/// that the transport adds (Content-Length, and where the request says nothing else Accept-Encoding,
/// Accept-Language and User-Agent). Holds the real credential.
[[nodiscard]] Headers fieldsOnTheWire(const HttpRequest& request);

/// The request in the profile that turns off everything QNetworkAccessManager does by itself.
[[nodiscard]] QNetworkRequest safeRequest(const HttpRequest& request, const QUrl& url,
                                          const QSslConfiguration& tls);

} // namespace lavascope
