// SPDX-License-Identifier: MIT
#include "core/token/token_json.h"

#include "core/json/document.h"
#include "core/token/display.h"
#include "core/token/field_check.h"
#include "core/token/utf8.h"

#include <QSet>

#include <algorithm>
#include <array>
#include <bitset>
#include <tuple>
#include <type_traits>

namespace lavascope {

namespace {

// A header field of more than some kilobytes is refused everywhere; the scanner's memory is many times its
// input.
constexpr qsizetype largestJson = 1024 * 1024;
constexpr qsizetype mostUnknownFields = 100;

/// Goes through one token's JSON object, member by member.
class TokenReader {
public:
    TokenReader(json::View root, const Placing& place, TokenReport& report, FindingList& findings)
        : m_root(root)
        , m_place(place)
        , m_report(report)
        , m_findings(findings) {}

    void read(bool whole) {
        findFields();
        collectSecrets();
        readMembers();
        for (const KnownField& known : knownFields())
            readField(known);
        decideGeneration();
        m_report.mode = modeOf(m_fields.secretKey);
        if (!whole)
            return;
        checkSecretKey();
        checkCombination();
        m_report.payer = payer();
        if (m_representable)
            m_report.parsed = m_fields;
    }

private:
    void add(Severity severity, Step step, const char* code, const QString& sentence, const QString& fix,
             ByteRange range) {
        m_findings.add(severity, step, code, sentence, fix, m_place(range));
    }

    // Of a field that stands there twice the last one counts, as in JSON.parse.
    void findFields() {
        for (json::View member = m_root.firstChild(); member.exists(); member = member.nextSibling())
            if (const KnownField* known = knownField(member))
                m_views.at(indexOf(*known)) = member;
    }

    [[nodiscard]] static size_t indexOf(const KnownField& known) {
        return size_t(&known - knownFields().data());
    }
    [[nodiscard]] json::View field(QByteArrayView name) const {
        const KnownField* known = knownField(name);
        return known ? m_views.at(indexOf(*known)) : json::View();
    }
    [[nodiscard]] bool has(QByteArrayView name) const { return field(name).exists(); }
    [[nodiscard]] bool hasText(QByteArrayView name) const { return field(name).isString(); }

    // A key may also stand where it does not belong: as another field's value, or even as a name.
    void collectSecrets() {
        for (json::View member = m_root.firstChild(); member.exists(); member = member.nextSibling())
            if (const KnownField* known = knownField(member);
                known && known->content == Content::Secret && member.isString())
                m_secrets += telltales(member.toString());
    }

    void readMembers() {
        std::bitset<fieldCount> seenKnown;
        QSet<QString> seenUnknown;
        for (json::View member = m_root.firstChild(); member.exists(); member = member.nextSibling()) {
            const KnownField* known = knownField(member);
            const QString name = known ? QString() : member.name();
            const bool again = known ? seenKnown.test(indexOf(*known)) : seenUnknown.contains(name);
            if (again)
                add(Severity::Error, Step::Shape, "duplicate_field",
                    QStringLiteral("\"%1\" stands there twice, and which one counts is not defined.")
                        .arg(shownText(member.name(), m_secrets)),
                    QStringLiteral("Leave one out."), member.nameRange());
            if (known) {
                seenKnown.set(indexOf(*known));
            } else if (!again) {
                seenUnknown.insert(name);
                readUnknown(name, member);
            }
        }
    }

    void readUnknown(const QString& name, json::View member) {
        const QString meant = meantFieldName(name);
        const QString shownName = shownText(name, m_secrets);
        add(Severity::Warning, Step::Shape, "unknown_field",
            QStringLiteral("\"%1\" is no field of a forward token.").arg(shownName),
            meant.isEmpty() ? QStringLiteral("Check its spelling; the gateway documents no such field.")
                            : QStringLiteral("Write %1.").arg(meant),
            member.nameRange());
        if (m_report.unknownFields.size() == mostUnknownFields)
            return;
        m_report.unknownFields.append(shownName);
        // Nobody knows what an unknown field holds; it may well be a key.
        m_report.unknown.push_back(secretField("", member.raw()));
        m_report.unknown.back().name = shownName;
    }

    void readField(const KnownField& known) {
        const json::View view = m_views.at(indexOf(known));
        if (!view.exists() && !known.current)
            return;
        m_report.fields.push_back(shownField(known, view, m_secrets));
        for (const FieldRemark& remark : fieldRemarks(known, view)) {
            add(remark.severity, remark.step, remark.code, remark.sentence, remark.fix, view.range());
            m_representable = m_representable && !remark.losesValue;
        }
        keep(known, view);
    }

    void keep(const KnownField& known, json::View view) {
        const QByteArrayView name = known.name;
        if (name == "secret_key")
            m_fields.secretKey = secretOf(view, m_report.fields.back());
        else if (name == "meter_slug")
            m_fields.meterSlug = textOf(view);
        // The id of a customer still is what used to be the id of a connection.
        else if (name == "customer_id" || (name == "connection_id" && m_fields.customerId.isAbsent()))
            m_fields.customerId = textOf(view);
        else if (name == "provider_key" && view.exists())
            m_fields.providerKey =
                view.isNull() ? Field<Secret>::null() : Field<Secret>(secretOf(view, m_report.fields.back()));
        else if (name == "disable_billing" && view.exists())
            m_fields.disableBilling = view.isNull() ? Field<bool>::null() : view.toBool().value_or(false);
    }

    [[nodiscard]] static Field<QString> textOf(json::View view) {
        if (!view.exists())
            return {};
        return view.isNull() ? Field<QString>::null() : Field<QString>(view.toString());
    }
    [[nodiscard]] static Secret secretOf(json::View view, const TokenFieldReport& shown) {
        return view.isString() ? shown.secret : Secret();
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
    }

    void checkSecretKey() {
        const json::View key = field("secret_key");
        if (key.exists() && !key.isNull())
            return;
        add(Severity::Error, Step::Shape, "secret_key_missing",
            QStringLiteral("secret_key is missing, which every token needs."),
            QStringLiteral("Build the token with the merchant's aks_… key."),
            key.exists() ? key.range() : m_root.range());
    }

    void checkCombination() {
        const bool old = isOld();
        if (old)
            add(Severity::Warning, Step::Shape, "old_generation",
                QStringLiteral(
                    "This token was made by the fields of 2025 (%1); whether the gateway still takes them "
                    "is not documented.")
                    .arg(has("connection_id") ? QStringLiteral("connection_id")
                                              : QStringLiteral("connection_secret, product_secret")),
                QStringLiteral("Build a new one with customer_id and meter_slug."), m_root.range());
        if (old && has("customer_id"))
            add(Severity::Warning, Step::Shape, "mixed_generations",
                QStringLiteral("Fields of old and new tokens stand side by side."),
                QStringLiteral("Keep customer_id and meter_slug only."), m_root.range());
        if (hasText("product_secret") && field("product_secret").raw() == field("connection_secret").raw())
            add(Severity::Warning, Step::Values, "product_secret_is_connection_secret",
                QStringLiteral("product_secret and connection_secret hold the same secret."),
                QStringLiteral("Compare both with the dashboard."), field("product_secret").range());
        if (hasText("connection_secret") && !hasText("product_secret"))
            add(Severity::Note, Step::Shape, "product_secret_missing",
                QStringLiteral("product_secret is not there; in 2025 default prices applied then."), {},
                m_root.range());
        checkPairs();
    }

    void checkPairs() {
        const bool customer = m_fields.customerId.hasValue();
        const bool meter = m_fields.meterSlug.hasValue();
        if (customer && !meter && m_report.generation != Generation::ConnectionProduct)
            add(Severity::Error, Step::Values, "customer_without_meter",
                QStringLiteral(
                    "A customer is named without a meter, so the call has no price; the SDK refuses it."),
                QStringLiteral("Add meter_slug, or leave the customer out so that the merchant pays."),
                m_root.range());
        const bool billingOff = m_fields.disableBilling.hasValue() && m_fields.disableBilling.value();
        if (billingOff && !(customer && meter))
            add(Severity::Warning, Step::Values, "disable_billing_meaningless",
                QStringLiteral("disable_billing matters only together with customer_id and meter_slug."),
                QStringLiteral("Leave it out, or add both."), field("disable_billing").range());
    }

    [[nodiscard]] bool isOld() const {
        return m_report.generation == Generation::ConnectionProduct ||
               m_report.generation == Generation::ConnectionMeter;
    }

    [[nodiscard]] Payer payer() const {
        if (m_fields.secretKey.isEmpty())
            return Payer::Unknown;
        if (m_report.generation != Generation::ConnectionProduct)
            return payerOf(m_fields);
        if (hasText("connection_secret"))
            return Payer::Customer;
        return hasText("product_secret") ? Payer::Unknown : payerOf(m_fields);
    }

    static constexpr size_t fieldCount = std::tuple_size_v<std::remove_cvref_t<decltype(knownFields())>>;

    json::View m_root;
    std::array<json::View, fieldCount> m_views; ///< of the known fields, in their order
    const Placing& m_place;
    TokenReport& m_report;
    FindingList& m_findings;
    TokenFields m_fields;
    QStringList m_secrets;
    bool m_representable = true;
};

} // namespace

TokenFieldReport secretField(QByteArrayView name, QByteArrayView secret) {
    TokenFieldReport field;
    field.name = QString::fromLatin1(name);
    field.state = FieldState::Value;
    field.secret = Secret(secret);
    field.masked = field.secret.masked();
    field.fingerprint = field.secret.fingerprint();
    return field;
}

QString payerPhraseOf(const TokenReport& report) {
    if (report.generation == Generation::ConnectionProduct && report.payer == Payer::Unknown)
        return QStringLiteral("it cannot be said who pays");
    if (report.generation == Generation::ConnectionProduct && report.payer == Payer::Customer) {
        const bool hasProduct =
            std::any_of(report.fields.begin(), report.fields.end(), [](const TokenFieldReport& field) {
                return field.name == QStringLiteral("product_secret") && !field.secret.isEmpty();
            });
        return hasProduct
                   ? QStringLiteral("the customer of the connection secret pays, priced by the product")
                   : QStringLiteral(
                         "the customer of the connection secret pays at default prices, as no product is "
                         "named");
    }
    return report.parsed ? payerPhrase(*report.parsed) : QStringLiteral("it cannot be said who pays");
}

bool isTokenJson(QByteArrayView text) {
    if (!text.startsWith('{') || text.size() > largestJson)
        return false;
    json::Document document;
    // What comes before a fault is there all the same.
    static_cast<void>(document.scan(text));
    for (json::View member = document.root().firstChild(); member.exists(); member = member.nextSibling())
        if (knownField(member) || !meantFieldName(member.name()).isEmpty())
            return true;
    return false;
}

void readTokenJson(QByteArrayView json, const Placing& place, TokenReport& report, FindingList& findings) {
    if (json.size() > largestJson) {
        findings.add(Severity::Error, Step::Json, "json_too_large",
                     QStringLiteral("What is encoded is larger than 1 MiB, and was not read."),
                     QStringLiteral("A forward token is some hundred bytes; paste it alone."),
                     place({0, json.size()}));
        return;
    }
    if (const auto bad = firstInvalidUtf8(json))
        findings.add(Severity::Error, Step::Utf8, "not_utf8",
                     QStringLiteral("What is encoded is no text from its byte %1 on.").arg(*bad),
                     QStringLiteral("The token was cut or changed; copy it again, or build a new one."),
                     place({*bad, *bad + 1}));
    json::Document document;
    const auto fault = document.scan(json);
    // Where the bytes broke off already, the JSON breaks off too; that says nothing new.
    const bool brokenBefore = findings.failedStep() == Step::Base64 || findings.failedStep() == Step::Utf8;
    if (fault && !brokenBefore)
        findings.add(Severity::Error, Step::Json, "json_invalid",
                     QStringLiteral("The decoded text breaks off at its byte %1: %2.")
                         .arg(fault->offset)
                         .arg(fault->message),
                     QStringLiteral("The token was cut or changed; copy it again, or build a new one."),
                     place({fault->offset, std::min<qint64>(fault->offset + 1, json.size())}));
    if (document.root().isObject())
        TokenReader(document.root(), place, report, findings).read(!fault);
    else if (!fault)
        findings.add(Severity::Error, Step::Shape, "json_not_object",
                     QStringLiteral("What is encoded is JSON, but no object."),
                     QStringLiteral("A token is an object with at least secret_key."),
                     place(document.root().range()));
}

} // namespace lavascope
