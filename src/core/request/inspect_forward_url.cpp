// SPDX-License-Identifier: MIT
#include "core/request/forward_url.h"
#include "core/request/host_name.h"
#include "core/request/query.h"
#include "core/request/target_check.h"
#include "core/request/url_pieces.h"
#include "core/token/display.h"

#include <algorithm>
#include <array>

namespace lavascope {

namespace {

struct KnownGateway {
    QByteArrayView host;
    Severity severity;
    const char* code;
    const char* message;
    const char* fix;
};
constexpr std::array<KnownGateway, 6> knownGateways = {{
    {"api.lava.so", Severity::Note, nullptr, nullptr, nullptr},
    {"api.lavapayments.com", Severity::Note, "gateway_legacy_host",
     "api.lavapayments.com is the production gateway under its older name.",
     "New code should call api.lava.so."},
    {"sandbox-api.lavapayments.com", Severity::Note, "gateway_sandbox_host",
     "This is Lava's own sandbox, which the official SDK calls for aks_test_ keys.", ""},
    {"sandbox-api.lava.so", Severity::Note, "gateway_sandbox_host",
     "This is Lava's own sandbox under the name that only the SDK's README uses.",
     "The SDK itself calls sandbox-api.lavapayments.com."},
    {"lava.so", Severity::Error, "gateway_is_website",
     "lava.so is the website and dashboard, not the gateway.", "Call api.lava.so."},
    {"www.lava.so", Severity::Error, "gateway_is_website",
     "www.lava.so is the website and dashboard, not the gateway.", "Call api.lava.so."},
}};

const KnownGateway* knownGateway(const QByteArray& host) {
    for (const KnownGateway& known : knownGateways)
        if (known.host == host)
            return &known;
    return nullptr;
}

bool beginsAsUrl(QByteArrayView text) {
    const QByteArray head = text.first(std::min<qsizetype>(text.size(), 8)).toByteArray().toLower();
    return head.startsWith("https://") || head.startsWith("http://");
}

/// Takes one forward URL apart, piece by piece, into a report.
class Inspection {
public:
    explicit Inspection(const QByteArray& text)
        : m_text(text)
        , m_check(m_text) {}

    ForwardUrlReport run();

private:
    enum class Address { Forward, ForwardInvented, Rewrite, OtherLava, Elsewhere };

    [[nodiscard]] Address address() const;
    void inspectGateway();
    void inspectForward(bool invented);
    void inspectValue(QByteArrayView rawValue);
    void inspectRawValue(QByteArrayView rawValue);
    void inspectOtherParameters(const QList<QueryParameter>& parameters);
    void inspectFragment();
    void inspectRewrite();
    void inspectTarget(const QByteArray& target, QByteArrayView where);
    void inspectElsewhere(Address address);
    void conclude();

    void add(Severity severity, const char* code, const QString& message, const QString& fix,
             QByteArrayView where);
    [[nodiscard]] ByteRange rangeOf(QByteArrayView piece) const;
    [[nodiscard]] const UrlPieces& pieces() const { return m_check.pieces(); }

    const QByteArray& m_text;
    UrlCheck m_check;
    ForwardUrlReport m_report;
};

ByteRange Inspection::rangeOf(QByteArrayView piece) const {
    if (!piece.data())
        return {0, m_text.size()};
    const qint64 begin = piece.data() - m_text.constData();
    return {begin, begin + piece.size()};
}

void Inspection::add(Severity severity, const char* code, const QString& message, const QString& fix,
                     QByteArrayView where) {
    m_report.findings.push_back({severity, QString::fromLatin1(code), message, fix, rangeOf(where)});
}

Inspection::Address Inspection::address() const {
    const QByteArrayView path = pieces().path;
    if (path == "/v1/forward" || path == "/v1/forward/")
        return Address::Forward;
    if (path.startsWith("/v1/rewrite/"))
        return Address::Rewrite;
    const QByteArray host = pieces().host.toByteArray().toLower();
    const bool hasTarget =
        pieces().query && (pieces().query->startsWith("u=") || pieces().query->contains("&u="));
    if (path.startsWith("/v1/forward/") || path == "/forward" || (path.endsWith("/forward") && hasTarget) ||
        (hasTarget && knownGateway(host)))
        return Address::ForwardInvented;
    return knownGateway(host) ? Address::OtherLava : Address::Elsewhere;
}

ForwardUrlReport Inspection::run() {
    const Address where = address();
    const bool elsewhere = where == Address::Elsewhere;
    if (const auto& fault = m_check.fault()) {
        const UrlRole role = elsewhere ? UrlRole::Provider : UrlRole::Gateway;
        m_report.findings.push_back({Severity::Error, urlProblemCode(fault->problem, role), fault->message,
                                     fault->fix, ByteRange{fault->offset, fault->offset + 1}});
    } else if (!elsewhere) {
        inspectGateway();
    }
    switch (where) {
    case Address::Forward:
    case Address::ForwardInvented:
        inspectForward(where == Address::ForwardInvented);
        break;
    case Address::Rewrite:
        inspectRewrite();
        break;
    case Address::OtherLava:
    case Address::Elsewhere:
        inspectElsewhere(where);
        break;
    }
    conclude();
    return std::move(m_report);
}

void Inspection::inspectGateway() {
    const QByteArray& host = m_check.url().host;
    m_report.gateway = m_check.url().origin();
    if (const KnownGateway* known = knownGateway(host)) {
        if (known->code)
            add(known->severity, known->code, QString::fromLatin1(known->message),
                QString::fromLatin1(known->fix), pieces().host);
        return;
    }
    if (isLoopbackHost(host))
        return;
    add(Severity::Warning, "gateway_unknown_host",
        QStringLiteral("%1 is no host of Lava's that the documentation names; the credential would go there.")
            .arg(QString::fromLatin1(host)),
        QStringLiteral("The gateway is api.lava.so."), pieces().host);
}

void Inspection::inspectForward(bool invented) {
    m_report.endpoint = QStringLiteral("forward");
    if (invented)
        add(Severity::Error, "path_invented",
            QStringLiteral(
                "The gateway's path is /v1/forward and nothing else; the provider's path belongs into u."),
            QStringLiteral("Write /v1/forward?u=… with the whole provider URL, encoded, in u."),
            pieces().path);
    const QList<QueryParameter> parameters = splitQuery(pieces().query.value_or(QByteArrayView()));
    const auto isTarget = [](const QueryParameter& parameter) { return parameter.name == "u"; };
    const auto target = std::find_if(parameters.begin(), parameters.end(), isTarget);
    if (target == parameters.end() || target->rawValue.isEmpty()) {
        add(Severity::Error, "u_missing", QStringLiteral("The parameter u with the provider URL is missing."),
            QStringLiteral("Append ?u= and the provider URL, percent-encoded."), pieces().path);
        return;
    }
    if (std::count_if(parameters.begin(), parameters.end(), isTarget) > 1)
        add(Severity::Error, "u_repeated",
            QStringLiteral("The parameter u is there more than once, and only one can be forwarded to."),
            QStringLiteral("Keep one."), parameters.last().whole);
    inspectValue(target->rawValue);
    inspectOtherParameters(parameters);
    inspectFragment();
    inspectTarget(m_report.encoding == TargetEncoding::Twice ? m_report.intended : m_report.target,
                  target->rawValue);
}

void Inspection::inspectValue(QByteArrayView rawValue) {
    const QByteArray once = decodeQueryValue(rawValue);
    m_report.target = once;
    m_report.intended = once;
    if (beginsAsUrl(rawValue)) {
        m_report.encoding = TargetEncoding::Raw;
        inspectRawValue(rawValue);
        return;
    }
    m_report.encoding = hasPercentCode(rawValue) ? TargetEncoding::Once : TargetEncoding::Raw;
    const QByteArray twice = decodeQueryValue(once);
    if (!beginsAsUrl(once) && beginsAsUrl(twice)) {
        m_report.encoding = TargetEncoding::Twice;
        m_report.intended = twice;
        add(Severity::Error, "u_encoded_twice",
            QStringLiteral(
                "The provider URL in u is percent-encoded twice, so the gateway sees https%3A%2F%2F…."),
            QStringLiteral("Encode it once; many HTTP libraries encode parameters by themselves."), rawValue);
    } else if (rawValue.contains('+')) {
        m_report.intended = decodeQueryValue(rawValue.toByteArray().replace('+', "%2B"));
        add(Severity::Error, "plus_becomes_blank", QStringLiteral("A '+' in u arrives as a blank."),
            QStringLiteral("Write %2B for a plus, %20 for a blank."),
            rawValue.sliced(rawValue.indexOf('+'), 1));
    }
}

void Inspection::inspectRawValue(QByteArrayView rawValue) {
    m_report.intended = rawValue.toByteArray();
    add(Severity::Note, "u_not_encoded",
        QStringLiteral(
            "The provider URL in u is not percent-encoded; that works only while nothing in it needs it."),
        QStringLiteral("Encode it as encodeURIComponent does."), rawValue);
    if (const qsizetype plus = rawValue.indexOf('+'); plus >= 0)
        add(Severity::Error, "plus_becomes_blank",
            QStringLiteral("A '+' in an unencoded u arrives as a blank."),
            QStringLiteral("Encode the whole provider URL."), rawValue.sliced(plus, 1));
    if (hasPercentCode(rawValue))
        add(Severity::Error, "decoded_too_often",
            QStringLiteral(
                "The codes of the provider URL (%XX) are decoded by the gateway already, because u is not "
                "encoded around them."),
            QStringLiteral("Encode the whole provider URL; its '%' becomes %25."),
            rawValue.sliced(rawValue.indexOf('%'), 1));
}

void Inspection::inspectOtherParameters(const QList<QueryParameter>& parameters) {
    for (const QueryParameter& parameter : parameters) {
        if (parameter.name == "u" || parameter.name == "metadata")
            continue;
        if (parameter.name == "key") {
            add(Severity::Warning, "key_beside_u",
                QStringLiteral("The gateway reads key= as its own credential; in a URL it ends up in logs."),
                QStringLiteral("Send the credential in a header."), parameter.whole);
            continue;
        }
        m_report.intended += (m_report.intended.contains('?') ? '&' : '?') + parameter.whole.toByteArray();
        add(Severity::Error, "target_parameter_lost",
            QStringLiteral("The parameter %1 stands beside u, not in it, and never reaches the provider.")
                .arg(shownText(QString::fromUtf8(parameter.name))),
            QStringLiteral("Encode the whole provider URL; its '&' becomes %26."), parameter.whole);
    }
}

void Inspection::inspectFragment() {
    if (!pieces().fragment)
        return;
    m_report.intended += '#' + pieces().fragment->toByteArray();
    add(Severity::Error, "fragment_lost", QStringLiteral("Everything from '#' on is never sent."),
        QStringLiteral("Remove it, or write %23 inside u if it belongs to the provider's path or query."),
        *pieces().fragment);
}

void Inspection::inspectTarget(const QByteArray& target, QByteArrayView where) {
    for (Finding finding : targetFindings(target)) {
        finding.range = rangeOf(where);
        m_report.findings.push_back(std::move(finding));
    }
}

void Inspection::inspectRewrite() {
    m_report.endpoint = QStringLiteral("rewrite");
    m_report.encoding = TargetEncoding::Raw;
    constexpr std::array<QByteArrayView, 4> formats = {"openai", "anthropic", "google", "bedrock"};
    const QByteArrayView rest = pieces().path.sliced(QByteArrayView("/v1/rewrite/").size());
    const qsizetype slash = rest.indexOf('/');
    const QByteArrayView format = slash < 0 ? rest : rest.first(slash);
    if (std::find(formats.begin(), formats.end(), format) == formats.end())
        add(Severity::Error, "rewrite_format_unknown",
            QStringLiteral("The format after /v1/rewrite/ is none of openai, anthropic, google and bedrock."),
            {}, format);
    const QByteArrayView provider = slash < 0 ? QByteArrayView() : rest.sliced(slash + 1);
    if (provider.isEmpty()) {
        m_report.encoding = TargetEncoding::Missing;
        add(Severity::Error, "rewrite_target_missing",
            QStringLiteral("The provider's address after the format is missing."),
            QStringLiteral("Write for example /v1/rewrite/openai/api.anthropic.com/v1/messages."),
            pieces().path);
        return;
    }
    m_report.target =
        (beginsAsUrl(provider) ? QByteArray() : QByteArray("https://")) + provider.toByteArray();
    if (pieces().query)
        m_report.target += '?' + pieces().query->toByteArray();
    m_report.intended = m_report.target;
    inspectFragment();
    inspectTarget(m_report.target, provider);
}

void Inspection::inspectElsewhere(Address address) {
    if (address == Address::OtherLava) {
        add(Severity::Error, "not_forward_url",
            QStringLiteral("This is an address of Lava's, but not of the forward proxy."),
            QStringLiteral("Forwarding happens at /v1/forward?u=…."), pieces().path);
        return;
    }
    if (m_check.fault())
        return;
    m_report.target = m_check.url().origin() + m_check.url().rest;
    m_report.intended = m_report.target;
    add(Severity::Note, "provider_url",
        QStringLiteral("This is a provider URL: called as it is, nothing goes through the gateway."),
        QStringLiteral("Put it, percent-encoded, into %1/v1/forward?u=….").arg(QLatin1String(liveGateway)),
        {});
    inspectTarget(m_report.target, m_text);
}

void Inspection::conclude() {
    const auto firstError =
        std::find_if(m_report.findings.begin(), m_report.findings.end(),
                     [](const Finding& finding) { return finding.severity == Severity::Error; });
    if (firstError != m_report.findings.end()) {
        m_report.headline = firstError->message;
        return;
    }
    const QString target = shownUrlText(withoutQuery(m_report.target));
    if (m_report.endpoint.isEmpty()) {
        m_report.headline = QStringLiteral("A provider URL, not a forward URL: %1.").arg(target);
        return;
    }
    m_report.valid = m_report.target == m_report.intended;
    m_report.headline =
        QStringLiteral("%1 to %2 through %3.")
            .arg(m_report.endpoint == QStringLiteral("rewrite") ? QStringLiteral("Translates and forwards")
                                                                : QStringLiteral("Forwards"),
                 target, QString::fromLatin1(m_report.gateway));
}

} // namespace

ForwardUrlReport inspectForwardUrl(const QByteArray& text) {
    return Inspection(text).run();
}

} // namespace lavascope
