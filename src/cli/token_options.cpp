// SPDX-License-Identifier: MIT
#include "cli/token_options.h"

#include "cli/command.h"

#include <CLI/CLI.hpp>

namespace lavascope {

void TokenOptions::declare(CLI::App& app) {
    m_secretOption =
        app.add_option("--secret-key", m_secretKey, "The merchant's aks_... key")->type_name("SOURCE");
    m_customerOption =
        app.add_option("--customer-id", m_customerId, "Who is charged; write --customer-id=V for any text")
            ->type_name("V");
    m_meterOption =
        app.add_option("--meter-slug", m_meterSlug, "What it is priced by; write --meter-slug=V for any text")
            ->type_name("V");
    m_providerOption =
        app.add_option("--provider-key", m_providerKey, "Your own key at the provider")->type_name("SOURCE");
    m_billingOption = app.add_flag("--disable-billing", m_disableBilling,
                                   "Record the customer but do not charge; also =true and =false");
    m_nullOption =
        app.add_option("--null", m_nulls,
                       "Write this field as null: customer_id, meter_slug or provider_key; may be repeated")
            ->type_name("FIELD")
            ->expected(1)
            ->take_all();
}

std::vector<CLI::Option*> TokenOptions::all() const {
    return {m_secretOption, m_customerOption, m_meterOption, m_providerOption, m_billingOption, m_nullOption};
}

bool TokenOptions::hasSecretKey() const {
    return m_secretOption->count() > 0;
}

Result<void> TokenOptions::addNulls(TokenFields& fields) const {
    const auto setNull = [](auto& field) -> Result<void> {
        if (field.hasValue())
            return fail(QStringLiteral("token_option_invalid"),
                        QStringLiteral("A field cannot have a value and be null."));
        field = std::decay_t<decltype(field)>::null();
        return {};
    };
    for (const std::string& name : m_nulls) {
        Result<void> set =
            name == "customer_id"  ? setNull(fields.customerId)
            : name == "meter_slug" ? setNull(fields.meterSlug)
            : name == "provider_key"
                ? setNull(fields.providerKey)
                : Result<void>(fail(QStringLiteral("token_option_invalid"),
                                    QStringLiteral("--null takes customer_id, meter_slug or provider_key.")));
        if (!set)
            return set;
    }
    return {};
}

// Left to itself the library takes `=0123abc` for a number, and so for true.
Result<void> TokenOptions::addBilling(TokenFields& fields) const {
    if (m_billingOption->count() == 0)
        return {};
    if (m_disableBilling != "true" && m_disableBilling != "false")
        return fail(QStringLiteral("token_option_invalid"),
                    QStringLiteral("--disable-billing takes true or false, or nothing."));
    fields.disableBilling = m_disableBilling == "true";
    return {};
}

Result<TokenFields> TokenOptions::fields(SourceReader& sources) const {
    TokenFields fields;
    if (m_secretOption->count() > 0) {
        const Result<Secret> key = sources.secret(textOf(m_secretKey), u"Secret key");
        if (!key)
            return tl::unexpected(key.error());
        fields.secretKey = *key;
    }
    if (m_providerOption->count() > 0) {
        const Result<Secret> key = sources.secret(textOf(m_providerKey), u"Provider key");
        if (!key)
            return tl::unexpected(key.error());
        fields.providerKey = *key;
    }
    if (m_customerOption->count() > 0)
        fields.customerId = textOf(m_customerId);
    if (m_meterOption->count() > 0)
        fields.meterSlug = textOf(m_meterSlug);
    if (const Result<void> billing = addBilling(fields); !billing)
        return tl::unexpected(billing.error());
    if (const Result<void> nulls = addNulls(fields); !nulls)
        return tl::unexpected(nulls.error());
    return fields;
}

} // namespace lavascope
