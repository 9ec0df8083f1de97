// SPDX-License-Identifier: MIT
#include "core/diagnosis/facts.h"

#include "core/diagnosis/error_message.h"
#include "core/request/forward_url.h"
#include "core/request/sent_request.h"
#include "core/token/inspect_token.h"

#include <QUrl>

#include <algorithm>
#include <array>

namespace lavascope {

namespace {

constexpr qsizetype bodyLimit = 64 * 1024;
constexpr qsizetype messageLimit = 500;
constexpr qsizetype codeLimit = 100;

bool isGood(int status) {
    return status >= 200 && status <= 299;
}

bool isFailure(int status) {
    return status >= 400 && status <= 599;
}

QString hostOf(const QByteArray& url) {
    return QUrl::fromEncoded(url).host().toLower();
}

bool looksLikeHtml(const QByteArray& bytes) {
    QByteArray start = bytes.left(512);
    if (start.startsWith("\xEF\xBB\xBF"))
        start.remove(0, 3);
    start = start.trimmed().toLower();
    constexpr std::array<QByteArrayView, 5> openings = {"<!doctype html", "<html", "<head", "<body", "<!--"};
    return std::any_of(openings.begin(), openings.end(),
                       [&](QByteArrayView opening) { return start.startsWith(opening); });
}

/// What an Authorization header says, and whether it says so in the form that the gateway wants.
struct SentCredential {
    bool hasBearer = false;
    Secret credential;
};
SentCredential credentialIn(const Secret& authorization) {
    constexpr QByteArrayView scheme = "Bearer";
    const QByteArray value = authorization.reveal();
    const bool hasBearer = value.left(scheme.size()).compare(scheme, Qt::CaseInsensitive) == 0 &&
                           (value.size() == scheme.size() || value[scheme.size()] == ' ');
    if (!hasBearer)
        return {false, authorization};
    // One blank belongs to the scheme; a second one was sent as a part of the credential.
    return {true, Secret(value.mid(scheme.size() + 1))};
}

} // namespace

QStringList credentialFactNames() {
    return {QStringLiteral("missing"),
            QStringLiteral("without_bearer"),
            QStringLiteral("provider_key"),
            QStringLiteral("spend_key"),
            QStringLiteral("wallet_key"),
            QStringLiteral("jwt"),
            QStringLiteral("not_a_credential"),
            QStringLiteral("wrapped"),
            QStringLiteral("unusable_token"),
            QStringLiteral("token_without_secret_key"),
            QStringLiteral("customer_without_meter"),
            QStringLiteral("old_token"),
            QStringLiteral("own_provider_key"),
            QStringLiteral("test_key"),
            QStringLiteral("live_key"),
            QStringLiteral("customer_pays"),
            QStringLiteral("merchant_pays")};
}

Facts::Facts(const Outcome& outcome, const Transcript* transcript)
    : m_outcome(outcome)
    , m_transcript(transcript)
    , m_status(outcome.status)
    , m_host(hostOf(outcome.url))
    , m_target(hostOf(providerUrlOf(outcome.url))) {
    lookAtCredential();
    readBody();
    const json::View error = m_root["error"];
    if (isGood(outcome.status)) {
        if (transcript && transcript->error) {
            m_inStream = true;
            if (const int status = transcript->error->effectiveStatus.value_or(0); isFailure(status))
                m_status = status;
        } else if (!transcript && error.exists() && !error.isNull()) {
            m_inStream = true;
            if (const qint64 status = error["code"].toInteger().value_or(0); isFailure(int(status)))
                m_status = int(status);
        }
    }
    lookAtRequest();
    findOrigin();
    if (transcript) {
        m_success = succeeded(outcome, *transcript);
    } else {
        const bool whole = !outcome.ending || outcome.ending->reason == EndReason::Finished;
        m_success = isGood(outcome.status) && whole && !m_inStream && m_content != Content::Html;
    }
}

void Facts::readBody() {
    m_bytes = m_outcome.body.left(bodyLimit);
    std::optional<json::Fault> fault = m_document.scan(m_bytes);
    // An error inside a stream, or one that was wrapped in an event under a bad status, is its own body.
    if (m_transcript && m_transcript->error && (fault || isGood(m_outcome.status))) {
        m_bytes = m_transcript->error->raw;
        fault = m_document.scan(m_bytes);
    }
    const json::View root = m_document.root();
    const bool readable = !fault || (fault->endedTooSoon && m_outcome.body.size() > bodyLimit);
    if (m_bytes.trimmed().isEmpty())
        m_content = Content::Empty;
    else if (readable && (root.isObject() || root.isArray()))
        m_content = Content::Json;
    else
        m_content = looksLikeHtml(m_bytes) ? Content::Html : Content::Text;

    if (m_content == Content::Json) {
        m_root = root.isArray() && root.at(0)["error"].exists() ? root.at(0) : root;
        m_message = errorMessage(m_root);
    } else if (m_content == Content::Html) {
        m_message = textOfMarkup(QString::fromUtf8(m_bytes), messageLimit);
    } else {
        m_message = QString::fromUtf8(m_bytes.left(4 * messageLimit));
    }
    m_codes = errorCodes(m_root, m_outcome.headers);
    if (m_transcript && m_transcript->error)
        readStreamError(*m_transcript->error);
    m_message = harmless(m_message, messageLimit);
    for (ErrorCode& code : m_codes)
        code.value = harmless(code.value, codeLimit);
}

/// What only the reader of the stream knew, such as the name of an event.
void Facts::readStreamError(const StreamError& error) {
    if (m_message.isEmpty())
        m_message = error.message;
    if (!m_codes.empty())
        return;
    if (!error.code.isEmpty())
        m_codes.push_back({QStringLiteral("code"), error.code});
    if (!error.type.isEmpty())
        m_codes.push_back({QStringLiteral("type"), error.type});
}

void Facts::lookAtCredential() {
    if (!m_outcome.authorization)
        return;
    const auto add = [this](const char* fact) { m_credential.append(QString::fromLatin1(fact)); };
    const auto [hasBearer, sent] = credentialIn(*m_outcome.authorization);
    m_credentials.add(sent.reveal());
    if (sent.isEmpty()) {
        add("missing");
        return;
    }
    if (!hasBearer)
        add("without_bearer");
    const TokenReport report = inspectToken(sent.reveal());
    m_credentialHeadline = report.headline;
    const bool isOld = report.generation == Generation::ConnectionMeter ||
                       report.generation == Generation::ConnectionProduct ||
                       report.generation == Generation::Dotted;
    if (report.credential != sent)
        add("wrapped");
    switch (report.kind) {
    case CredentialKind::ProviderKey:
        add("provider_key");
        break;
    case CredentialKind::SpendKey:
        add("spend_key");
        break;
    case CredentialKind::WalletKey:
        add("wallet_key");
        break;
    case CredentialKind::Jwt:
        add("jwt");
        break;
    case CredentialKind::Unknown:
        add("not_a_credential");
        break;
    case CredentialKind::ForwardToken:
        if (!report.usable && !isOld)
            add("unusable_token");
        break;
    case CredentialKind::SecretKey:
        break;
    }
    if (isOld)
        add("old_token");
    if (report.mode == Mode::Test)
        add("test_key");
    if (report.mode == Mode::Live)
        add("live_key");
    if (report.payer == Payer::Customer)
        add("customer_pays");
    if (report.payer == Payer::Merchant || report.payer == Payer::MerchantMetered ||
        report.payer == Payer::MerchantCustomerTracked)
        add("merchant_pays");
    if (!report.parsed)
        return;
    const TokenFields& fields = *report.parsed;
    if (kindByPrefix(fields.secretKey.reveal()) != CredentialKind::SecretKey)
        add("token_without_secret_key");
    if (fields.customerId.hasValue() && !fields.meterSlug.hasValue())
        add("customer_without_meter");
    if (fields.providerKey.hasValue())
        add("own_provider_key");
}

void Facts::lookAtRequest() {
    // These say nothing about what was asked.
    constexpr std::array<int, 4> notOfTheRequest = {401, 402, 407, 429};
    const bool isRefusal =
        m_status >= 400 && m_status <= 499 &&
        std::find(notOfTheRequest.begin(), notOfTheRequest.end(), m_status) == notOfTheRequest.end();
    if (!isRefusal || m_inStream)
        return;
    constexpr qsizetype limit = 300;
    m_remarks = lintSent(m_outcome.request.value_or(HttpRequest{{}, m_outcome.url, {}, {}}));
    for (Finding& remark : m_remarks) {
        remark.message = harmless(remark.message, limit);
        remark.fix = harmless(remark.fix, limit);
    }
}

QString Facts::harmless(QStringView text, qsizetype limit) const {
    // Far more than is kept, so that cutting can never leave the recognisable half of a secret.
    const QByteArray masked = m_credentials.masked(text.left(8 * limit).toString().simplified().toUtf8());
    const QString line = QString::fromUtf8(masked);
    return line.size() > limit ? line.left(limit - 1) + QChar(0x2026) : line;
}

} // namespace lavascope
