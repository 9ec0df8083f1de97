// SPDX-License-Identifier: MIT
// Who wrote an error: the gateway and the providers each have forms of their own.
#include "core/diagnosis/facts.h"

#include <algorithm>
#include <array>

namespace lavascope {

namespace {

/// A header that only a provider sends, if there is one.
QByteArray providersHeader(const Headers& headers) {
    constexpr std::array<QByteArrayView, 4> families = {"openai-", "anthropic-", "x-groq-", "x-amzn-error"};
    constexpr std::array<QByteArrayView, 6> names = {
        "request-id",
        "apim-request-id",
        "x-generation-id",
        "x-ratelimit-limit-requests",
        "x-ratelimit-limit-tokens",
        "x-ratelimit-remaining-tokens",
    };
    for (const Headers::Field& field : headers) {
        QByteArray name = field.name.toLower();
        const auto begins = [&](QByteArrayView family) { return name.startsWith(family); };
        const auto equals = [&](QByteArrayView known) { return QByteArrayView(name) == known; };
        if (std::any_of(families.begin(), families.end(), begins) ||
            std::any_of(names.begin(), names.end(), equals))
            return name;
    }
    return {};
}

/// OpenAI, Anthropic and Google do not answer API calls with 402.
bool neverSays402(const QString& host) {
    return host == QLatin1String("api.openai.com") || host == QLatin1String("api.anthropic.com") ||
           host.endsWith(QLatin1String(".googleapis.com"));
}

/// Who writes an error like this one without the member `error`, if that can be told.
QString flatForm(const json::View& root) {
    if (root["error"].exists() || !root["message"].isString())
        return {};
    if (root["statusCode"].isNumber())
        return QStringLiteral("the body has statusCode and message side by side, as Azure writes it");
    if (root["id"].isString())
        return QStringLiteral("the body has id and message side by side, as Cohere writes it");
    if (root["request_id"].isString())
        return QStringLiteral("the body has message and request_id side by side, as Mistral writes it");
    return {};
}

/// Providers that write their errors flat. Their hosts are asked only where the form alone leaves it open.
bool writesFlatErrors(const QString& host) {
    static constexpr std::array<const char*, 6> domains = {"cohere.com", "cohere.ai",     "mistral.ai",
                                                           "azure.com",  "amazonaws.com", "elevenlabs.io"};
    return std::any_of(domains.begin(), domains.end(), [&](const char* domain) {
        return host.endsWith(QLatin1Char('.') + QLatin1String(domain));
    });
}

/// Why the body's form is a provider's and not the gateway's; empty if it is not, or may be either's.
QString providersForm(const json::View& root, const QString& target) {
    const json::View error = root["error"];
    const json::View code = error["code"];
    bool isNumber = false;
    code.toString().toInt(&isNumber);
    if (error["type"].isString())
        return QStringLiteral("the body has error.type, which the gateway's own form lacks");
    if (root["type"].toString() == QLatin1String("error") ||
        root["object"].toString() == QLatin1String("error"))
        return QStringLiteral("the body calls itself an error object, as providers do");
    if (error["status"].isString())
        return QStringLiteral("error.status is a name and no number, as Google writes it");
    if (error["metadata"].isObject())
        return QStringLiteral("the body has error.metadata, as OpenRouter writes it");
    if (error["innererror"].isObject())
        return QStringLiteral("the body has error.innererror, as Azure writes it");
    if ((code.isNumber() || isNumber) && !error["status"].exists())
        return QStringLiteral("error.code is a number, which the gateway writes as error.status");
    if (root["code"].isString() && error.isString())
        return QStringLiteral("the body has code and error as plain texts, as xAI writes it");
    if (root["__type"].isString())
        return QStringLiteral("the body has __type, as Amazon writes it");
    if (root["signin_url"].isString())
        return QStringLiteral("the body has signin_url, as Ollama writes it");
    if (root["detail"].exists())
        return QStringLiteral("the body has a member detail, which the gateway's lacks");
    const bool isFlat = !error.exists() && (root["message"].isString() || root["Message"].isString());
    if (QString form = flatForm(root); !form.isEmpty() || !isFlat || !writesFlatErrors(target))
        return form;
    return QStringLiteral("the body has no member error, which the gateway's has, and %1 writes it so")
        .arg(target);
}

} // namespace

void Facts::findOrigin() {
    const auto decide = [this](Origin origin, const QString& reason) {
        m_origin = origin;
        m_originReason = reason;
    };
    const json::View error = m_root["error"];
    const json::View code = error["code"];
    // Cloudflare stands in front of the gateway and of many providers.
    if (m_root["cloudflare_error"].exists())
        return;
    const QString form = providersForm(m_root, m_target);
    const QByteArray header = providersHeader(m_outcome.headers);
    if (code.toString().startsWith(QLatin1String("forward_")))
        decide(Origin::Gateway, QStringLiteral("error.code begins with forward_"));
    else if (code.isString() && error["status"].isNumber() && !error["type"].exists())
        decide(Origin::Gateway, QStringLiteral("the body has error.code and a numeric error.status and no "
                                               "error.type, which is the gateway's own form"));
    else if (!form.isEmpty())
        decide(Origin::Provider, form);
    else if (!header.isEmpty())
        decide(
            Origin::Provider,
            QStringLiteral("the answer carries the provider's header %1").arg(QString::fromLatin1(header)));
    else if (m_inStream)
        decide(Origin::Provider,
               QStringLiteral("it came inside the answer, after the gateway had let the call through"));
    else if (m_status == 402 && neverSays402(m_target))
        decide(Origin::Gateway, QStringLiteral("%1 does not answer with 402").arg(m_target));
}

} // namespace lavascope
