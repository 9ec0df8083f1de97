// SPDX-License-Identifier: MIT
#include "core/token/display.h"

#include "core/base/begins_with.h"
#include "core/base/visible_text.h"
#include "core/token/credential_finder.h"
#include "core/token/utf8.h"

#include <algorithm>
#include <array>

namespace lavascope {

namespace {

constexpr qsizetype shortestSecret = 6; // shorter ones occur in ordinary words

// Enough of each prefix to be sure; the bare `sk-` and `sk_` of providers also occur inside harmless slugs.
constexpr std::array<QByteArrayView, 11> credentialMarks = {
    "aks_live_", "aks_test_", "lava_sk_", "lava_wk_", "cons_live_", "sk-ant-",
    "sk-proj-",  "sk_live_",  "AIza",     "eyJ",      "gsk_",
};

constexpr bool beginsMark(char c) {
    return std::any_of(credentialMarks.begin(), credentialMarks.end(),
                       [c](QByteArrayView mark) { return mark.data()[0] == c; });
}

constexpr std::array<bool, 256> makeMarkBeginnings() {
    std::array<bool, 256> made = {};
    for (int c = 0; c < 128; ++c)
        made.at(size_t(c)) = beginsMark(char(c));
    return made;
}
constexpr std::array<bool, 256> markBeginnings = makeMarkBeginnings();

QString withoutDeceptive(const QString& text) {
    const auto isPlain = [](QChar c) { return c > u' ' && c <= u'~'; };
    if (std::all_of(text.begin(), text.end(), isPlain))
        return text;
    QString plain;
    for (uint point : text.toUcs4())
        if (!isDeceptive(point))
            plain += QString::fromUcs4(reinterpret_cast<const char32_t*>(&point), 1);
    return plain;
}

} // namespace

bool holdsCredential(QByteArrayView text) {
    const CredentialKind kind = kindByPrefix(text);
    if (kind != CredentialKind::Unknown)
        return true;
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (!markBeginnings[uchar(text[at])])
            continue;
        for (QByteArrayView mark : credentialMarks)
            if (beginsWith(text.sliced(at), mark))
                return true;
    }
    static const CredentialFinder shapes;
    return !shapes.find(QByteArray::fromRawData(text.data(), text.size())).empty();
}

QStringList telltales(const QString& secret) {
    const QByteArray bytes = secret.toUtf8();
    const qsizetype prefix = shownPartsOf(bytes).prefix.size();
    QStringList all{secret};
    if (prefix > 0)
        all.append(secret.sliced(prefix));
    for (const QByteArray& spelling : base64Spellings(bytes))
        all.append(QString::fromLatin1(spelling));
    return all;
}

bool holdsAnyOf(const QString& text, const QStringList& secrets) {
    const QString bare = withoutDeceptive(text);
    return std::any_of(secrets.begin(), secrets.end(), [&](const QString& secret) {
        return secret.size() >= shortestSecret && bare.size() >= secret.size() && bare.contains(secret);
    });
}

QString shownText(const QString& text, const QStringList& secrets) {
    const QByteArray bytes = text.toUtf8();
    if (holdsCredential(bytes) || holdsAnyOf(text, secrets))
        return Secret(bytes).masked();
    return shownLine(text);
}

QString shownLine(const QString& text) {
    QString shown = withVisibleChips(text.size() > longestShownLine ? text.first(longestShownLine) : text);
    shown.replace(QLatin1Char('\n'), QStringLiteral("<U+000A>"));
    shown.replace(QLatin1Char('\t'), QStringLiteral("<U+0009>"));
    if (text.size() > longestShownLine)
        shown += QChar(0x2026);
    return shown;
}

QString payerPhrase(const TokenFields& fields) {
    QStringList secrets;
    const bool isNamed = fields.customerId.hasValue() || fields.meterSlug.hasValue();
    if (isNamed)
        secrets += telltales(textOfUtf8(fields.secretKey.reveal()));
    if (isNamed && fields.providerKey.hasValue())
        secrets += telltales(textOfUtf8(fields.providerKey.value().reveal()));
    const auto shown = [&](const Field<QString>& field) {
        return field.hasValue() ? shownText(field.value(), secrets) : QString();
    };
    const QString customer = shown(fields.customerId);
    const QString meter = shown(fields.meterSlug);
    const QString ownAccount =
        fields.providerKey.hasValue()
            ? QStringLiteral(", while the provider charges the owner of the provider key for its own cost")
            : QString();

    switch (payerOf(fields)) {
    case Payer::Merchant:
        return QStringLiteral("the merchant's wallet pays");
    case Payer::MerchantMetered:
        return QStringLiteral("the merchant's wallet pays, attributed to meter %1").arg(meter) + ownAccount;
    case Payer::Customer:
        return QStringLiteral("customer %1 pays, priced by meter %2").arg(customer, meter) + ownAccount;
    case Payer::MerchantCustomerTracked:
        return QStringLiteral(
                   "the merchant's wallet pays; customer %1 is recorded under meter %2 but not charged")
                   .arg(customer, meter) +
               ownAccount;
    case Payer::ProviderAccount:
        return QStringLiteral("the provider charges the owner of the provider key, and Lava only meters");
    case Payer::Unknown:
        break;
    }
    if (fields.customerId.hasValue() && !customer.isEmpty() && !fields.meterSlug.hasValue())
        return QStringLiteral("nobody can pay, because customer %1 is named without a meter").arg(customer);
    return QStringLiteral("it cannot be said who pays, because customer_id or meter_slug is empty");
}

} // namespace lavascope
