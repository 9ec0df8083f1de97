// SPDX-License-Identifier: MIT
#include "core/request/target_check.h"

#include "core/base/visible_text.h"
#include "core/request/host_name.h"
#include "core/request/query.h"
#include "core/request/url_pieces.h"
#include "core/token/display.h"

#include <algorithm>

namespace lavascope {

namespace {

constexpr qsizetype longestShown = 120;

bool isLavaHost(const QByteArray& host) {
    return host == "lava.so" || host.endsWith(".lava.so") || host == "lavapayments.com" ||
           host.endsWith(".lavapayments.com");
}

bool isEncodedName(const QByteArray& host) {
    return host.startsWith("xn--") || host.contains(".xn--");
}

bool isProxy(const UrlCheck& check) {
    const QByteArrayView path = check.pieces().path;
    return isLavaHost(check.url().host) || path.endsWith("/v1/forward") || path.startsWith("/v1/rewrite/");
}

Finding finding(Severity severity, const char* code, const QString& message, const QString& fix) {
    return {severity, QString::fromLatin1(code), message, fix, std::nullopt};
}

bool hasKeyParameter(const UrlPieces& pieces) {
    if (!pieces.query)
        return false;
    const QList<QueryParameter> parameters = splitQuery(*pieces.query);
    return std::any_of(parameters.begin(), parameters.end(), [](const QueryParameter& parameter) {
        return parameter.name == "key" || parameter.name == "api_key" || parameter.name == "api-key";
    });
}

} // namespace

QByteArray withoutQuery(const QByteArray& url) {
    const qsizetype query = url.indexOf('?');
    const qsizetype fragment = url.indexOf('#');
    const qsizetype end = query < 0 ? fragment : fragment < 0 ? query : std::min(query, fragment);
    return end < 0 ? url : url.first(end);
}

QString shownUrlText(const QByteArray& text) {
    if (holdsCredential(text))
        return Secret(text).masked();
    QString shown = withVisibleChips(QString::fromUtf8(text.first(std::min(text.size(), longestShown))));
    shown.replace(QLatin1Char('\n'), QLatin1Char(' ')).replace(QLatin1Char('\t'), QLatin1Char(' '));
    if (text.size() > longestShown)
        shown += QChar(0x2026);
    return shown;
}

std::vector<Finding> targetFindings(const QByteArray& target) {
    const UrlCheck check(target);
    if (const auto& fault = check.fault())
        return {{Severity::Error, urlProblemCode(fault->problem, UrlRole::Provider), fault->message,
                 fault->fix, std::nullopt}};

    std::vector<Finding> findings;
    const QByteArray& host = check.url().host;
    if (isProxy(check))
        findings.push_back(
            finding(Severity::Error, "proxy_in_proxy",
                    QStringLiteral("The target is the gateway itself: a proxy inside the proxy."),
                    QStringLiteral("Put the provider's own URL into u; the SDK's provider addresses are "
                                   "forward URLs already.")));
    if (isEncodedName(host))
        findings.push_back(
            finding(Severity::Warning, "host_not_ascii",
                    QStringLiteral("The host has letters outside ASCII and may only look like a known "
                                   "one; its real name is %1.")
                        .arg(QString::fromLatin1(host)),
                    QStringLiteral("Compare it letter by letter with the provider's own.")));
    if (hasKeyParameter(check.pieces()))
        findings.push_back(
            finding(Severity::Warning, "key_in_target",
                    QStringLiteral("The target carries a key in its query, where logs keep it."),
                    QStringLiteral("Remove it: the gateway adds the provider's credential, or takes "
                                   "yours from provider_key in the token.")));
    if (check.pieces().fragment)
        findings.push_back(
            finding(Severity::Warning, "fragment_in_target",
                    QStringLiteral("The target has a part after '#', which no provider ever gets."),
                    QStringLiteral("Remove it.")));
    if (check.url().rest.contains("%7B") || check.url().rest.contains("%7b"))
        findings.push_back(finding(Severity::Warning, "placeholder_in_target",
                                   QStringLiteral("The target still holds a placeholder in braces."),
                                   QStringLiteral("Fill it in, for example with a model's name.")));
    if (isLoopbackHost(host))
        findings.push_back(
            finding(Severity::Note, "target_is_this_computer",
                    QStringLiteral("The target is this computer, which only the built-in gateway can "
                                   "reach."),
                    {}));
    return findings;
}

} // namespace lavascope
