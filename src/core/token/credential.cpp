// SPDX-License-Identifier: MIT
#include "core/token/credential.h"

#include "core/base/begins_with.h"
#include "core/token/display.h"

#include <algorithm>
#include <array>

namespace lavascope {

namespace {

struct ProviderPrefix {
    QByteArrayView prefix;
    const char* provider;
};

// Longest first: `sk-ant-` is also `sk-`. OpenAI's plain `sk-` is used by several compatible providers too.
constexpr std::array<ProviderPrefix, 15> providerPrefixes = {{
    {"sk-proj-", "OpenAI"},
    {"sk-ant-", "Anthropic"},
    {"sk-or-", "OpenRouter"},
    {"AIza", "Google"},
    {"xai-", "xAI"},
    {"gsk_", "Groq"},
    {"csk-", "Cerebras"},
    {"hf_", "Hugging Face"},
    {"pplx-", "Perplexity"},
    {"nvapi-", "NVIDIA"},
    {"fw_", "Fireworks"},
    {"r8_", "Replicate"},
    {"tgp_v1_", "Together"},
    {"sk-", "OpenAI"},
    {"sk_", "ElevenLabs"},
}};

// Stripe's, though old Lava pages use the first as a placeholder of their own.
constexpr std::array<QByteArrayView, 2> foreignPrefixes = {"sk_live_", "sk_test_"};

// Nearly no text begins with one of these letters, and then no prefix need be compared.
constexpr bool mayBeginPrefix(char c) {
    return std::any_of(providerPrefixes.begin(), providerPrefixes.end(),
                       [c](const ProviderPrefix& entry) { return entry.prefix.data()[0] == c; });
}

const char* providerOf(QByteArrayView text) {
    if (text.isEmpty() || !mayBeginPrefix(text.front()))
        return nullptr;
    for (QByteArrayView prefix : foreignPrefixes)
        if (beginsWith(text, prefix))
            return nullptr;
    for (const ProviderPrefix& entry : providerPrefixes)
        if (beginsWith(text, entry.prefix))
            return entry.provider;
    return nullptr;
}

bool isEmptyText(const Field<QString>& field) {
    return field.hasValue() && field.value().isEmpty();
}

} // namespace

const char* kindName(CredentialKind kind) {
    switch (kind) {
    case CredentialKind::ForwardToken:
        return "forward_token";
    case CredentialKind::SecretKey:
        return "secret_key";
    case CredentialKind::SpendKey:
        return "spend_key";
    case CredentialKind::WalletKey:
        return "wallet_key";
    case CredentialKind::ProviderKey:
        return "provider_key";
    case CredentialKind::Jwt:
        return "jwt";
    case CredentialKind::Unknown:
        break;
    }
    return "unknown";
}

const char* generationName(Generation generation) {
    switch (generation) {
    case Generation::CustomerMeter:
        return "customer_meter";
    case Generation::ConnectionMeter:
        return "connection_meter";
    case Generation::ConnectionProduct:
        return "connection_product";
    case Generation::Minimal:
        return "minimal";
    case Generation::Dotted:
        return "dotted";
    case Generation::None:
        break;
    }
    return nullptr;
}

const char* modeName(Mode mode) {
    switch (mode) {
    case Mode::Live:
        return "live";
    case Mode::Test:
        return "test";
    case Mode::Unknown:
        break;
    }
    return "unknown";
}

const char* payerName(Payer payer) {
    switch (payer) {
    case Payer::Merchant:
        return "merchant";
    case Payer::MerchantMetered:
        return "merchant_metered";
    case Payer::Customer:
        return "customer";
    case Payer::MerchantCustomerTracked:
        return "merchant_customer_tracked";
    case Payer::ProviderAccount:
        return "provider_account";
    case Payer::Unknown:
        break;
    }
    return "unknown";
}

Mode modeOf(const Secret& secretKey) {
    const QByteArray plain = secretKey.reveal();
    if (plain.startsWith("aks_test_"))
        return Mode::Test;
    if (plain.startsWith("aks_live_"))
        return Mode::Live;
    return Mode::Unknown;
}

CredentialKind kindByPrefix(QByteArrayView text) {
    if (beginsWith(text, "aks_live_") || beginsWith(text, "aks_test_"))
        return CredentialKind::SecretKey;
    if (beginsWith(text, "lava_sk_"))
        return CredentialKind::SpendKey;
    if (beginsWith(text, "lava_wk_"))
        return CredentialKind::WalletKey;
    if (beginsWith(text, "eyJ"))
        return text.contains('.') ? CredentialKind::Jwt : CredentialKind::ForwardToken;
    return providerOf(text) ? CredentialKind::ProviderKey : CredentialKind::Unknown;
}

QString providerByPrefix(QByteArrayView text) {
    return QString::fromLatin1(providerOf(text));
}

QString fittingHost(CredentialKind kind, Mode mode) {
    const bool hasMode = kind == CredentialKind::ForwardToken || kind == CredentialKind::SecretKey;
    if (kind == CredentialKind::SpendKey || (hasMode && mode == Mode::Live))
        return QStringLiteral("https://api.lava.so");
    return hasMode && mode == Mode::Test ? QStringLiteral("https://sandbox-api.lavapayments.com") : QString();
}

Payer payerOf(const TokenFields& fields) {
    if (isEmptyText(fields.customerId) || isEmptyText(fields.meterSlug))
        return Payer::Unknown;
    const bool hasMeter = fields.meterSlug.hasValue();
    if (fields.customerId.hasValue()) {
        if (!hasMeter)
            return Payer::Unknown;
        const bool billingOff = fields.disableBilling.hasValue() && fields.disableBilling.value();
        return billingOff ? Payer::MerchantCustomerTracked : Payer::Customer;
    }
    if (hasMeter)
        return Payer::MerchantMetered;
    return fields.providerKey.hasValue() ? Payer::ProviderAccount : Payer::Merchant;
}

QString payerSentence(const TokenFields& fields) {
    QString sentence = payerPhrase(fields) + QLatin1Char('.');
    sentence[0] = sentence[0].toUpper();
    return sentence;
}

} // namespace lavascope
