// SPDX-License-Identifier: MIT
#include "check.h"
#include "core/token/compare_tokens.h"
#include "core/token/inspect_token.h"
#include "core/token/repair.h"
#include "core/token/safe_report.h"

#include <algorithm>
#include <cstring>

using namespace lavascope;

namespace {

void checkReport(QByteArrayView pasted, const TokenReport& report) {
    FUZZ_CHECK(!report.headline.isEmpty());
    bool hasError = false;
    QStringList shown = report.unknownFields;
    shown.append(report.headline);
    for (const Finding& finding : report.findings) {
        hasError = hasError || finding.severity == Severity::Error;
        FUZZ_CHECK(!finding.code.isEmpty() && !finding.message.isEmpty());
        FUZZ_CHECK(finding.range);
        FUZZ_CHECK(finding.range->begin >= 0 && finding.range->begin <= finding.range->end);
        FUZZ_CHECK(finding.range->end <= pasted.size());
        shown.append(finding.message + finding.fix);
    }
    const bool couldBeSent =
        report.kind == CredentialKind::ForwardToken || report.kind == CredentialKind::SecretKey;
    FUZZ_CHECK(report.usable == (couldBeSent && !hasError));
    FUZZ_CHECK(!report.usable || report.parsed);

    constexpr qsizetype certainlySecret = 12;
    for (const TokenFieldReport& field : report.fields)
        shown.append(field.value);
    for (const TokenFieldReport& field : report.fields) {
        const QString secret = QString::fromUtf8(field.secret.reveal());
        for (const QString& text : shown)
            FUZZ_CHECK(secret.size() < certainlySecret || !text.contains(secret));
    }
}

// What is to be sent is a fixed point: looking at it again finds the same, and nothing around it.
void checkSendable(const TokenReport& report) {
    if (!report.usable)
        return;
    const TokenReport again = inspectToken(report.credential.reveal());
    FUZZ_CHECK(again.usable);
    FUZZ_CHECK(again.credential == report.credential);
    FUZZ_CHECK(again.kind == report.kind);
    FUZZ_CHECK(again.parsed == report.parsed);
    FUZZ_CHECK(again.layers.isEmpty() || again.layers == QStringList{QStringLiteral("encoded_newline")});
}

qsizetype countOf(const TokenReport& report, const QString& code) {
    return std::count_if(report.findings.begin(), report.findings.end(),
                         [&](const Finding& finding) { return finding.code == code; });
}

// A mend never adds to the fault it mends, and makes nothing useless that was usable; but a name that is now
// understood may have a faulty value.
void checkRepairs(const TokenReport& report) {
    for (const Finding& finding : report.findings) {
        const std::optional<Repair> repair = repairFor(report, finding.code);
        if (!repair)
            continue;
        FUZZ_CHECK(!repair->label.isEmpty() && !repair->text.isEmpty());
        const TokenReport mended = inspectToken(repair->text.reveal());
        FUZZ_CHECK(countOf(mended, finding.code) <= countOf(report, finding.code));
        FUZZ_CHECK(mended.usable || !report.usable || finding.code == QStringLiteral("unknown_field"));
    }
}

// A report for a ticket holds no secret, or there is none.
void checkSafeReport(const TokenReport& report) {
    constexpr qsizetype certainlySecret = 12;
    const Result<QString> text = safeReport(report);
    if (!text) {
        FUZZ_CHECK(text.error().code == QStringLiteral("secret_in_report"));
        return;
    }
    for (const TokenFieldReport& field : report.fields) {
        const QByteArray secret = field.secret.reveal();
        FUZZ_CHECK(secret.size() < certainlySecret || !text->toUtf8().contains(secret));
    }
}

void checkComparison(const TokenReport& left, const TokenReport& right) {
    const TokenComparison comparison = compareTokens(left, right);
    FUZZ_CHECK(comparison.same == compareTokens(right, left).same);
    FUZZ_CHECK(!comparison.headline.isEmpty());
    if (!left.fields.empty())
        FUZZ_CHECK(compareTokens(left, left).same);
}

/// Cuts the input into the values of fields.
class Pieces {
public:
    explicit Pieces(QByteArrayView bytes)
        : m_bytes(bytes) {}

    QByteArrayView next() {
        const qsizetype end = std::max<qsizetype>(m_bytes.indexOf('|'), 0);
        const QByteArrayView piece = m_bytes.first(end);
        m_bytes = m_bytes.sliced(std::min(end + 1, m_bytes.size()));
        return piece;
    }
    // Any code units, so that lone surrogates come up too.
    QString nextText() {
        const QByteArrayView piece = next();
        QString text(piece.size() / 2, QChar(0));
        std::memcpy(text.data(), piece.data(), size_t(text.size()) * 2);
        return text;
    }

private:
    QByteArrayView m_bytes;
};

template <typename T>
Field<T> fieldOf(unsigned state, T value) {
    switch (state % 3) {
    case 0:
        return {};
    case 1:
        return Field<T>::null();
    default:
        return value;
    }
}

void checkRoundTrip(QByteArrayView bytes) {
    if (bytes.size() < 2)
        return;
    const auto states = uint8_t(bytes[0]);
    const auto more = uint8_t(bytes[1]);
    Pieces pieces(bytes.sliced(2));
    TokenFields fields;
    fields.secretKey = Secret(pieces.next());
    fields.customerId = fieldOf<QString>(states, pieces.nextText());
    fields.meterSlug = fieldOf<QString>(states / 3, pieces.nextText());
    fields.providerKey = fieldOf<Secret>(states / 9, Secret(pieces.next()));
    fields.disableBilling = fieldOf<bool>(states / 27, more % 2 == 0);

    const Result<QByteArray> token = buildToken(fields);
    if (!token) {
        FUZZ_CHECK(!token.error().code.isEmpty());
        return;
    }
    const TokenReport report = inspectToken(*token);
    FUZZ_CHECK(report.kind == CredentialKind::ForwardToken);
    FUZZ_CHECK(report.layers.isEmpty());
    FUZZ_CHECK(report.credential.reveal() == *token);
    FUZZ_CHECK(report.parsed && *report.parsed == fields);
    checkReport(*token, report);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const QByteArrayView pasted(data, qsizetype(size));
    const TokenReport report = inspectToken(pasted);
    checkReport(pasted, report);
    checkSendable(report);
    checkRepairs(report);
    checkSafeReport(report);

    // Most random bytes are no base64; as the inside of a token they get further.
    const QByteArray encoded = pasted.toByteArray().toBase64();
    const TokenReport inner = inspectToken(encoded);
    checkReport(encoded, inner);
    checkSendable(inner);
    checkRepairs(inner);
    checkSafeReport(inner);
    checkComparison(report, inner);

    checkRoundTrip(pasted);
    return 0;
}
