// SPDX-License-Identifier: MIT
#include "core/token/inspect_token.h"

#include "core/json/document.h"
#include "core/token/base64.h"
#include "core/token/foreign_text.h"
#include "core/token/layers.h"
#include "core/token/peel.h"
#include "core/token/surroundings.h"
#include "core/token/token_json.h"
#include "core/token/utf8.h"

#include <algorithm>
#include <array>

namespace lavascope {

namespace {

constexpr qsizetype largestPaste = 8 * 1024 * 1024; // an answer within a second, whatever it holds
constexpr qsizetype largestHeader = 8000; // common servers' limit for one header field, a little rounded
constexpr int mostEncodings = 3;
constexpr qsizetype largestEncodedAgain = 4 * 1024 * 1024;
constexpr qsizetype groupSize = 4;

bool isJsonSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// Finds out what a pasted text is: takes the layers off, then tries the kinds of credential one by one.
class Inspection {
public:
    TokenReport run(QByteArrayView pasted);

private:
    void peelOff(const SourcedText& pasted);
    void classify();
    [[nodiscard]] bool takeJwt();
    [[nodiscard]] bool takeJson();
    [[nodiscard]] bool takeOtherJson();
    [[nodiscard]] bool takeDotted(QByteArrayView text);
    [[nodiscard]] bool takeKey();
    [[nodiscard]] bool takeForeign();
    void takeSecretKey();
    void takeBase64();
    [[nodiscard]] bool takeEncodedAgain(const QByteArray& decoded);
    [[nodiscard]] bool takeUtf16(const QByteArray& decoded);
    void takeDecoded(const QByteArray& decoded);

    void add(Severity severity, Step step, const char* code, const QString& sentence, const QString& fix,
             std::optional<ByteRange> range = std::nullopt);
    void addField(const char* name) { m_report.fields.push_back(secretField(name, m_text.bytes())); }
    [[nodiscard]] ByteRange placeOfDecoded(ByteRange range) const;
    [[nodiscard]] QString headline() const;

    SourcedText m_text;
    TokenReport m_report;
    FindingList m_findings;
    qsizetype m_decodedSize = 0;
    int m_encodings = 0;
};

TokenReport Inspection::run(QByteArrayView pasted) {
    peelOff(SourcedText(pasted));
    m_report.credential = Secret(m_text.bytes());
    const Surroundings around{pasted, m_text.sourceRange(0, m_text.size()), m_report.layers};
    checkBearer(around, m_findings);
    classify();
    checkHost(around, m_report.mode, m_findings);
    if (m_report.credential.reveal().size() > largestHeader)
        add(Severity::Warning, Step::Values, "longer_than_a_header",
            QStringLiteral("It is longer than most servers accept in one header (8 kB)."), {});
    m_report.usable = !m_findings.hasError() && (m_report.kind == CredentialKind::ForwardToken ||
                                                 m_report.kind == CredentialKind::SecretKey);
    m_report.host = fittingHost(m_report.kind, m_report.mode);
    m_report.headline = headline();
    m_report.findings = m_findings.take();
    return std::move(m_report);
}

void Inspection::peelOff(const SourcedText& pasted) {
    Peeled peeled = peel(pasted, m_findings);
    m_text = std::move(peeled.text);
    m_report.layers += peeled.layers;
}

void Inspection::add(Severity severity, Step step, const char* code, const QString& sentence,
                     const QString& fix, std::optional<ByteRange> range) {
    m_findings.add(severity, step, code, sentence, fix,
                   range ? *range : m_text.sourceRange(0, m_text.size()));
}

void Inspection::classify() {
    if (m_text.isEmpty()) {
        add(Severity::Error, Step::Prefix, "empty", QStringLiteral("There is no credential in it."),
            QStringLiteral("Paste a token or a key."));
        return;
    }
    const bool isPlainToken = m_text.bytes().startsWith("eyJ") && isBase64Text(m_text.bytes());
    if (!isPlainToken &&
        (takeJwt() || takeJson() || takeDotted(m_text.bytes()) || takeKey() || takeForeign()))
        return;
    takeBase64();
}

bool Inspection::takeJwt() {
    if (!isJwt(m_text.bytes()))
        return false;
    m_report.kind = CredentialKind::Jwt;
    addField("jwt");
    add(Severity::Error, Step::Prefix, "jwt",
        QStringLiteral(
            "This is a JWT, not a forward token, because it has parts with dots between them and the first "
            "one is the header of a signature."),
        QStringLiteral("A forward token is one piece of base64 without dots; build one from a secret key."));
    return true;
}

bool Inspection::takeJson() {
    if (!m_text.bytes().startsWith('{'))
        return false;
    if (!isTokenJson(m_text.bytes()))
        return takeOtherJson();
    m_report.kind = CredentialKind::ForwardToken;
    add(Severity::Error, Step::Prefix, "not_encoded",
        QStringLiteral("This is the JSON of a token, not yet encoded as base64."),
        QStringLiteral("Encode it as base64 in one line."));
    readTokenJson(
        m_text.bytes(), [this](ByteRange range) { return m_text.sourceRange(range.begin, range.end); },
        m_report, m_findings);
    return true;
}

bool Inspection::takeOtherJson() {
    json::Document document;
    if (document.scan(m_text.bytes()) || !document.root().isObject())
        return false;
    if (document.root()["error"].exists())
        add(Severity::Error, Step::Shape, "error_answer",
            QStringLiteral("This is the answer to a call that failed, not a credential."),
            QStringLiteral("Let `explain` look at it; paste here what was sent as Authorization."));
    else
        add(Severity::Error, Step::Shape, "json_without_token",
            QStringLiteral("This is JSON, but not of a token: none of a token's fields is in it."),
            QStringLiteral("A token is an object with at least secret_key, encoded as base64."));
    return true;
}

// Pages of autumn 2025 joined the secrets by dots; no version of the SDK ever did.
bool Inspection::takeDotted(QByteArrayView text) {
    constexpr std::array<const char*, 4> names = {"secret_key", "connection_secret", "product_secret",
                                                  "provider_key"};
    constexpr qsizetype fewestParts = 3;
    if (!text.startsWith("aks_") || text.count('.') < fewestParts - 1)
        return false;
    const QList<QByteArray> parts = text.toByteArray().split('.');
    // A mask has dots side by side.
    if (std::any_of(parts.begin(), parts.end(), [](const QByteArray& part) { return part.isEmpty(); }))
        return false;
    m_report.kind = CredentialKind::ForwardToken;
    m_report.generation = Generation::Dotted;
    for (qsizetype i = 0; i < std::min<qsizetype>(parts.size(), names.size()); ++i)
        m_report.fields.push_back(secretField(names.at(size_t(i)), parts.at(i)));
    m_report.mode = modeOf(m_report.fields.front().secret);
    add(Severity::Error, Step::Shape, "dotted",
        QStringLiteral(
            "It consists of secrets joined by dots, an obsolete form that only old pages describe."),
        QStringLiteral("Build a forward token from the secret key."));
    return true;
}

bool Inspection::takeKey() {
    m_report.kind = kindByPrefix(m_text.bytes());
    switch (m_report.kind) {
    case CredentialKind::SecretKey:
        takeSecretKey();
        return true;
    case CredentialKind::SpendKey:
        addField("spend_key");
        add(Severity::Error, Step::Prefix, "spend_key",
            QStringLiteral(
                "This is a spend key, which an AI tool takes as its API key and the forward proxy does not."),
            QStringLiteral("Use it at /v1/chat/completions or /v1/messages, or take an aks_… key."));
        return true;
    case CredentialKind::WalletKey:
        addField("wallet_key");
        add(Severity::Error, Step::Prefix, "wallet_key",
            QStringLiteral("This is a wallet key, a kind for managing spend keys that Lava has given up."),
            QStringLiteral("Use an aks_… key."));
        return true;
    case CredentialKind::ProviderKey:
        addField("provider_key");
        add(Severity::Error, Step::Prefix, "provider_key",
            QStringLiteral("This is a provider's own key (%1 by its prefix), not a credential of Lava's.")
                .arg(providerByPrefix(m_text.bytes())),
            QStringLiteral("Put it into a forward token as provider_key."));
        return true;
    case CredentialKind::ForwardToken:
    case CredentialKind::Jwt:
    case CredentialKind::Unknown:
        break;
    }
    m_report.kind = CredentialKind::Unknown;
    return false;
}

void Inspection::takeSecretKey() {
    addField("secret_key");
    m_report.mode = modeOf(m_report.credential);
    m_report.payer = Payer::Merchant;
    m_report.parsed = TokenFields{.secretKey = m_report.credential};
    const QByteArrayView key = m_text.bytes();
    const auto odd = std::find_if(key.begin(), key.end(), [](char c) { return c <= ' ' || c > '~'; });
    if (const QString masked = maskRemark(key); !masked.isEmpty()) {
        add(Severity::Error, Step::Values, "masked", masked, QStringLiteral("Copy the whole key."));
    } else if (odd != key.end()) {
        const qsizetype at = odd - key.begin();
        add(Severity::Error, Step::Values, "key_bad_character",
            QStringLiteral("The key holds a blank or a character that no key has."),
            QStringLiteral("Paste the key alone, copied from the dashboard."),
            m_text.sourceRange(at, at + 1));
    } else if (key.size() <= qsizetype(sizeof("aks_live_")) - 1) {
        add(Severity::Error, Step::Values, "key_is_prefix",
            QStringLiteral("Only the prefix of a key is there."), QStringLiteral("Copy the whole key."));
    }
    add(Severity::Note, Step::Prefix, "bare_key",
        QStringLiteral(
            "The newest pages let a bare secret key stand after Bearer; older ones want a forward token."),
        QStringLiteral("Build a token if a customer or a meter matters."));
}

bool Inspection::takeForeign() {
    const std::optional<ForeignText> foreign = foreignText(m_text.bytes());
    if (!foreign)
        return false;
    addField("credential");
    add(Severity::Error, Step::Prefix, foreign->code, foreign->sentence, foreign->fix);
    return true;
}

void Inspection::takeBase64() {
    const bool looksLikeToken = beginsLikeEncodedCredential(m_text.bytes());
    if (looksLikeToken)
        m_report.kind = CredentialKind::ForwardToken;
    const Base64Decoding decoded = decodeBase64(m_text.bytes());
    if (decoded.fault) {
        const qsizetype at = std::min(decoded.fault->offset, m_text.size());
        const ByteRange where = m_text.sourceRange(at, std::min(at + 1, m_text.size()));
        if (!looksLikeToken) {
            m_findings.add(
                Severity::Error, Step::Base64, decoded.fault->code,
                QStringLiteral("This is no credential that is known here. %1").arg(decoded.fault->message),
                QStringLiteral("Lava's credentials begin with aks_ or eyJ."), where);
            return;
        }
        m_findings.add(Severity::Error, Step::Base64, decoded.fault->code, decoded.fault->message,
                       QStringLiteral("Copy the token again, or build a new one."), where);
    }
    if (!takeEncodedAgain(decoded.bytes) && !takeUtf16(decoded.bytes))
        takeDecoded(decoded.bytes);
}

// Three bytes come from four characters.
ByteRange Inspection::placeOfDecoded(ByteRange range) const {
    const auto character = [this](qint64 byte) {
        if (byte >= m_decodedSize)
            return m_text.size();
        return std::min<qsizetype>(byte / 3 * groupSize + byte % 3, m_text.size());
    };
    const qsizetype begin = character(range.begin);
    const qsizetype end = range.end > range.begin ? character(range.end - 1) + 2 : begin;
    return m_text.sourceRange(begin, std::clamp(end, begin, m_text.size()));
}

// Base64 of a whole credential: of a token, of a key, of `Bearer …`.
bool Inspection::takeEncodedAgain(const QByteArray& decoded) {
    QByteArrayView inner = decoded;
    while (!inner.isEmpty() && isJsonSpace(inner.back()))
        inner.chop(1);
    if (takeDotted(inner))
        return true;
    const auto isText = [](char c) { return (c >= ' ' && c <= '~') || isJsonSpace(c); };
    const bool holdsOne =
        !inner.startsWith('{') && std::all_of(inner.begin(), inner.end(), isText) && nextCredential(inner, 0);
    const bool isCredential = holdsOne || inner.startsWith("Bearer ") ||
                              kindByPrefix(inner) == CredentialKind::SecretKey ||
                              (isBase64Text(inner) && beginsLikeEncodedCredential(inner));
    if (!isCredential || m_encodings == mostEncodings || decoded.size() > largestEncodedAgain)
        return false;
    ++m_encodings;
    m_report.layers.append(QStringLiteral("double_encoding"));
    add(Severity::Warning, Step::Base64, "double_encoding",
        QStringLiteral("What is encoded is itself a whole credential, so base64 was applied once too often."),
        QStringLiteral("Send what stands inside."));
    SourcedTextBuilder builder(m_text);
    for (qsizetype i = 0; i < decoded.size(); ++i)
        builder.put(decoded.sliced(i, 1), std::min<qsizetype>(i / 3 * groupSize + i % 3, m_text.size() - 1));
    m_report.kind = CredentialKind::Unknown;
    peelOff(builder.finish());
    m_report.credential = Secret(m_text.bytes());
    classify();
    return true;
}

// Windows tools call UTF-16 "Unicode", and many an example encodes with it.
bool Inspection::takeUtf16(const QByteArray& decoded) {
    const bool hasMark = decoded.startsWith("\xFF\xFE") || decoded.startsWith("\xFE\xFF");
    const QByteArrayView text = QByteArrayView(decoded).sliced(hasMark ? 2 : 0);
    if (!text.startsWith(QByteArrayView("{\0", 2)) && !text.startsWith(QByteArrayView("\0{", 2)))
        return false;
    m_report.kind = CredentialKind::ForwardToken;
    add(Severity::Error, Step::Utf8, "encoded_utf16",
        QStringLiteral("The JSON was encoded as UTF-16, which Windows calls Unicode, but must be UTF-8."),
        QStringLiteral("Encode its UTF-8 bytes; in PowerShell those are [Text.Encoding]::UTF8.GetBytes(…)."));
    return true;
}

void Inspection::takeDecoded(const QByteArray& decoded) {
    const auto content = std::find_if_not(decoded.begin(), decoded.end(), isJsonSpace);
    const bool isObject = content != decoded.end() && *content == '{';
    const bool hasMark = decoded.startsWith("\xEF\xBB\xBF");
    m_decodedSize = decoded.size();
    if (m_report.kind != CredentialKind::ForwardToken && !isObject) {
        const QString compressed =
            decoded.startsWith("\x1F\x8B")
                ? QStringLiteral("It decodes to gzip data, which is no forward token.")
                : QStringLiteral("It decodes, but to nothing that begins like a JSON object.");
        add(Severity::Error, Step::Json, "unknown_credential", compressed,
            QStringLiteral("It is no credential of Lava's; those begin with aks_ or eyJ."));
        return;
    }
    m_report.kind = CredentialKind::ForwardToken;
    if (hasMark)
        add(Severity::Error, Step::Json, "encoded_byte_order_mark",
            QStringLiteral("A byte order mark was encoded along, and JSON must not begin with one."),
            QStringLiteral("Save the JSON as UTF-8 without byte order mark and encode it again."),
            placeOfDecoded({0, 3}));
    const qsizetype skipped = hasMark ? 3 : 0;
    if (!decoded.isEmpty() && isJsonSpace(decoded.back())) {
        m_report.layers.append(QStringLiteral("encoded_newline"));
        add(Severity::Note, Step::Json, "encoded_newline",
            QStringLiteral("A line end or blank was encoded along; it does no harm."),
            QStringLiteral("Use `echo -n` or printf when encoding by hand."),
            placeOfDecoded({decoded.size() - 1, decoded.size()}));
    }
    readTokenJson(
        QByteArrayView(decoded).sliced(skipped),
        [this, skipped](ByteRange range) {
            return placeOfDecoded({range.begin + skipped, range.end + skipped});
        },
        m_report, m_findings);
}

QString Inspection::headline() const {
    QString noun = QString::fromLatin1(kindName(m_report.kind)).replace(QLatin1Char('_'), QLatin1Char(' '));
    if (m_report.kind != CredentialKind::ForwardToken && m_report.kind != CredentialKind::SecretKey)
        return m_findings.reason() + QLatin1Char('.');
    if (m_report.mode != Mode::Unknown)
        noun = QString::fromLatin1(modeName(m_report.mode)) + QLatin1Char(' ') + noun;
    noun[0] = noun[0].toUpper();
    if (!m_findings.hasError())
        return QStringLiteral("%1: %2.").arg(noun, payerPhraseOf(m_report));
    QString reason = m_findings.reason();
    // Names and abbreviations keep their spelling.
    const bool isPlainWord =
        reason.size() > 1 && (reason.at(1).isLower() || reason.at(1) == QLatin1Char(' '));
    if (isPlainWord)
        reason[0] = reason.at(0).toLower();
    return QStringLiteral("%1 that cannot be used: %2.").arg(noun, reason);
}

} // namespace

TokenReport inspectToken(QByteArrayView pasted) {
    if (pasted.size() > largestPaste) {
        TokenReport report;
        report.headline = QStringLiteral("This is larger than 8 MiB, and was not looked at.");
        report.findings.push_back({Severity::Error, QStringLiteral("too_large"), report.headline,
                                   QStringLiteral("Paste the credential alone, or open the file as a batch."),
                                   std::nullopt});
        return report;
    }
    return Inspection().run(pasted);
}

} // namespace lavascope
