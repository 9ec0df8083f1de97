// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/token_fields.h"

#include <QString>

namespace lavascope {

enum class CredentialKind { ForwardToken, SecretKey, SpendKey, WalletKey, ProviderKey, Jwt, Unknown };
enum class Generation { None, CustomerMeter, ConnectionMeter, ConnectionProduct, Minimal, Dotted };
enum class Mode { Live, Test, Unknown };
enum class Payer { Merchant, MerchantMetered, Customer, MerchantCustomerTracked, ProviderAccount, Unknown };

// The words of the JSON contract, e.g. `forward_token`, `customer_meter`, `merchant_customer_tracked`.
[[nodiscard]] const char* kindName(CredentialKind kind);
[[nodiscard]] const char* generationName(Generation generation); ///< null pointer for None
[[nodiscard]] const char* modeName(Mode mode);
[[nodiscard]] const char* payerName(Payer payer);

/// `aks_test_` is test, `aks_live_` is live, anything else is unknown.
[[nodiscard]] Mode modeOf(const Secret& secretKey);
/// What kind of credential a bare string is by its prefix; Unknown if no prefix fits.
[[nodiscard]] CredentialKind kindByPrefix(QByteArrayView text);
/// Whose provider key it is by its prefix, e.g. `OpenAI`; empty if no prefix fits.
[[nodiscard]] QString providerByPrefix(QByteArrayView text);

/// The origin of the gateway that such a credential is meant for: test keys have a host of their own in the
/// SDK. Empty where none fits or it cannot be said.
[[nodiscard]] QString fittingHost(CredentialKind kind, Mode mode);

/// Who is charged, decided by which fields are present (lava-gateway facts, table "What a combination of
/// fields means").
[[nodiscard]] Payer payerOf(const TokenFields& fields);
/// One sentence for people: who pays, by which meter, and on whose provider account. Names no secret.
[[nodiscard]] QString payerSentence(const TokenFields& fields);

} // namespace lavascope
