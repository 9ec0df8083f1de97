// SPDX-License-Identifier: MIT
#include "core/diagnosis/facts.h"

#include "core/request/forward_url.h"
#include "core/token/inspect_token.h"

#include <QUrl>

#include <algorithm>
#include <array>

namespace lavascope {

namespace {

constexpr qsizetype bodyLimit = 64 * 1024;
constexpr qsizetype messageLimit = 500;

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

/// The parts of an error body that name what went wrong, the most telling first.
struct Code {
    QString path;
    QString value;
};
Code codeIn(const json::View& root) {
    const json::View error = root["error"];
    const std::array<std::pair<const char*, json::View>, 8> places = {{
        {"error.code", error["code"]},
        {"error.type", error["type"]},
        {"error.status", error["status"]},
        {"code", root["code"]},
        {"type", root["type"]},
        {"detail.status", root["detail"]["status"]},
        {"detail.code", root["detail"]["code"]},
        {"__type", root["__type"]},
    }};
    for (const auto& [path, view] : places)
        if (view.isString() && !view.toString().isEmpty())
            return {QString::fromLatin1(path), view.toString()};
    if (error["code"].isNumber())
        return {QStringLiteral("error.code"), QString::fromLatin1(error["code"].raw())};
    return {};
}

/// A header that only a provider sends, if there is one.
QByteArray providersHeader(const Headers& headers) {
    constexpr std::array<QByteArrayView, 4> families = {"openai-", "anthropic-", "x-groq-", "x-amzn-error"};
    constexpr std::array<QByteArrayView, 6> names = {
        "request-id",
        "apim-request-id",
        "x-generation-id",
        "x-ratelimit-limit-requests",
        "x-ratelimit-limit-tokens",
        "x-ratelimit-remaining-tokens",
    };
    for (const Headers::Field& field : headers) {
        QByteArray name = field.name.toLower();
        const auto begins = [&](QByteArrayView family) { return name.startsWith(family); };
        const auto equals = [&](QByteArrayView known) { return QByteArrayView(name) == known; };
        if (std::any_of(families.begin(), families.end(), begins) ||
            std::any_of(names.begin(), names.end(), equals))
            return name;
    }
    return {};
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

/// OpenAI, Anthropic and Google do not answer API calls with 402.
bool neverSays402(const QString& host) {
    return host == QLatin1String("api.openai.com") || host == QLatin1String("api.anthropic.com") ||
           host.endsWith(QLatin1String(".googleapis.com"));
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
        const Code code = codeIn(m_root);
        m_code = code.value;
        m_codePath = code.path;
    } else if (m_content == Content::Html) {
        m_message = textOfMarkup(QString::fromUtf8(m_bytes), messageLimit);
    } else {
        m_message = QString::fromUtf8(m_bytes.left(4 * messageLimit));
    }
    if (m_transcript && m_transcript->error) {
        const StreamError& error = *m_transcript->error;
        if (m_message.isEmpty())
            m_message = error.message;
        if (m_code.isEmpty()) {
            m_code = error.code.isEmpty() ? error.type : error.code;
            m_codePath = error.code.isEmpty() ? QStringLiteral("type") : QStringLiteral("code");
        }
    }
    m_message = harmless(m_message, messageLimit);
    m_code = harmless(m_code, 100);
}

void Facts::findOrigin() {
    const auto decide = [this](Origin origin, const QString& reason) {
        m_origin = origin;
        m_originReason = reason;
    };
    const json::View error = m_root["error"];
    const json::View code = error["code"];
    const json::View type = error["type"];
    const QByteArray header = providersHeader(m_outcome.headers);
    if (code.toString().startsWith(QLatin1String("forward_")))
        decide(Origin::Gateway, QStringLiteral("error.code begins with forward_"));
    else if (code.isString() && error["status"].isNumber() && !type.exists())
        decide(Origin::Gateway, QStringLiteral("the body has error.code and a numeric error.status and no "
                                               "error.type, which is the gateway's own form"));
    else if (type.isString())
        decide(Origin::Provider,
               QStringLiteral("the body has error.type, which the gateway's own form lacks"));
    else if (m_root["type"].toString() == QLatin1String("error") ||
             m_root["object"].toString() == QLatin1String("error"))
        decide(Origin::Provider, QStringLiteral("the body calls itself an error object, as providers do"));
    else if (error["status"].isString())
        decide(Origin::Provider, QStringLiteral("error.status is a name and no number, as Google writes it"));
    else if (m_root["detail"].exists())
        decide(Origin::Provider, QStringLiteral("the body has a member detail, which the gateway's lacks"));
    else if (!header.isEmpty())
        decide(
            Origin::Provider,
            QStringLiteral("the answer carries the provider's header %1").arg(QString::fromLatin1(header)));
    else if (m_inStream)
        decide(Origin::Provider,
               QStringLiteral("it came inside the answer, after the gateway had let the call through"));
    else if (m_status == 402 && neverSays402(m_target))
        decide(Origin::Gateway, QStringLiteral("%1 does not answer with 402").arg(m_target));
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

QString Facts::harmless(QStringView text, qsizetype limit) const {
    // Far more than is kept, so that cutting can never leave the recognisable half of a secret.
    const QByteArray masked = m_credentials.masked(text.left(8 * limit).toString().simplified().toUtf8());
    const QString line = QString::fromUtf8(masked);
    return line.size() > limit ? line.left(limit - 1) + QChar(0x2026) : line;
}

} // namespace lavascope
