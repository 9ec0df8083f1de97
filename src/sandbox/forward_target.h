// SPDX-License-Identifier: MIT
#pragma once

#include "sandbox/query.h"
#include "sandbox/refusal.h"
#include "sandbox/sandbox_config.h"

#include <QByteArray>
#include <QHostAddress>
#include <QList>
#include <QString>

namespace lavascope {

/// Where a request is to be forwarded to: a checked provider URL.
struct ForwardTarget {
    QByteArray url; ///< fully encoded, as it will be requested
    QString host;   ///< lower case, in ASCII form, without brackets
    QByteArray path;
    Query query;
    quint16 port = 0;

    /// The URL without its query, which may hold a key.
    [[nodiscard]] QString shown() const;
};

/// The target in the parameter `u`. 400 with the reason: missing, encoded twice, no https URL (http is for
/// loopback and allowed hosts), user info in it, …
[[nodiscard]] Judged<ForwardTarget> forwardTargetOf(const Query& query, const QStringList& allowedHosts);

/// What kind of address a connection would go to.
enum class AddressKind { Public, Loopback, Forbidden };
/// Forbidden: private, link-local, carrier-grade and benchmark ranges, cloud metadata, multicast,
/// unspecified, reserved, and IPv6 addresses that carry an IPv4 one.
[[nodiscard]] AddressKind kindOf(const QHostAddress& address);

/// Whether passthrough may connect to a host that has these addresses: all of them public, or loopback but
/// not this gateway's own port, or the host is allowed by name. 403 if not.
[[nodiscard]] Judged<void> checkAddresses(const ForwardTarget& target, const QList<QHostAddress>& addresses,
                                          const QStringList& allowedHosts, quint16 ownPort);

} // namespace lavascope
