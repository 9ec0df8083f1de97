// SPDX-License-Identifier: MIT
#include "core/json/writer.h"
#include "core/token/token_fields.h"
#include "core/token/utf8.h"

namespace lavascope {

namespace {

void writeMember(QByteArray& json, QByteArrayView name, const QByteArray& value) {
    json += json.isEmpty() ? '{' : ',';
    json += '"';
    json += name;
    json += "\":";
    json += value;
}

template <typename T, typename ToJson>
void writeField(QByteArray& json, QByteArrayView name, const Field<T>& field, ToJson toJson) {
    if (field.isNull())
        writeMember(json, name, "null");
    else if (field.hasValue())
        writeMember(json, name, toJson(field.value()));
}

QByteArray quotedSecret(const Secret& secret) {
    return json::quoted(textOfUtf8(secret.reveal()));
}

} // namespace

Result<QByteArray> buildToken(const TokenFields& fields) {
    if (fields.secretKey.isEmpty())
        return fail(QStringLiteral("secret_key_missing"),
                    QStringLiteral("A forward token needs a secret key."),
                    QStringLiteral("Copy one from Gateway > Secrets in the dashboard."));
    // JavaScript's strings cannot hold such bytes at all, so there is nothing of the SDK to be equal to.
    if (const auto bad = firstInvalidUtf8(fields.secretKey.reveal()))
        return fail(QStringLiteral("secret_key_not_utf8"),
                    QStringLiteral("The secret key is not UTF-8 text."),
                    QStringLiteral("Copy the key again from where it was created."), *bad);
    if (fields.providerKey.hasValue())
        if (const auto bad = firstInvalidUtf8(fields.providerKey.value().reveal()))
            return fail(QStringLiteral("provider_key_not_utf8"),
                        QStringLiteral("The provider key is not UTF-8 text."),
                        QStringLiteral("Copy the key again from the provider's own page."), *bad);

    QByteArray json;
    writeMember(json, "secret_key", quotedSecret(fields.secretKey));
    writeField(json, "customer_id", fields.customerId, [](const QString& id) { return json::quoted(id); });
    writeField(json, "meter_slug", fields.meterSlug, [](const QString& slug) { return json::quoted(slug); });
    writeField(json, "provider_key", fields.providerKey, quotedSecret);
    writeField(json, "disable_billing", fields.disableBilling,
               [](bool off) { return QByteArray(off ? "true" : "false"); });
    json += '}';
    return json.toBase64();
}

} // namespace lavascope
