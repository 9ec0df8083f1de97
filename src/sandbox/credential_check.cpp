// SPDX-License-Identifier: MIT
#include "sandbox/credential_check.h"

#include "core/json/document.h"
#include "core/token/inspect_token.h"
#include "sandbox/http_grammar.h"

#include <algorithm>
#include <array>
#include <utility>

namespace lavascope {

namespace {

constexpr std::array<const char*, 3> keyHeaders = {"x-api-key", "x-goog-api-key", "xi-api-key"};

/// A credential as it was presented, and where.
struct Presented {
    QByteArray credential;
    QByteArray place;
};

[[nodiscard]] tl::unexpected<Refusal> unauthorized(const char* code, const QString& message) {
    return refuse(401, QString::fromLatin1(code), message,
                  {{"WWW-Authenticate", "Bearer realm=\"Lavascope sandbox\""}});
}

[[nodiscard]] Judged<Presented> bearerOf(QByteArrayView value) {
    const qsizetype blank = value.indexOf(' ');
    const QByteArrayView scheme = blank < 0 ? value : value.first(blank);
    if (!sameWord(scheme, "bearer")) {
        return unauthorized(
            "missing_bearer",
            QStringLiteral("The Authorization header does not begin with the word Bearer. Send "
                           "`Authorization: Bearer <forward token or aks_test_ key>`."));
    }
    const QByteArrayView credential = blank < 0 ? QByteArrayView() : withoutBlanks(value.sliced(blank + 1));
    if (credential.isEmpty()) {
        return unauthorized("missing_credential",
                            QStringLiteral("There is nothing after Bearer in the Authorization header."));
    }
    if (sameWord(credential.first(std::min<qsizetype>(credential.size(), 7)), "bearer ")) {
        return unauthorized("doubled_bearer",
                            QStringLiteral("The word Bearer stands twice in the Authorization header."));
    }
    return Presented{credential.toByteArray(), "authorization"};
}

[[nodiscard]] Judged<Presented> presentedIn(const ReceivedRequest& request, const Query& query) {
    if (const QList<QByteArray> values = request.headers.values("authorization"); !values.isEmpty()) {
        if (values.size() > 1) {
            return unauthorized("credential_twice",
                                QStringLiteral("There is more than one Authorization header."));
        }
        return bearerOf(values.first());
    }
    for (const char* header : keyHeaders) {
        if (const std::optional<QByteArray> value = request.headers.value(header);
            value && !value->isEmpty()) {
            return Presented{*value, header};
        }
    }
    if (const std::optional<QByteArray> key = query.value("key"); key && !key->isEmpty()) {
        return Presented{*key, "key"};
    }
    return unauthorized(
        "missing_credential",
        QStringLiteral("There is no credential. Send a forward token or an aks_test_ key in "
                       "Authorization: Bearer, x-api-key, x-goog-api-key, xi-api-key or ?key=."));
}

/// The kinds that a person may paste by mistake, each with its own sentence.
[[nodiscard]] Judged<void> refuseForeignKinds(const QByteArray& credential) {
    switch (kindByPrefix(credential)) {
    case CredentialKind::SpendKey:
    case CredentialKind::WalletKey:
        return unauthorized("spend_key",
                            QStringLiteral("This is a spend key or wallet key. It belongs to the AI tool's "
                                           "own endpoints of Lava, not to /v1/forward; this gateway "
                                           "takes forward tokens and aks_test_ keys."));
    case CredentialKind::ProviderKey:
        return unauthorized(
            "provider_key",
            QStringLiteral("This is a provider's key (%1), not a Lava credential. To use your own "
                           "provider account, put it into the forward token as provider_key.")
                .arg(providerByPrefix(credential)));
    case CredentialKind::Jwt:
        return unauthorized(
            "jwt", QStringLiteral("This looks like a JWT (three parts with dots). A forward token is "
                                  "the plain base64 of a JSON object."));
    default:
        return {};
    }
}

[[nodiscard]] Judged<void> checkKey(const Secret& key) {
    switch (modeOf(key)) {
    case Mode::Test:
        return {};
    case Mode::Live:
        return unauthorized(
            "live_key_refused",
            QStringLiteral("aks_live_ keys are refused here, so that no live key is ever typed into a "
                           "sandbox by mistake. Use any key that begins with aks_test_."));
    case Mode::Unknown:
        break;
    }
    return unauthorized(
        "secret_key_unknown",
        QStringLiteral("The secret key does not begin with aks_test_. Any key that does is taken."));
}

/// Not just decodable, but the very bytes that an encoder writes: decoders differ in what they forgive.
[[nodiscard]] std::optional<QByteArray> strictBase64(const QByteArray& text) {
    const auto decoding = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    if (!decoding || decoding.decoded.toBase64() != text) {
        return std::nullopt;
    }
    return decoding.decoded;
}

[[nodiscard]] Judged<void> checkTokenText(const QByteArray& credential) {
    const std::optional<QByteArray> text = strictBase64(credential);
    if (!text) {
        return unauthorized(
            "token_not_base64",
            QStringLiteral("The credential is neither an aks_test_ key nor standard base64 (A–Z a–z 0–9 "
                           "+ /, padded with =, in one line)."));
    }
    json::Document document;
    if (const std::optional<json::Fault> fault = document.scan(*text)) {
        return unauthorized("token_not_json",
                            QStringLiteral("The token is base64, but what it encodes is not JSON: at "
                                           "byte %1 of the decoded text, %2.")
                                .arg(fault->offset)
                                .arg(fault->message));
    }
    const json::View root = document.root();
    if (!root.isObject()) {
        return unauthorized("token_not_object", QStringLiteral("The token encodes JSON, but not an object."));
    }
    if (!root["secret_key"].isString() || root["secret_key"].toString().isEmpty()) {
        return unauthorized("token_without_secret_key",
                            QStringLiteral("The token has no secret_key, or it is not a text."));
    }
    return {};
}

[[nodiscard]] Judged<TokenFields> fieldsOf(const QByteArray& token) {
    const TokenReport report = inspectToken(token);
    if (report.generation == Generation::ConnectionMeter ||
        report.generation == Generation::ConnectionProduct) {
        return unauthorized(
            "token_generation_old",
            QStringLiteral("The token has fields of an older generation (connection_id, "
                           "connection_secret, product_secret). Build it anew with customer_id and "
                           "meter_slug."));
    }
    const auto fault =
        std::find_if(report.findings.begin(), report.findings.end(), [](const Finding& finding) {
            // Billing and the check of the key have answers of their own for these two.
            const bool judgedLater = finding.code == QLatin1String("customer_without_meter") ||
                                     finding.code == QLatin1String("secret_key_wrong_kind");
            return finding.severity == Severity::Error && !judgedLater;
        });
    if (fault != report.findings.end()) {
        return unauthorized("token_field_invalid", fault->message);
    }
    if (!report.parsed) {
        return unauthorized("token_field_invalid", QStringLiteral("The fields of the token cannot be read."));
    }
    return *report.parsed;
}

} // namespace

Judged<Caller> callerOf(const ReceivedRequest& request, const Query& query) {
    Judged<Presented> presented = presentedIn(request, query);
    if (!presented) {
        return tl::unexpected(std::move(presented.error()));
    }
    const QByteArray& credential = presented->credential;
    Caller caller;
    caller.place = presented->place;
    if (kindByPrefix(credential) == CredentialKind::SecretKey) {
        caller.fields.secretKey = Secret(credential);
    } else {
        const Judged<void> kind = refuseForeignKinds(credential);
        const Judged<void> text = kind ? checkTokenText(credential) : kind;
        if (!text) {
            return tl::unexpected(text.error());
        }
        Judged<TokenFields> fields = fieldsOf(credential);
        if (!fields) {
            return tl::unexpected(std::move(fields.error()));
        }
        caller.fields = std::move(*fields);
    }
    if (const Judged<void> key = checkKey(caller.fields.secretKey); !key) {
        return tl::unexpected(key.error());
    }
    return caller;
}

} // namespace lavascope
