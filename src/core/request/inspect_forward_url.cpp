// SPDX-License-Identifier: MIT
#include "core/base/visible_text.h"
#include "core/request/forward_url.h"
#include "core/request/url_pieces.h"

#include <QList>

#include <algorithm>

namespace lavascope {

namespace {

/// The value of `u` as it stands in a query, and what the query holds besides.
struct Parameters {
    std::optional<QByteArrayView> u;
    QList<QByteArrayView> others; ///< without `u` and without `metadata`, which is the gateway's own
    QByteArrayView fromU;         ///< everything from the value of `u` to the end of the query
};

Parameters readQuery(QByteArrayView query) {
    Parameters parameters;
    for (qsizetype from = 0; from <= query.size();) {
        const qsizetype end = query.indexOf('&', from);
        const QByteArrayView pair = query.sliced(from, (end < 0 ? query.size() : end) - from);
        if (!parameters.u && pair.startsWith("u=")) {
            parameters.u = pair.sliced(2);
            parameters.fromU = query.sliced(from + 2);
        } else if (!pair.isEmpty() && !pair.startsWith("metadata=")) {
            parameters.others.append(pair);
        }
        if (end < 0)
            break;
        from = end + 1;
    }
    return parameters;
}

// As a server decodes a query: percent escapes, and `+` as a blank.
QByteArray formDecoded(QByteArrayView text) {
    return QByteArray::fromPercentEncoding(text.toByteArray().replace('+', ' '));
}

TargetEncoding encodingOf(QByteArrayView raw) {
    if (raw.contains("%3A%2F%2F") || raw.contains("%3a%2f%2f") || raw.contains("%3A//") ||
        raw.contains(":%2F%2F"))
        return TargetEncoding::Once;
    if (raw.contains("%253A%252F%252F") || raw.contains("%253a%252f%252f"))
        return TargetEncoding::Twice;
    return TargetEncoding::Raw;
}

QString shown(const QByteArray& url) {
    return withVisibleChips(QString::fromUtf8(url));
}

/// Takes one URL apart, finding by finding.
class Inspection {
public:
    explicit Inspection(const QByteArray& text)
        : m_text(text.trimmed())
        , m_check(m_text) {}

    ForwardUrlReport run() {
        const UrlPieces& pieces = m_check.pieces();
        if (m_check.fault() && pieces.host.isEmpty()) {
            add(Severity::Error, "url_invalid", m_check.fault()->message, m_check.fault()->fix,
                m_check.fault()->offset);
            m_report.headline = QStringLiteral("This is no URL: %1").arg(m_check.fault()->message);
            return std::move(m_report);
        }
        if (pieces.path.contains("/rewrite/")) {
            inspectRewrite();
        } else if (pieces.path.contains("/forward")) {
            inspectForward();
        } else {
            inspectProvider();
        }
        return std::move(m_report);
    }

private:
    void add(Severity severity, const char* code, const QString& message, const QString& fix = {},
             qint64 at = -1) {
        Finding finding{severity, QString::fromLatin1(code), message, fix, std::nullopt};
        if (at >= 0)
            finding.range = ByteRange{at, qMin(at + 1, qint64(m_text.size()))};
        m_report.findings.push_back(finding);
        m_broken = m_broken || severity == Severity::Error;
    }

    qint64 offsetOf(QByteArrayView piece) const {
        return piece.data() ? piece.data() - m_text.constData() : 0;
    }

    void inspectGateway() {
        if (const auto& fault = m_check.fault()) {
            add(Severity::Error, "gateway_invalid", fault->message, fault->fix, fault->offset);
            return;
        }
        m_report.gateway = m_check.url().origin();
        const QByteArray& host = m_check.url().host;
        if (host == "api.lavapayments.com")
            add(Severity::Note, "gateway_legacy_host",
                QStringLiteral("api.lavapayments.com is the older name of api.lava.so."),
                QStringLiteral("New code uses https://api.lava.so."), offsetOf(m_check.pieces().host));
        else if (host == "sandbox-api.lavapayments.com" || host == "sandbox-api.lava.so")
            add(Severity::Note, "gateway_sandbox_host",
                QStringLiteral("This is Lava's own sandbox, which takes aks_test_ keys."), {},
                offsetOf(m_check.pieces().host));
    }

    void inspectRewrite() {
        inspectGateway();
        m_report.endpoint = QStringLiteral("rewrite");
        const QByteArrayView path = m_check.pieces().path;
        const qsizetype format = path.indexOf("/rewrite/") + qsizetype(sizeof("/rewrite/") - 1);
        const qsizetype slash = path.indexOf('/', format);
        if (slash < 0 || slash + 1 >= path.size()) {
            add(Severity::Error, "target_missing",
                QStringLiteral("A rewrite URL goes on with a format and a provider URL."), {},
                offsetOf(path) + path.size());
            m_report.headline = QStringLiteral("A rewrite URL without a provider.");
            return;
        }
        QByteArray target = m_text.mid(offsetOf(path) + slash + 1);
        if (!target.startsWith("http"))
            target.prepend("https://");
        m_report.target = target;
        m_report.intended = target;
        m_report.encoding = TargetEncoding::Raw;
        m_report.valid = !m_broken;
        m_report.headline =
            QStringLiteral("Rewrite to %1; request and answer are translated from and to the %2 format.")
                .arg(shown(target), QString::fromUtf8(path.sliced(format, slash - format)));
    }

    void inspectProvider() {
        if (const auto& fault = m_check.fault()) {
            add(Severity::Error, "url_invalid", fault->message, fault->fix, fault->offset);
            m_report.headline =
                QStringLiteral("No forward URL, and as a provider URL not usable: %1").arg(fault->message);
            return;
        }
        m_report.target = m_check.url().origin() + m_check.url().rest;
        m_report.intended = m_report.target;
        add(Severity::Error, "not_a_forward_url",
            QStringLiteral("There is no /v1/forward?u=… in it: a call to it does not go through Lava."),
            QStringLiteral("Use %1/v1/forward?u=%2")
                .arg(QLatin1String(liveGateway), QString::fromLatin1(encodeUriComponent(m_report.target))));
        m_report.headline = QStringLiteral("A provider URL, not a forward URL: it goes straight to %1.")
                                .arg(shown(m_check.url().host));
    }

    void inspectForward() {
        inspectGateway();
        m_report.endpoint = QStringLiteral("forward");
        const UrlPieces& pieces = m_check.pieces();
        if (pieces.path != "/v1/forward" && pieces.path != "/v1/forward/")
            add(Severity::Warning, "forward_path_unknown",
                QStringLiteral("The documented path is /v1/forward; this one is %1.")
                    .arg(shown(pieces.path.toByteArray())),
                QStringLiteral("Put the provider URL into the parameter u."), offsetOf(pieces.path));
        const Parameters parameters = readQuery(pieces.query.value_or(QByteArrayView()));
        if (!parameters.u || parameters.u->isEmpty()) {
            add(Severity::Error, "target_missing",
                QStringLiteral("The parameter u, which names the provider URL, is missing."),
                QStringLiteral("Add ?u= and the encoded provider URL."),
                offsetOf(pieces.path) + pieces.path.size());
            m_report.headline =
                QStringLiteral("A forward URL without a target: the gateway does not know where to go.");
            return;
        }
        inspectTarget(parameters);
    }

    void inspectTarget(const Parameters& parameters) {
        const QByteArrayView raw = *parameters.u;
        const qint64 at = offsetOf(raw);
        m_report.encoding = encodingOf(raw);
        m_report.target = formDecoded(raw);
        m_report.intended = m_report.target;
        if (m_report.encoding == TargetEncoding::Twice) {
            m_report.intended = QByteArray::fromPercentEncoding(m_report.target);
            add(Severity::Error, "target_encoded_twice",
                QStringLiteral("The target is encoded twice, so the gateway sees escapes instead of a URL."),
                QStringLiteral("Encode it once."), at);
        } else if (m_report.encoding == TargetEncoding::Raw) {
            inspectRawTarget(parameters, at);
        } else {
            for (const QByteArrayView other : parameters.others)
                add(Severity::Warning, "parameter_beside_target",
                    QStringLiteral("\"%1\" stands beside u, so the provider does not get it.")
                        .arg(shown(other.toByteArray())),
                    QStringLiteral("Put it into the provider URL before encoding."), offsetOf(other));
        }
        checkTarget(at);
        m_report.valid = !m_broken;
        m_report.headline = QStringLiteral("Forwards to %1 as written.").arg(shown(m_report.target));
        const auto isError = [](const Finding& finding) { return finding.severity == Severity::Error; };
        const auto first = std::find_if(m_report.findings.begin(), m_report.findings.end(), isError);
        if (first != m_report.findings.end())
            m_report.headline = QStringLiteral("Will not arrive as meant: %1").arg(first->message);
    }

    // Everything that an unencoded target loses on the way, by the rules that every server reads a query
    // with.
    void inspectRawTarget(const Parameters& parameters, qint64 at) {
        QByteArray intended = parameters.fromU.toByteArray();
        bool lost = false;
        if (parameters.fromU.size() > parameters.u->size()) {
            add(Severity::Error, "target_lost_parameters",
                QStringLiteral("The target is not encoded, so everything from its first & on is lost."),
                QStringLiteral("Encode the whole provider URL."), at + parameters.u->size());
            lost = true;
        }
        if (const auto& fragment = m_check.pieces().fragment) {
            add(Severity::Error, "target_lost_fragment",
                QStringLiteral("Everything from # on is never sent."),
                QStringLiteral("Encode the whole provider URL."), offsetOf(*fragment) - 1);
            intended += '#' + fragment->toByteArray();
            lost = true;
        }
        if (parameters.u->contains('+')) {
            add(Severity::Error, "target_plus_is_blank",
                QStringLiteral("A + in an unencoded target arrives as a blank."),
                QStringLiteral("Encode the whole provider URL."), at + parameters.u->indexOf('+'));
            lost = true;
        }
        if (parameters.u->contains('%')) {
            add(Severity::Warning, "target_decoded_once_too_often",
                QStringLiteral("The escapes in an unencoded target are decoded by the gateway already."),
                QStringLiteral("Encode the whole provider URL."), at + parameters.u->indexOf('%'));
            lost = true;
        }
        m_report.intended = intended;
        if (!lost)
            add(Severity::Note, "target_not_encoded",
                QStringLiteral("The target is not encoded; this one arrives all the same."),
                QStringLiteral("Encode it, so that a later & or + does not break it."), at);
    }

    void checkTarget(qint64 at) {
        const UrlCheck target(m_report.intended);
        if (const auto& fault = target.fault()) {
            add(Severity::Error, "target_invalid",
                QStringLiteral("The target is not usable: %1").arg(fault->message), fault->fix, at);
            return;
        }
        if (target.pieces().path.contains("/v1/forward"))
            add(Severity::Error, "target_is_a_gateway",
                QStringLiteral("The target is a forward URL itself: a proxy in a proxy."),
                QStringLiteral("Put the provider's own URL into u."), at);
        if (target.url().host.contains("xn--"))
            add(Severity::Warning, "target_host_encoded",
                QStringLiteral("The host's name has letters outside ASCII; encoded it is %1.")
                    .arg(QString::fromLatin1(target.url().host)),
                QStringLiteral("Compare it with the provider's real name."), at);
        const QByteArrayView query = target.pieces().query.value_or(QByteArrayView());
        if (query.startsWith("key=") || query.contains("&key="))
            add(Severity::Warning, "target_holds_key",
                QStringLiteral("The target brings a key of its own; Lava puts in the provider's credential."),
                QStringLiteral("Remove key=; put your own key into the token as provider_key."), at);
    }

    QByteArray m_text;
    UrlCheck m_check;
    ForwardUrlReport m_report;
    bool m_broken = false;
};

} // namespace

const char* encodingName(TargetEncoding encoding) {
    switch (encoding) {
    case TargetEncoding::Missing:
        return "missing";
    case TargetEncoding::Raw:
        return "raw";
    case TargetEncoding::Once:
        return "once";
    case TargetEncoding::Twice:
        break;
    }
    return "twice";
}

ForwardUrlReport inspectForwardUrl(const QByteArray& text) {
    return Inspection(text).run();
}

QByteArray providerUrlOf(const QByteArray& url) {
    const UrlPieces pieces = splitUrl(url);
    if (!pieces.path.contains("/forward"))
        return url;
    const Parameters parameters = readQuery(pieces.query.value_or(QByteArrayView()));
    return parameters.u ? formDecoded(*parameters.u) : url;
}

} // namespace lavascope
