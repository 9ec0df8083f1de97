// SPDX-License-Identifier: MIT
#include "sandbox/forward_target.h"

#include "core/request/forward_url.h"

#include <QUrl>

#include <algorithm>
#include <array>
#include <utility>

namespace lavascope {

namespace {

struct Subnet {
    const char* address;
    int prefix;
};

constexpr auto forbidden =
    std::to_array<Subnet>({
        {"0.0.0.0", 8},      {"10.0.0.0", 8},    {"100.64.0.0", 10},
        {"169.254.0.0", 16}, // link-local, where clouds keep their metadata
        {"172.16.0.0", 12},  {"192.0.0.0", 24},  {"192.0.2.0", 24},
        {"192.168.0.0", 16}, {"198.18.0.0", 15}, {"198.51.100.0", 24},
        {"203.0.113.0", 24}, {"224.0.0.0", 3}, // multicast, reserved, broadcast
        {"::", 96},                            // unspecified and IPv4-compatible
        {"::ffff:0:0", 96},  {"64:ff9b::", 96},  {"64:ff9b:1::", 48},
        {"100::", 64},       {"2001::", 32},     {"2001:db8::", 32},
        {"2002::", 16},      {"fc00::", 7},      {"fe80::", 10},
        {"fec0::", 10},      {"ff00::", 8},
    });

[[nodiscard]] bool isAllowedByName(const QString& host, const QStringList& allowedHosts) {
    return std::any_of(allowedHosts.begin(), allowedHosts.end(), [&](const QString& allowed) {
        QString name = allowed.trimmed();
        if (name.startsWith(QLatin1Char('[')) && name.endsWith(QLatin1Char(']'))) {
            name = name.mid(1, name.size() - 2);
        }
        return name.compare(host, Qt::CaseInsensitive) == 0;
    });
}

[[nodiscard]] tl::unexpected<Refusal> badTarget(const char* code, const QString& message) {
    return refuse(400, QString::fromLatin1(code), message);
}

/// checkProviderUrl() takes plain http for loopback only; a host that was allowed on purpose may be a model
/// server in the house, which has no certificate.
[[nodiscard]] Result<QByteArray> checkedUrl(const QByteArray& text, const QStringList& allowedHosts) {
    Result<QByteArray> checked = checkProviderUrl(text);
    if (checked || !text.startsWith("http://")) {
        return checked;
    }
    const Result<QByteArray> asHttps = checkProviderUrl("https://" + text.mid(qstrlen("http://")));
    if (!asHttps) {
        return checked;
    }
    const QUrl url = QUrl::fromEncoded(*asHttps, QUrl::StrictMode);
    if (!isAllowedByName(url.host(QUrl::FullyEncoded), allowedHosts)) {
        return checked;
    }
    return "http://" + asHttps->mid(qstrlen("https://"));
}

} // namespace

QString ForwardTarget::shown() const {
    const qsizetype mark = url.indexOf('?');
    return QString::fromLatin1(mark < 0 ? url : url.first(mark));
}

Judged<ForwardTarget> forwardTargetOf(const Query& query, const QStringList& allowedHosts) {
    const std::optional<QByteArray> text = query.value("u");
    if (!text || text->isEmpty()) {
        return badTarget("forward_url_missing",
                         QStringLiteral("The parameter u is missing. Say where to forward to: "
                                        "/v1/forward?u=<percent-encoded provider URL>."));
    }
    if (text->startsWith("https%3A") || text->startsWith("http%3A") || text->startsWith("https%3a") ||
        text->startsWith("http%3a")) {
        return badTarget("forward_url_encoded_twice",
                         QStringLiteral("The provider URL in u is percent-encoded twice. Encode it once."));
    }
    const Result<QByteArray> checked = checkedUrl(*text, allowedHosts);
    if (!checked) {
        return badTarget(
            "forward_url_invalid",
            QStringLiteral("The provider URL in u cannot be forwarded to. %1").arg(checked.error().message));
    }
    const QUrl url = QUrl::fromEncoded(*checked, QUrl::StrictMode);
    ForwardTarget target;
    target.url = *checked;
    if (const qsizetype hash = target.url.indexOf('#'); hash >= 0) {
        target.url.truncate(hash);
    }
    target.host = url.host(QUrl::FullyEncoded).toLower();
    if (target.host.startsWith(QLatin1Char('[')) && target.host.endsWith(QLatin1Char(']'))) {
        target.host = target.host.mid(1, target.host.size() - 2);
    }
    target.path = url.path(QUrl::FullyEncoded).toLatin1();
    target.query = Query::ofTarget(target.url);
    target.port = static_cast<quint16>(url.port(url.scheme() == QLatin1String("http") ? 80 : 443));
    return target;
}

AddressKind kindOf(const QHostAddress& address) {
    // isLoopback() is true for a mapped ::ffff:127.0.0.1 too, which no provider has.
    if (address.protocol() == QAbstractSocket::IPv4Protocol && address.isLoopback()) {
        return AddressKind::Loopback;
    }
    if (address == QHostAddress(QHostAddress::LocalHostIPv6)) {
        return AddressKind::Loopback;
    }
    if (address.isNull() || address.protocol() == QAbstractSocket::AnyIPProtocol) {
        return AddressKind::Forbidden;
    }
    const bool inside = std::any_of(forbidden.begin(), forbidden.end(), [&](const Subnet& subnet) {
        return address.isInSubnet(QHostAddress(QString::fromLatin1(subnet.address)), subnet.prefix);
    });
    return inside ? AddressKind::Forbidden : AddressKind::Public;
}

Judged<void> checkAddresses(const ForwardTarget& target, const QList<QHostAddress>& addresses,
                            const QStringList& allowedHosts, quint16 ownPort) {
    const bool named = isAllowedByName(target.host, allowedHosts);
    for (const QHostAddress& address : addresses) {
        const AddressKind kind = kindOf(address);
        const bool reachesLoopback = kind == AddressKind::Loopback || address.isLoopback() ||
                                     address == QHostAddress(QHostAddress::AnyIPv4) ||
                                     address == QHostAddress(QHostAddress::AnyIPv6);
        if (reachesLoopback && target.port == ownPort) {
            return refuse(403, QStringLiteral("target_is_gateway"),
                          QStringLiteral("The provider URL leads back to this gateway."));
        }
        if (kind == AddressKind::Forbidden && !named) {
            return refuse(403, QStringLiteral("target_not_public"),
                          QStringLiteral(
                              "The host `%1` is on a private, link-local or otherwise special address, which "
                              "this gateway does not forward to. Start it with --allow-target %1 if that is "
                              "what you want.")
                              .arg(target.host));
        }
    }
    return {};
}

} // namespace lavascope
