// SPDX-License-Identifier: MIT
#include "core/token/token_json.h"

#include "core/base/visible_text.h"
#include "core/json/document.h"
#include "core/token/display.h"

#include <algorithm>
#include <array>

namespace lavascope {

namespace {

enum class Content { Secret, Text, Flag };

struct KnownField {
    const char* name;
    Content content;
    bool current; ///< of the newest generation; the others are shown only where they stand
};

constexpr std::array<KnownField, 8> knownFields = {{
    {"secret_key", Content::Secret, true},
    {"customer_id", Content::Text, true},
    {"meter_slug", Content::Text, true},
    {"provider_key", Content::Secret, true},
    {"disable_billing", Content::Flag, true},
    {"connection_id", Content::Text, false},
    {"connection_secret", Content::Secret, false},
    {"product_secret", Content::Secret, false},
}};

/// Goes through one token's JSON object, field by field.
class TokenJson {
public:
    TokenJson(json::View root, const std::function<ByteRange(ByteRange)>& place, TokenReport& report)
        : m_root(root)
        , m_place(place)
        , m_report(report) {}

    void read() {
        for (const KnownField& field : knownFields)
            readField(field);
        readUnknown();
        decideGeneration();
        checkSecretKey();
        checkCombination();
        m_report.parsed = m_fields;
        m_report.mode = modeOf(m_fields.secretKey);
        m_report.payer = payerOfGeneration();
    }

private:
    void add(Severity severity, const char* code, const QString& message, const QString& fix,
             ByteRange range) {
        m_report.findings.push_back({severity, QString::fromLatin1(code), message, fix, m_place(range)});
    }

    json::View field(const char* name) const { return m_root[QByteArrayView(name)]; }
    bool has(const char* name) const { return field(name).exists(); }

    void readField(const KnownField& known) {
        const json::View view = field(known.name);
        if (!view.exists() && !known.current)
            return;
        TokenFieldReport shown;
        shown.name = QString::fromLatin1(known.name);
        shown.state = !view.exists()  ? FieldState::Absent
                      : view.isNull() ? FieldState::Null
                                      : FieldState::Value;
        if (shown.state == FieldState::Value) {
            if (known.content == Content::Secret && view.isString()) {
                shown.secret = Secret(view.toString().toUtf8());
                shown.masked = shown.secret.masked();
                shown.fingerprint = shown.secret.fingerprint();
            } else if (view.isString()) {
                shown.value = view.toString();
                shown.masked = shownText(shown.value);
            } else if (known.content != Content::Secret) {
                shown.value = QString::fromUtf8(view.raw());
                shown.masked = shownText(shown.value);
            }
            checkValue(known, view);
        }
        keep(known, view, shown);
        m_report.fields.push_back(std::move(shown));
    }

    void keep(const KnownField& known, json::View view, const TokenFieldReport& shown) {
        const QByteArrayView name(known.name);
        const auto text = [&]() -> Field<QString> {
            if (shown.state == FieldState::Absent)
                return {};
            return view.isString() ? Field<QString>(view.toString()) : Field<QString>::null();
        };
        if (name == "secret_key")
            m_fields.secretKey = shown.secret;
        else if (name == "customer_id" || name == "connection_id")
            m_fields.customerId =
                name == "customer_id" || shown.state == FieldState::Value ? text() : m_fields.customerId;
        else if (name == "meter_slug")
            m_fields.meterSlug = text();
        else if (name == "provider_key")
            m_fields.providerKey = shown.state == FieldState::Absent ? Field<Secret>()
                                   : view.isString()                 ? Field<Secret>(shown.secret)
                                                                     : Field<Secret>::null();
        else if (name == "disable_billing" && view.isBool())
            m_fields.disableBilling = *view.toBool();
    }

    void checkValue(const KnownField& known, json::View view) {
        const QString name = QString::fromLatin1(known.name);
        const bool rightType = known.content == Content::Flag ? view.isBool() : view.isString();
        if (!rightType) {
            add(Severity::Error, "wrong_type",
                QStringLiteral("Values: %1 is not a %2.")
                    .arg(name, known.content == Content::Flag ? QStringLiteral("true or false")
                                                              : QStringLiteral("text")),
                known.content == Content::Flag ? QStringLiteral("Write true or false, without quotes.")
                                               : QStringLiteral("Put it in quotes."),
                view.range());
            return;
        }
        if (!view.isString())
            return;
        const QString text = view.toString();
        if (text.isEmpty()) {
            add(known.current && known.content == Content::Secret ? Severity::Error : Severity::Warning,
                "empty_value",
                QStringLiteral("Values: %1 is there, but empty; that is neither absent nor null.").arg(name),
                QStringLiteral("Fill it in or leave it out."), view.range());
            return;
        }
        if (text.trimmed() != text)
            add(Severity::Error, "blanks_around_value",
                QStringLiteral("Values: %1 begins or ends with a blank or a line break.").arg(name),
                QStringLiteral("Remove it and build the token again."), view.range());
        const QList<uint> points = text.toUcs4();
        const auto odd =
            std::find_if(points.begin(), points.end(), [](uint point) { return isDeceptive(point); });
        if (odd != points.end())
            add(Severity::Error, "invisible_in_value",
                QStringLiteral("Values: %1 holds the invisible character U+%2.")
                    .arg(name)
                    .arg(QString::number(*odd, 16).toUpper().rightJustified(4, QLatin1Char('0'))),
                QStringLiteral("Remove it and build the token again."), view.range());
        if (known.content == Content::Text && holdsCredential(text.toUtf8()))
            add(Severity::Warning, "credential_in_id",
                QStringLiteral("Values: %1 holds what looks like a key.").arg(name),
                QStringLiteral("Check that the fields were not mixed up."), view.range());
    }

    void readUnknown() {
        for (json::View member = m_root.firstChild(); member.exists(); member = member.nextSibling()) {
            const QString name = member.name();
            const bool known =
                std::any_of(knownFields.begin(), knownFields.end(),
                            [&](const KnownField& field) { return name == QLatin1String(field.name); });
            if (known || m_report.unknownFields.contains(shownText(name)))
                continue;
            m_report.unknownFields.append(shownText(name));
            add(Severity::Warning, "unknown_field",
                QStringLiteral("Shape: \"%1\" is no field of a forward token.").arg(shownText(name)),
                QStringLiteral("Check its spelling; the gateway does not document it."), member.nameRange());
        }
        std::vector<QString> seen;
        for (json::View member = m_root.firstChild(); member.exists(); member = member.nextSibling()) {
            const QString name = member.name();
            if (std::find(seen.begin(), seen.end(), name) != seen.end())
                add(Severity::Error, "duplicate_field",
                    QStringLiteral("Shape: \"%1\" stands there twice; which one counts is not defined.")
                        .arg(shownText(name)),
                    QStringLiteral("Leave one out."), member.nameRange());
            else if (seen.size() < manyMembers)
                seen.push_back(name);
        }
    }

    void decideGeneration() {
        if (has("connection_secret") || has("product_secret"))
            m_report.generation = Generation::ConnectionProduct;
        else if (has("connection_id"))
            m_report.generation = Generation::ConnectionMeter;
        else if (has("customer_id") || has("meter_slug") || has("disable_billing"))
            m_report.generation = Generation::CustomerMeter;
        else
            m_report.generation = Generation::Minimal;
        const bool old = m_report.generation == Generation::ConnectionProduct ||
                         m_report.generation == Generation::ConnectionMeter;
        if (old)
            add(Severity::Error, "old_generation",
                QStringLiteral("Shape: this is a token of 2025; today's gateway does not document %1.")
                    .arg(has("connection_id") ? QStringLiteral("connection_id")
                                              : QStringLiteral("connection_secret and product_secret")),
                QStringLiteral("Build a new one with customer_id and meter_slug."), m_root.range());
    }

    void checkSecretKey() {
        const json::View key = field("secret_key");
        if (!key.exists() || key.isNull()) {
            add(Severity::Error, "secret_key_missing",
                QStringLiteral("Shape: secret_key is missing, which every token needs."),
                QStringLiteral("Build the token with the merchant's aks_… key."),
                key.exists() ? key.range() : m_root.range());
            return;
        }
        if (!key.isString() || key.toString().isEmpty())
            return;
        const QByteArray plain = key.toString().toUtf8();
        const CredentialKind kind = kindByPrefix(plain);
        if (kind == CredentialKind::SecretKey)
            return;
        if (kind == CredentialKind::Unknown)
            add(Severity::Warning, "secret_key_prefix",
                QStringLiteral("Values: secret_key begins neither with aks_live_ nor with aks_test_."),
                QStringLiteral("Compare it with the dashboard."), key.range());
        else
            add(Severity::Error, "secret_key_wrong_kind",
                QStringLiteral("Values: secret_key holds a %1 instead of a secret key.")
                    .arg(QString::fromLatin1(kindName(kind)).replace(QLatin1Char('_'), QLatin1Char(' '))),
                QStringLiteral("Put the merchant's aks_… key there."), key.range());
    }

    void checkCombination() {
        const bool customer = m_fields.customerId.hasValue();
        const bool meter = m_fields.meterSlug.hasValue();
        const bool old = m_report.generation == Generation::ConnectionProduct;
        if (customer && !meter && !old)
            add(Severity::Error, "customer_without_meter",
                QStringLiteral("Values: a customer without a meter cannot be billed; the SDK refuses it."),
                QStringLiteral("Add meter_slug, or leave customer_id out."), m_root.range());
        const bool billingOff = m_fields.disableBilling.hasValue() && m_fields.disableBilling.value();
        if (billingOff && !(customer && meter))
            add(Severity::Warning, "disable_billing_meaningless",
                QStringLiteral(
                    "Values: disable_billing matters only together with customer_id and meter_slug."),
                QStringLiteral("Leave it out, or add both."), field("disable_billing").range());
        if (m_fields.providerKey.hasValue()) {
            const CredentialKind kind = kindByPrefix(m_fields.providerKey.value().reveal());
            if (kind == CredentialKind::SecretKey || kind == CredentialKind::SpendKey ||
                kind == CredentialKind::ForwardToken)
                add(Severity::Warning, "provider_key_wrong_kind",
                    QStringLiteral(
                        "Values: provider_key holds a credential of Lava instead of a provider's."),
                    QStringLiteral("Put the provider's own key there, or leave it out."),
                    field("provider_key").range());
        }
    }

    Payer payerOfGeneration() const {
        return m_report.generation == Generation::ConnectionProduct && has("connection_secret") &&
                       !field("connection_secret").isNull()
                   ? Payer::Customer
                   : payerOf(m_fields);
    }

    static constexpr size_t manyMembers =
        1000; // beyond that nobody reads duplicates, and a search would be quadratic
    json::View m_root;
    const std::function<ByteRange(ByteRange)>& m_place;
    TokenReport& m_report;
    TokenFields m_fields;
};

} // namespace

void readTokenJson(QByteArrayView json, const std::function<ByteRange(ByteRange)>& place,
                   TokenReport& report) {
    json::Document document;
    if (const auto fault = document.scan(json)) {
        report.findings.push_back({Severity::Error, QStringLiteral("json_invalid"),
                                   QStringLiteral("JSON: the decoded text breaks off at its byte %1: %2.")
                                       .arg(fault->offset)
                                       .arg(fault->message),
                                   QStringLiteral("Build the token again."),
                                   place({fault->offset, fault->offset + 1})});
        return;
    }
    if (!document.root().isObject()) {
        report.findings.push_back({Severity::Error, QStringLiteral("json_not_object"),
                                   QStringLiteral("Shape: the decoded JSON is no object."),
                                   QStringLiteral("A token is an object with at least secret_key."),
                                   place(document.root().range())});
        return;
    }
    TokenJson(document.root(), place, report).read();
}

} // namespace lavascope
