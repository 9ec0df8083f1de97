// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/headers.h"
#include "core/base/result.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace lavascope {

/// One thing a provider can be asked to do.
struct Endpoint {
    QString path;      ///< below the base URL; may hold `{model}`
    QByteArray method; ///< `POST` or `GET`
    QString kind;      ///< `chat`, `responses`, `messages`, `generateContent`, `embeddings`, …
    bool streaming = false;
};

/// One provider that the gateway forwards to.
struct Provider {
    QString id;
    QString name;
    QString baseUrl;
    QString compat; ///< which wire format it speaks: `openai`, `anthropic`, `gemini`, `elevenlabs`, `other`
    QString authStyle; ///< how the provider itself takes its key: `bearer`, `x-api-key`, …
    Headers requiredHeaders;
    QList<Endpoint> endpoints;
    QStringList exampleModels;
};

/// The known providers, in the order of the file. The text of `resources/providers.json` is handed in by the
/// caller.
class ProviderCatalogue {
public:
    /// Errors: `catalogue_invalid` with what is wrong and where.
    [[nodiscard]] static Result<ProviderCatalogue> fromJson(const QByteArray& json);

    [[nodiscard]] const QList<Provider>& providers() const { return m_providers; }
    [[nodiscard]] const Provider* find(QStringView id) const; ///< null if unknown; case does not matter
    /// The provider whose base URL fits a provider URL best (same host, longest path); null if none.
    [[nodiscard]] const Provider* forUrl(const QByteArray& providerUrl) const;

private:
    QList<Provider> m_providers;
};

/// The full provider URL of an endpoint, with `{model}` filled in (percent-encoded as one path segment).
[[nodiscard]] QByteArray endpointUrl(const Provider& provider, const Endpoint& endpoint,
                                     const QString& model);

/// A small valid request body for that endpoint, indented; where the body decides whether it streams,
/// `stream` is written as asked. Empty for GET, and for transcriptions, which are sent as a form with a file.
[[nodiscard]] QByteArray exampleBody(const Provider& provider, const Endpoint& endpoint, const QString& model,
                                     const QString& prompt, bool stream);

} // namespace lavascope
