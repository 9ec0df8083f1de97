// SPDX-License-Identifier: MIT
#include "core/token/inspect_token.h"

#include "core/json/document.h"
#include "core/token/base64.h"
#include "core/token/display.h"
#include "core/token/peel.h"
#include "core/token/token_json.h"
#include "core/token/utf8.h"

#include <algorithm>

namespace lavascope {

namespace {

constexpr qsizetype largestPaste = 64 * 1024 * 1024;
constexpr qsizetype groupSize = 4;

/// Base64 of the standard alphabet with the padding it should have, and what was mended for that.
SourcedText normalised(const SourcedText& text, QStringList& layers) {
    const QByteArrayView bytes = text.bytes();
    qsizetype content = bytes.size();
    while (content > 0 && bytes[content - 1] == '=')
        --content;
    const bool urlSafe = bytes.contains('-') || bytes.contains('_');
    const qsizetype padding = (groupSize - content % groupSize) % groupSize;
    if (urlSafe)
        layers.append(QStringLiteral("base64url"));
    if (bytes.size() - content < padding)
        layers.append(QStringLiteral("missing_padding"));
    else if (bytes.size() - content > padding)
        layers.append(QStringLiteral("extra_padding"));
    SourcedTextBuilder builder(text);
    qsizetype from = 0;
    for (qsizetype at = 0; urlSafe && at < content; ++at) {
        if (bytes[at] != '-' && bytes[at] != '_')
            continue;
        builder.keep(from, at);
        builder.put(bytes[at] == '-' ? "+" : "/", at);
        from = at + 1;
    }
    builder.keep(from, content);
    // One character left over cannot be padded to anything; it is left for the decoder to complain about.
    if (padding < 3)
        builder.put(QByteArray(padding, '='), content > 0 ? content - 1 : 0);
    return builder.finish();
}

bool looksLikeJwt(QByteArrayView text) {
    if (text.count('.') != 2 || !text.startsWith("eyJ"))
        return false;
    QStringList ignored;
    const QByteArray head = text.first(text.indexOf('.')).toByteArray();
    const Base64Decoding decoded = decodeBase64(normalised(SourcedText(head), ignored).bytes());
    json::Document document;
    return !decoded.fault && !document.scan(decoded.bytes) && document.root().isObject();
}

/// Finds out what a peeled text is.
class Inspection {
public:
    explicit Inspection(Peeled peeled)
        : m_text(std::move(peeled.text)) {
        m_report.layers = std::move(peeled.layers);
        m_report.findings = std::move(peeled.findings);
        m_report.credential = Secret(m_text.bytes());
    }

    TokenReport run() {
        classify();
        const bool faulty =
            std::any_of(m_report.findings.begin(), m_report.findings.end(),
                        [](const Finding& finding) { return finding.severity == Severity::Error; });
        m_report.usable = !faulty && (m_report.kind == CredentialKind::ForwardToken ||
                                      m_report.kind == CredentialKind::SecretKey);
        m_report.headline = headline();
        return std::move(m_report);
    }

private:
    void add(Severity severity, const char* code, const QString& message, const QString& fix, qsizetype begin,
             qsizetype end) {
        m_report.findings.push_back(
            {severity, QString::fromLatin1(code), message, fix, m_text.sourceRange(begin, end)});
    }
    void addWhole(Severity severity, const char* code, const QString& message, const QString& fix) {
        add(severity, code, message, fix, 0, m_text.size());
    }

    void classify() {
        const QByteArrayView bytes = m_text.bytes();
        if (bytes.isEmpty()) {
            addWhole(Severity::Error, "empty", QStringLiteral("There is no credential in it."),
                     QStringLiteral("Paste the token or key."));
            return;
        }
        if (looksLikeJwt(bytes)) {
            m_report.kind = CredentialKind::Jwt;
            addWhole(Severity::Error, "jwt",
                     QStringLiteral("Prefix: this is a JWT, not a forward token, because it has three parts "
                                    "with dots between them and its first part is a JSON header."),
                     QStringLiteral("A forward token is one piece of base64 without dots."));
            return;
        }
        if (bytes.startsWith('{')) {
            m_report.kind = CredentialKind::ForwardToken;
            addWhole(Severity::Error, "not_encoded",
                     QStringLiteral("Base64: this is the JSON of a token, not yet encoded."),
                     QStringLiteral("Encode it as base64 on one line."));
            readTokenJson(
                bytes, [this](ByteRange range) { return m_text.sourceRange(range.begin, range.end); },
                m_report);
            return;
        }
        if (takeDotted(bytes) || takeKey(bytes))
            return;
        takeBase64();
    }

    // Documentation of 2025 joined the three secrets by dots; no SDK ever did.
    bool takeDotted(QByteArrayView bytes) {
        if (!bytes.startsWith("aks_") || !bytes.contains('.'))
            return false;
        m_report.kind = CredentialKind::ForwardToken;
        m_report.generation = Generation::Dotted;
        const Secret key(bytes.first(bytes.indexOf('.')));
        m_report.mode = modeOf(key);
        addWhole(Severity::Error, "dotted",
                 QStringLiteral("Shape: secrets joined by dots are a form from old documentation that the "
                                "gateway does not take."),
                 QStringLiteral("Build a forward token from the fields instead."));
        return true;
    }

    bool takeKey(QByteArrayView bytes) {
        const CredentialKind kind = kindByPrefix(bytes);
        switch (kind) {
        case CredentialKind::SecretKey:
            takeSecretKey(bytes);
            return true;
        case CredentialKind::SpendKey:
            addWhole(
                Severity::Error, "spend_key",
                QStringLiteral("Prefix: this is a spend key, which belongs into an AI tool's API key field."),
                QStringLiteral(
                    "Use it at /v1/chat/completions or /v1/messages, or take an aks_… key for the gateway."));
            break;
        case CredentialKind::WalletKey:
            addWhole(Severity::Error, "wallet_key",
                     QStringLiteral("Prefix: this is a wallet key, a kind that Lava has given up."),
                     QStringLiteral("Use an aks_… key."));
            break;
        case CredentialKind::ProviderKey:
            addWhole(Severity::Error, "provider_key",
                     QStringLiteral("Prefix: this is a key of %1, not of Lava.").arg(providerByPrefix(bytes)),
                     QStringLiteral("Put it into the token as provider_key, or call the provider directly."));
            break;
        case CredentialKind::ForwardToken:
        case CredentialKind::Jwt:
        case CredentialKind::Unknown:
            return takeForeignKey(bytes);
        }
        m_report.kind = kind;
        return true;
    }

    bool takeForeignKey(QByteArrayView bytes) {
        if (bytes.startsWith("sk_live_") || bytes.startsWith("sk_test_")) {
            addWhole(Severity::Error, "foreign_key",
                     QStringLiteral("Prefix: sk_live_ and sk_test_ are prefixes of Stripe; old pages of Lava "
                                    "used one as a placeholder."),
                     QStringLiteral("Lava's keys begin with aks_."));
            return true;
        }
        if (bytes.startsWith("cons_live_") || bytes.startsWith("ps_live_")) {
            addWhole(
                Severity::Error, "retired_secret",
                QStringLiteral(
                    "Prefix: this is a connection or product secret of 2025, only a part of an old token."),
                QStringLiteral("Build a token with customer_id and meter_slug."));
            return true;
        }
        return false;
    }

    void takeSecretKey(QByteArrayView bytes) {
        m_report.kind = CredentialKind::SecretKey;
        m_report.mode = modeOf(Secret(bytes));
        m_report.payer = Payer::Merchant;
        const auto odd = std::find_if(bytes.begin(), bytes.end(), [](char c) { return c <= ' ' || c > '~'; });
        if (odd != bytes.end())
            add(Severity::Error, "key_bad_character",
                QStringLiteral("Values: the key holds a blank or a character that no key has."),
                QStringLiteral("Copy it again from the dashboard."), odd - bytes.begin(),
                odd - bytes.begin() + 1);
        addWhole(Severity::Note, "bare_key",
                 QStringLiteral("A bare secret key is taken as a bearer by today's gateway; older pages want "
                                "a forward token."),
                 QStringLiteral("Build a token if a customer or a meter matters."));
        TokenFieldReport field;
        field.name = QStringLiteral("secret_key");
        field.state = FieldState::Value;
        field.secret = Secret(bytes);
        field.masked = field.secret.masked();
        field.fingerprint = field.secret.fingerprint();
        m_report.fields.push_back(field);
        TokenFields fields;
        fields.secretKey = field.secret;
        m_report.parsed = fields;
    }

    void takeBase64() {
        if (beginsLikeEncodedCredential(m_text.bytes()))
            m_report.kind = CredentialKind::ForwardToken;
        SourcedText text = normalised(m_text, m_report.layers);
        const Base64Decoding decoded = decodeBase64(text.bytes());
        if (decoded.fault) {
            const qsizetype at = std::min(decoded.fault->offset, text.size());
            Finding finding{Severity::Error, decoded.fault->code, decoded.fault->message,
                            QStringLiteral("Copy the token again, or build a new one."),
                            text.sourceRange(at, std::min(at + 1, text.size()))};
            m_report.findings.push_back(finding);
            return;
        }
        m_report.credential = Secret(text.bytes());
        takeDecoded(text, decoded.bytes);
    }

    void takeDecoded(const SourcedText& text, const QByteArray& decoded) {
        // Three bytes of what is decoded come from four characters.
        const auto place = [&](ByteRange range) {
            const auto character = [&](qint64 byte) {
                return std::min(qsizetype(byte / 3 * groupSize + byte % 3), text.size());
            };
            const qsizetype begin = character(range.begin);
            return text.sourceRange(begin, std::min(std::max(character(range.end), begin + 1), text.size()));
        };
        const QByteArray inner = decoded.trimmed();
        if (m_depth < 2 && !inner.startsWith('{') && isBase64Text(inner) &&
            beginsLikeEncodedCredential(inner)) {
            ++m_depth;
            m_report.layers.append(QStringLiteral("double_encoding"));
            addWhole(Severity::Warning, "double_encoding", QStringLiteral("Base64: it is encoded twice."),
                     QStringLiteral("Send what the first decoding gives."));
            SourcedTextBuilder builder(m_text);
            builder.put(inner, 0);
            m_text = builder.finish();
            takeBase64();
            return;
        }
        const CredentialKind kind = kindByPrefix(inner);
        if (kind == CredentialKind::SecretKey || inner.startsWith("cons_live_")) {
            m_report.kind = CredentialKind::ForwardToken;
            m_report.mode = modeOf(Secret(inner));
            m_report.generation = inner.contains('.') ? Generation::Dotted : Generation::None;
            addWhole(Severity::Error, inner.contains('.') ? "dotted" : "encoded_key",
                     inner.contains('.')
                         ? QStringLiteral("Shape: secrets joined by dots and encoded are a form from old "
                                          "documentation that the gateway does not take.")
                         : QStringLiteral("JSON: what is encoded is a bare key, not a JSON object."),
                     QStringLiteral("Build a forward token from the fields, or send the bare key as it is."));
            return;
        }
        if (const auto at = firstInvalidUtf8(decoded)) {
            m_report.findings.push_back(
                {Severity::Error, QStringLiteral("not_utf8"),
                 QStringLiteral("UTF-8: the decoded bytes are no text from byte %1 on.").arg(*at),
                 QStringLiteral("This is no forward token, or it was cut."), place({*at, *at + 1})});
            return;
        }
        if (!inner.startsWith('{') && m_report.kind != CredentialKind::ForwardToken) {
            addWhole(Severity::Error, "unknown_credential",
                     QStringLiteral("JSON: it decodes to text that is no JSON object."),
                     QStringLiteral("This is no credential of Lava."));
            return;
        }
        m_report.kind = CredentialKind::ForwardToken;
        if (inner.size() != decoded.size()) {
            m_report.layers.append(QStringLiteral("encoded_newline"));
            addWhole(Severity::Note, "encoded_newline",
                     QStringLiteral("A blank or line break was encoded along; it does no harm."),
                     QStringLiteral("Use `echo -n` or printf when encoding by hand."));
        }
        const qsizetype skipped = decoded.indexOf(inner.isEmpty() ? '\0' : inner[0]);
        readTokenJson(
            inner,
            [&](ByteRange range) {
                return place({range.begin + skipped, range.end + skipped});
            },
            m_report);
    }

    QString headline() const {
        const QString mode = m_report.mode == Mode::Live   ? QStringLiteral("Live")
                             : m_report.mode == Mode::Test ? QStringLiteral("Test")
                                                           : QString();
        const auto first =
            std::find_if(m_report.findings.begin(), m_report.findings.end(),
                         [](const Finding& finding) { return finding.severity == Severity::Error; });
        const auto withMode = [&](const QString& noun) {
            QString text = mode.isEmpty() ? noun : mode + QLatin1Char(' ') + noun;
            text[0] = text[0].toUpper();
            return text;
        };
        switch (m_report.kind) {
        case CredentialKind::ForwardToken:
            if (first != m_report.findings.end())
                return QStringLiteral("%1 that will not work: %2")
                    .arg(withMode(QStringLiteral("forward token")), first->message);
            return QStringLiteral("%1: %2.").arg(withMode(QStringLiteral("forward token")),
                                                 payerPhrase(*m_report.parsed));
        case CredentialKind::SecretKey:
            if (first != m_report.findings.end())
                return QStringLiteral("%1 that will not work: %2")
                    .arg(withMode(QStringLiteral("secret key")), first->message);
            return QStringLiteral("%1: %2.").arg(withMode(QStringLiteral("secret key")),
                                                 payerPhrase(*m_report.parsed));
        case CredentialKind::SpendKey:
        case CredentialKind::WalletKey:
        case CredentialKind::ProviderKey:
        case CredentialKind::Jwt:
            break;
        case CredentialKind::Unknown:
            return first == m_report.findings.end()
                       ? QStringLiteral("This is no credential that Lava knows.")
                       : QStringLiteral("This is no credential that Lava knows. ") + first->message;
        }
        return first != m_report.findings.end() ? first->message
                                                : QStringLiteral("This is no credential that Lava knows.");
    }

    SourcedText m_text;
    TokenReport m_report;
    int m_depth = 0;
};

} // namespace

TokenReport inspectToken(QByteArrayView pasted) {
    if (pasted.size() > largestPaste) {
        TokenReport report;
        report.headline =
            QStringLiteral("This is larger than 64 MiB and was not looked at: no credential is.");
        report.findings.push_back({Severity::Error, QStringLiteral("too_large"), report.headline,
                                   QStringLiteral("Paste the credential alone."), std::nullopt});
        return report;
    }
    return Inspection(peel(pasted)).run();
}

} // namespace lavascope
