// SPDX-License-Identifier: MIT
#pragma once

#include "cli/source.h"
#include "cli/token_options.h"
#include "core/provider/provider_catalogue.h"
#include "core/request/request_draft.h"

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace lavascope {

/// The options of `send` that say what is sent and with which credential.
class SendRequest {
public:
    void declare(CLI::App& app);

    /// Whether a header was typed whose value is a credential, and so can be seen by others.
    [[nodiscard]] bool showsCredential() const;

    /// What to send to the gateway at `gateway`. Where no credential was given `demoKey` is used, unless it
    /// is empty. Errors: `provider_unknown`, `model_missing`, `credential_missing`, those of
    /// SourceReader, TokenOptions and the header and JSON rules.
    [[nodiscard]] Result<RequestDraft> draft(const ProviderCatalogue& catalogue, const QByteArray& gateway,
                                             QByteArrayView demoKey, SourceReader& sources) const;

private:
    struct Target;
    void declareCredential(CLI::App& app);
    [[nodiscard]] Result<Target> target(const ProviderCatalogue& catalogue) const;
    [[nodiscard]] Result<void> addHeaders(RequestDraft& draft, const Provider& provider) const;
    [[nodiscard]] Result<void> addCredential(RequestDraft& draft, QByteArrayView demoKey,
                                             SourceReader& sources) const;
    [[nodiscard]] Result<QByteArray> body(const Target& target, SourceReader& sources) const;

    std::string m_provider;
    std::string m_model;
    std::string m_prompt = "Say hello in one short sentence.";
    std::string m_body;
    std::vector<std::string> m_headers;
    std::string m_url;
    std::string m_idempotencyKey;
    std::string m_token;
    TokenOptions m_tokenOptions;
    bool m_noStream = false;
};

} // namespace lavascope
