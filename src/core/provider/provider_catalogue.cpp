// SPDX-License-Identifier: MIT
#include "core/provider/provider_catalogue.h"

#include "core/json/document.h"

#include <QUrl>

namespace lavascope {

namespace {

tl::unexpected<Error> invalid(const QString& message, qint64 offset = -1) {
    return fail(QStringLiteral("catalogue_invalid"),
                QStringLiteral("The provider catalogue is broken: %1.").arg(message), {}, offset);
}

Result<Endpoint> readEndpoint(json::View view) {
    Endpoint endpoint;
    endpoint.path = view["path"].toString();
    endpoint.method = view["method"].toString().toUtf8();
    endpoint.kind = view["kind"].toString();
    endpoint.streaming = view["streaming"].toBool().value_or(false);
    if (endpoint.path.isEmpty() || endpoint.method.isEmpty() || endpoint.kind.isEmpty())
        return invalid(QStringLiteral("an endpoint needs path, method and kind"), view.range().begin);
    return endpoint;
}

QStringList strings(json::View list) {
    QStringList found;
    for (json::View item = list.firstChild(); item.exists(); item = item.nextSibling())
        found += item.toString();
    return found;
}

Result<Provider> readProvider(json::View view) {
    Provider provider;
    provider.id = view["id"].toString();
    provider.name = view["name"].toString();
    provider.baseUrl = view["base_url"].toString();
    provider.compat = view["compat"].toString();
    provider.authStyle = view["auth"]["style"].toString();
    provider.exampleModels = strings(view["example_models"]);
    if (provider.id.isEmpty() || provider.name.isEmpty() ||
        !provider.baseUrl.startsWith(QStringLiteral("https://")))
        return invalid(QStringLiteral("a provider needs id, name and an https base_url"), view.range().begin);
    const json::View required = view["required_headers"];
    for (json::View field = required.firstChild(); field.exists(); field = field.nextSibling())
        provider.requiredHeaders.append(field.name().toUtf8(), field.toString().toUtf8());
    const json::View endpoints = view["endpoints"];
    for (json::View item = endpoints.firstChild(); item.exists(); item = item.nextSibling()) {
        Result<Endpoint> endpoint = readEndpoint(item);
        if (!endpoint)
            return tl::unexpected(endpoint.error());
        provider.endpoints.append(*std::move(endpoint));
    }
    if (provider.endpoints.isEmpty())
        return invalid(QStringLiteral("%1 has no endpoint").arg(provider.id), view.range().begin);
    return provider;
}

// How much of the base URL's path the URL goes on from; -1 if it lies elsewhere.
qsizetype fit(const Provider& provider, const QUrl& url) {
    const QUrl base(provider.baseUrl);
    if (base.host() != url.host() || base.port() != url.port())
        return -1;
    const QString path = base.path();
    const bool inside =
        url.path() == path ||
        url.path().startsWith(path.endsWith(QLatin1Char('/')) ? path : path + QLatin1Char('/'));
    return inside ? path.size() : -1;
}

} // namespace

Result<ProviderCatalogue> ProviderCatalogue::fromJson(const QByteArray& json) {
    json::Document document;
    if (const auto fault = document.scan(json))
        return invalid(
            QStringLiteral("line %1, column %2: %3").arg(fault->line).arg(fault->column).arg(fault->message),
            fault->offset);
    if (!document.root().isArray())
        return invalid(QStringLiteral("it is no list"));
    ProviderCatalogue catalogue;
    for (json::View item = document.root().firstChild(); item.exists(); item = item.nextSibling()) {
        Result<Provider> provider = readProvider(item);
        if (!provider)
            return tl::unexpected(provider.error());
        if (catalogue.find(provider->id))
            return invalid(QStringLiteral("%1 stands there twice").arg(provider->id), item.range().begin);
        catalogue.m_providers.append(*std::move(provider));
    }
    return catalogue;
}

const Provider* ProviderCatalogue::find(QStringView id) const {
    for (const Provider& provider : m_providers)
        if (id.compare(provider.id, Qt::CaseInsensitive) == 0)
            return &provider;
    return nullptr;
}

const Provider* ProviderCatalogue::forUrl(const QByteArray& providerUrl) const {
    const QUrl url = QUrl::fromEncoded(providerUrl);
    const Provider* best = nullptr;
    qsizetype bestFit = -1;
    for (const Provider& provider : m_providers) {
        if (const qsizetype length = fit(provider, url); length > bestFit) {
            best = &provider;
            bestFit = length;
        }
    }
    return best;
}

QByteArray endpointUrl(const Provider& provider, const Endpoint& endpoint, const QString& model) {
    QByteArray path = endpoint.path.toUtf8();
    path.replace("{model}", QUrl::toPercentEncoding(model));
    return provider.baseUrl.toUtf8() + path;
}

} // namespace lavascope
