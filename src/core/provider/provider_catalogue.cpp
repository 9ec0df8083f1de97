// SPDX-License-Identifier: MIT
#include "core/provider/provider_catalogue.h"

#include "core/json/document.h"

#include <QUrl>

#include <algorithm>
#include <utility>

namespace lavascope {

namespace {

// Reads one provider; the first thing that is wrong is kept, with the member it was found in.
class ProviderReader {
public:
    explicit ProviderReader(json::View provider)
        : m_provider(provider) {}

    [[nodiscard]] const QString& problem() const { return m_problem; }

    Provider read() {
        Provider provider;
        provider.id = text(m_provider, "id");
        provider.name = text(m_provider, "name");
        provider.baseUrl = text(m_provider, "base_url");
        provider.compat = text(m_provider, "compat");
        if (!provider.baseUrl.startsWith(QStringLiteral("https://")) ||
            provider.baseUrl.endsWith(QLatin1Char('/')))
            report("base_url", "must begin with https:// and not end with '/'");
        const json::View auth = m_provider["auth"];
        provider.authStyle = text(auth, "style");
        if (provider.authStyle == QStringLiteral("header"))
            provider.authStyle = text(auth, "header").toLower();
        readHeaders(provider);
        readEndpoints(provider);
        for (json::View model = m_provider["example_models"].firstChild(); model.exists();
             model = model.nextSibling())
            provider.exampleModels.append(model.toString());
        return provider;
    }

private:
    QString text(json::View object, const char* name) {
        const json::View value = object[QByteArrayView(name)];
        if (!value.isString() || value.toString().isEmpty())
            report(name, "must be a text that is not empty");
        return value.toString();
    }

    void readHeaders(Provider& provider) {
        const json::View headers = m_provider["required_headers"];
        for (json::View header = headers.firstChild(); header.exists(); header = header.nextSibling())
            provider.requiredHeaders.append(header.name().toUtf8(), header.toString().toUtf8());
    }

    void readEndpoints(Provider& provider) {
        const json::View endpoints = m_provider["endpoints"];
        if (!endpoints.isArray() || endpoints.size() == 0)
            report("endpoints", "must be a list with at least one endpoint");
        for (json::View entry = endpoints.firstChild(); entry.exists(); entry = entry.nextSibling()) {
            Endpoint endpoint;
            endpoint.path = text(entry, "path");
            endpoint.method = text(entry, "method").toLatin1();
            endpoint.kind = text(entry, "kind");
            endpoint.streaming = entry["streaming"].toBool().value_or(false);
            if (!endpoint.path.startsWith(QLatin1Char('/')))
                report("path", "must begin with '/'");
            if (endpoint.method != "POST" && endpoint.method != "GET")
                report("method", "must be POST or GET");
            provider.endpoints.append(endpoint);
        }
    }

    void report(const char* name, const char* what) {
        if (m_problem.isEmpty())
            m_problem = QStringLiteral("%1 %2").arg(QString::fromLatin1(name), QString::fromLatin1(what));
    }

    json::View m_provider;
    QString m_problem;
};

tl::unexpected<Error> invalid(const QByteArray& json, json::View where, const QString& what) {
    const qint64 offset = where.range().begin;
    return fail(QStringLiteral("catalogue_invalid"),
                QStringLiteral("The provider list is wrong in line %1: %2.")
                    .arg(json::positionOf(json, offset).line)
                    .arg(what),
                {}, offset);
}

struct Place {
    QByteArray authority; ///< empty if the text is no URL
    QByteArray path;
};
Place placeOf(const QByteArray& url) {
    const qsizetype begin = url.indexOf("://") + 3;
    if (begin < 3)
        return {};
    const auto endOf = [&](QByteArrayView stops, qsizetype from) {
        return std::find_first_of(url.begin() + from, url.end(), stops.begin(), stops.end()) - url.begin();
    };
    const qsizetype pathBegin = endOf("/?#\\", begin);
    QByteArray authority = url.sliced(begin, pathBegin - begin).toLower();
    if (url.first(begin).toLower() == "https://" && authority.endsWith(":443"))
        authority.chop(4);
    return {authority, url.sliced(pathBegin, endOf("?#", pathBegin) - pathBegin)};
}

bool isBelow(const QByteArray& path, const QByteArray& base) {
    return path.startsWith(base) && (path.size() == base.size() || path.at(base.size()) == '/');
}

} // namespace

Result<ProviderCatalogue> ProviderCatalogue::fromJson(const QByteArray& json) {
    json::Document document;
    if (const auto fault = document.scan(json))
        return fail(
            QStringLiteral("catalogue_invalid"),
            QStringLiteral("The provider list is no JSON: line %1: %2.").arg(fault->line).arg(fault->message),
            {}, fault->offset);
    const json::View root = document.root();
    if (!root.isArray())
        return invalid(json, root, QStringLiteral("it must be an array of providers"));

    ProviderCatalogue catalogue;
    for (json::View entry = root.firstChild(); entry.exists(); entry = entry.nextSibling()) {
        ProviderReader reader(entry);
        Provider provider = reader.read();
        if (!reader.problem().isEmpty())
            return invalid(json, entry, reader.problem());
        if (catalogue.find(provider.id))
            return invalid(json, entry, QStringLiteral("the id %1 is there twice").arg(provider.id));
        catalogue.m_providers.append(std::move(provider));
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
    const Place wanted = placeOf(providerUrl);
    const Provider* best = nullptr;
    qsizetype bestFit = -1;
    for (const Provider& provider : m_providers) {
        const Place base = placeOf(provider.baseUrl.toUtf8());
        if (wanted.authority.isEmpty() || wanted.authority != base.authority)
            continue;
        // A path outside every base URL (another version of the API) still belongs to the host's first
        // provider.
        const qsizetype fit = isBelow(wanted.path, base.path) ? base.path.size() : 0;
        if (fit > bestFit) {
            best = &provider;
            bestFit = fit;
        }
    }
    return best;
}

QByteArray endpointUrl(const Provider& provider, const Endpoint& endpoint, const QString& model) {
    QString name = model;
    // Google's own model list gives `models/NAME`, which the path has already.
    if (endpoint.path.startsWith(QStringLiteral("/models/{model}")) &&
        name.startsWith(QStringLiteral("models/")))
        name = name.sliced(7);
    QByteArray path = endpoint.path.toUtf8();
    path.replace("{model}", QUrl::toPercentEncoding(name));
    return provider.baseUrl.toUtf8() + path;
}

} // namespace lavascope
