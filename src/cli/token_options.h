// SPDX-License-Identifier: MIT
#pragma once

#include "cli/source.h"
#include "core/token/token_fields.h"

#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace lavascope {

/// The options that describe a forward token, for every command that builds one.
class TokenOptions {
public:
    void declare(CLI::App& app);
    [[nodiscard]] std::vector<CLI::Option*> all() const;
    [[nodiscard]] bool hasSecretKey() const;
    /// Errors: those of SourceReader::secret(), `token_option_invalid`.
    [[nodiscard]] Result<TokenFields> fields(SourceReader& sources) const;

private:
    [[nodiscard]] Result<void> addNulls(TokenFields& fields) const;
    [[nodiscard]] Result<void> addBilling(TokenFields& fields) const;

    std::string m_secretKey;
    std::string m_customerId;
    std::string m_meterSlug;
    std::string m_providerKey;
    std::string m_disableBilling; ///< what stands behind the option's `=`; `true` if nothing does
    std::vector<std::string> m_nulls;
    CLI::Option* m_secretOption = nullptr;
    CLI::Option* m_providerOption = nullptr;
    CLI::Option* m_nullOption = nullptr;
    CLI::Option* m_customerOption = nullptr;
    CLI::Option* m_meterOption = nullptr;
    CLI::Option* m_billingOption = nullptr;
};

} // namespace lavascope
