// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/finding.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace lavascope {

inline constexpr const char* liveGateway = "https://api.lava.so";

/// A gateway as `scheme://host[:port]`. Accepts a trailing `/`, `/v1`, `/v1/` or `/v1/forward`.
/// Errors: `gateway_invalid`, `gateway_without_host`, `gateway_not_https` (plain http is for loopback only),
/// `gateway_with_userinfo`, `gateway_scheme`, `gateway_with_path`.
[[nodiscard]] Result<QByteArray> gatewayOrigin(const QByteArray& text);

/// A provider URL that can be forwarded to: https (http for loopback), a host, no user info, a port in range.
/// Returns it fully encoded. Errors: `url_invalid`, `url_without_host`, `url_scheme`, `url_with_userinfo`,
/// `url_port`.
[[nodiscard]] Result<QByteArray> checkProviderUrl(const QByteArray& text);

/// encodeURIComponent of JavaScript: everything but `A–Z a–z 0–9 - _ . ! ~ * ' ( )`.
[[nodiscard]] QByteArray encodeUriComponent(QByteArrayView text);

/// `<origin>/v1/forward?u=<encoded provider URL>`. Errors of gatewayOrigin() and checkProviderUrl().
[[nodiscard]] Result<QByteArray> buildForwardUrl(const QByteArray& gateway, const QByteArray& providerUrl);

enum class TargetEncoding { Missing, Raw, Once, Twice };

/// What a forward URL says: where it goes, what will really be forwarded, and what was lost on the way.
struct ForwardUrlReport {
    bool valid = false; ///< a forward URL whose target will arrive as written
    QByteArray gateway; ///< origin; empty if there is none
    QString endpoint;   ///< `forward`, `rewrite`, or empty
    QByteArray target;  ///< the provider URL as the gateway will see it
    QByteArray
        intended; ///< the provider URL that was probably meant; differs from target when something was lost
    TargetEncoding encoding = TargetEncoding::Missing;
    QString headline;
    std::vector<Finding> findings;
};
[[nodiscard]] const char* encodingName(TargetEncoding encoding); ///< `missing`, `raw`, `once`, `twice`

/// Takes a forward URL (or a bare provider URL, which it says) apart. Never fails.
[[nodiscard]] ForwardUrlReport inspectForwardUrl(const QByteArray& text);

/// The provider URL inside a forward URL; the URL itself if it is none. For recognising what is being spoken.
[[nodiscard]] QByteArray providerUrlOf(const QByteArray& url);

} // namespace lavascope
