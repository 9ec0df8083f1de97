// SPDX-License-Identifier: MIT
#include "core/token/field_check.h"

#include "core/base/lookalike.h"
#include "core/base/visible_text.h"
#include "core/token/display.h"
#include "core/token/foreign_text.h"
#include "core/token/token_json.h"

#include <algorithm>

namespace lavascope {

namespace {

QString typeName(json::View view) {
    switch (view.kind()) {
    case json::Kind::True:
    case json::Kind::False:
        return QStringLiteral("true or false");
    case json::Kind::Number:
        return QStringLiteral("a number");
    case json::Kind::String:
        return QStringLiteral("a text");
    case json::Kind::Array:
        return QStringLiteral("a list");
    case json::Kind::Object:
        return QStringLiteral("an object");
    case json::Kind::Null:
    case json::Kind::Missing:
        break;
    }
    return QStringLiteral("null");
}

QString plainName(const QString& name) {
    QString plain;
    for (QChar c : name)
        if (c.isLetterOrNumber())
            plain += c.toLower();
    return plain;
}

// Blanks that look like the ordinary one, or like nothing.
bool isOddBlank(uint point) {
    return point == 0xA0 || point == 0x1680 || (point >= 0x2000 && point <= 0x200A) || point == 0x202F ||
           point == 0x205F || point == 0x3000;
}

bool isPlaceholder(const QString& text) {
    const QString lower = text.toLower();
    return lower.startsWith(QStringLiteral("your")) || lower.startsWith(QLatin1Char('<')) ||
           lower.startsWith(QLatin1Char('$')) || lower.contains(QStringLiteral("{{"));
}

/// Collects the remarks on one text value.
class TextCheck {
public:
    TextCheck(const KnownField& field, QString text)
        : m_name(field.name)
        , m_isSecret(field.content == Content::Secret)
        , m_text(std::move(text)) {}

    std::vector<FieldRemark> run() {
        if (m_text.isEmpty()) {
            add(Severity::Error, "empty_value",
                QStringLiteral("%1 is there, but empty; that is neither absent nor null.")
                    .arg(QString::fromLatin1(m_name)),
                QStringLiteral("Fill it in or leave it out."));
            return std::move(m_remarks);
        }
        checkCharacters();
        if (m_name == QByteArrayView("secret_key"))
            checkSecretKey();
        else if (m_name == QByteArrayView("provider_key"))
            checkProviderKey();
        else if (!m_isSecret)
            checkId();
        return std::move(m_remarks);
    }

private:
    void add(Severity severity, const char* code, const QString& sentence, const QString& fix) {
        m_remarks.push_back({severity, Step::Values, code, sentence, fix});
    }

    // In a key such a character is certainly wrong; a slug may have been made with it.
    void checkCharacters() {
        if (std::all_of(m_text.begin(), m_text.end(), [](QChar c) { return c > u' ' && c <= u'~'; }))
            return;
        const Severity severity = m_isSecret ? Severity::Error : Severity::Warning;
        if (m_text.trimmed() != m_text)
            add(severity, "blanks_around_value",
                QStringLiteral("%1 begins or ends with a blank or a line end.")
                    .arg(QString::fromLatin1(m_name)),
                QStringLiteral("Remove it and build the token again."));
        const QList<uint> points = m_text.trimmed().toUcs4();
        const auto odd = std::find_if(points.begin(), points.end(), [](uint point) {
            return isDeceptive(point) || isOddBlank(point) || point == '\n' || point == '\t';
        });
        if (odd != points.end())
            add(severity, "invisible_in_value",
                QStringLiteral("%1 holds the invisible character U+%2.")
                    .arg(QString::fromLatin1(m_name),
                         QStringLiteral("%1").arg(*odd, 4, 16, QLatin1Char('0')).toUpper()),
                QStringLiteral("Remove it and build the token again."));
        checkLookalikes(points);
        if (!m_isSecret)
            return;
        if (!m_text.isValidUtf16()) {
            add(Severity::Error, "secret_not_utf8",
                QStringLiteral("%1 holds half a character, which no key has.")
                    .arg(QString::fromLatin1(m_name)),
                QStringLiteral("Copy the key again and build a new token."));
            m_remarks.back().losesValue = true;
        } else if (m_text.trimmed().contains(QLatin1Char(' '))) {
            add(Severity::Error, "blank_in_key",
                QStringLiteral("%1 holds a blank, which no key has.").arg(QString::fromLatin1(m_name)),
                QStringLiteral("Copy the key again and build a new token."));
        }
    }

    // A slug may well be a word of another script; only a mixture is suspicious.
    void checkLookalikes(const QList<uint>& points) {
        const auto isAsciiWord = [](uint point) { return point < 0x80 && QChar::isLetterOrNumber(point); };
        const auto foreign = std::find_if(points.begin(), points.end(),
                                          [](uint point) { return asciiLookalike(point).has_value(); });
        if (foreign == points.end() || std::none_of(points.begin(), points.end(), isAsciiWord))
            return;
        add(m_isSecret ? Severity::Error : Severity::Warning, "lookalike_in_value",
            QStringLiteral("%1 holds U+%2, which only looks like '%3'.")
                .arg(QString::fromLatin1(m_name),
                     QStringLiteral("%1").arg(*foreign, 4, 16, QLatin1Char('0')).toUpper(),
                     QChar::fromLatin1(asciiLookalike(*foreign).value_or('?'))),
            QStringLiteral("Write the plain character and build the token again."));
    }

    void checkSecretKey() {
        const QByteArray key = m_text.trimmed().toUtf8();
        const CredentialKind kind = kindByPrefix(key);
        const QString fix = QStringLiteral("Put the merchant's aks_live_ or aks_test_ key there.");
        QString what;
        if (kind == CredentialKind::SecretKey) {
            checkWholeness(key);
            return;
        }
        if (isPlaceholder(m_text))
            what = QStringLiteral("secret_key holds a placeholder instead of a key.");
        else if (kind == CredentialKind::Unknown)
            what = QStringLiteral("secret_key begins neither with aks_live_ nor with aks_test_.");
        else
            what = QStringLiteral("secret_key holds a %1 instead of a secret key.")
                       .arg(QString::fromLatin1(kindName(kind)).replace(QLatin1Char('_'), QLatin1Char(' ')));
        add(Severity::Error, "secret_key_wrong_kind", what, fix);
    }

    // The same that is said of a key that stands alone.
    void checkWholeness(const QByteArray& key) {
        const QString fix = QStringLiteral("Copy the whole key and build a new token.");
        const auto isKeyCharacter = [](char c) { return c > ' ' && c <= '~'; };
        if (const QString masked = maskRemark(key); !masked.isEmpty())
            add(Severity::Error, "masked",
                QStringLiteral("%1 was masked for showing; the middle of it is missing.")
                    .arg(QString::fromLatin1(m_name)),
                fix);
        else if (key.size() == shownPartsOf(key).prefix.size())
            add(Severity::Error, "key_is_prefix",
                QStringLiteral("%1 is only the prefix of a key.").arg(QString::fromLatin1(m_name)), fix);
        else if (m_remarks.empty() && !std::all_of(key.begin(), key.end(), isKeyCharacter))
            add(Severity::Error, "key_bad_character",
                QStringLiteral("%1 holds a character that no key has.").arg(QString::fromLatin1(m_name)),
                fix);
    }

    void checkProviderKey() {
        const QByteArray key = m_text.trimmed().toUtf8();
        const CredentialKind kind = kindByPrefix(key);
        if (kind == CredentialKind::ProviderKey || kind == CredentialKind::Unknown)
            checkWholeness(key);
        if (kind == CredentialKind::SecretKey || kind == CredentialKind::SpendKey ||
            kind == CredentialKind::WalletKey || kind == CredentialKind::ForwardToken)
            add(Severity::Error, "provider_key_wrong_kind",
                QStringLiteral("provider_key holds a credential of Lava's instead of a provider's."),
                QStringLiteral("Put the provider's own key there, or leave it out."));
    }

    void checkId() {
        if (holdsCredential(m_text.toUtf8()))
            add(Severity::Warning, "credential_in_id",
                QStringLiteral("%1 holds what looks like a key.").arg(QString::fromLatin1(m_name)),
                QStringLiteral("Check that the fields were not mixed up."));
        if (isPlaceholderId(m_text.toUtf8()))
            add(Severity::Warning, "placeholder_in_id",
                QStringLiteral("%1 holds a word that stands where an id was missing.")
                    .arg(QString::fromLatin1(m_name)),
                QStringLiteral("Put the real one there, or leave it out."));
        const bool slugIsId =
            m_name == QByteArrayView("meter_slug") && m_text.startsWith(QStringLiteral("prd_"));
        if (slugIsId)
            add(Severity::Warning, "meter_id_for_slug",
                QStringLiteral("meter_slug holds what looks like a meter's id, not its slug."),
                QStringLiteral("Take the slug from the dashboard."));
        const bool otherId = m_name != QByteArrayView("meter_slug") && isIdOfSomethingElse(m_text.toUtf8());
        if (otherId)
            add(Severity::Warning, "customer_id_wrong_kind",
                QStringLiteral("%1 holds the id of something else, not of a customer.")
                    .arg(QString::fromLatin1(m_name)),
                QStringLiteral("Ids of customers begin with con_."));
    }

    QByteArrayView m_name;
    bool m_isSecret;
    QString m_text;
    std::vector<FieldRemark> m_remarks;
};

} // namespace

const std::array<KnownField, 8>& knownFields() {
    static constexpr std::array<KnownField, 8> fields = {{
        {"secret_key", Content::Secret, true},
        {"customer_id", Content::Text, true},
        {"meter_slug", Content::Text, true},
        {"provider_key", Content::Secret, true},
        {"disable_billing", Content::Flag, true},
        {"connection_id", Content::Text, false},
        {"connection_secret", Content::Secret, false},
        {"product_secret", Content::Secret, false},
    }};
    return fields;
}

const KnownField* knownField(QByteArrayView name) {
    for (const KnownField& field : knownFields())
        // Most differ in length already; comparing bytes is a call.
        if (name.size() == field.name.size() && name == field.name)
            return &field;
    return nullptr;
}

const KnownField* knownField(json::View member) {
    const QByteArrayView raw = member.rawName();
    return raw.contains('\\') ? knownField(member.name().toUtf8()) : knownField(raw);
}

bool isIdOfSomethingElse(QByteArrayView id) {
    return id.startsWith("req_") || id.startsWith("prd_");
}

bool isPlaceholderId(QByteArrayView id) {
    constexpr std::array<QByteArrayView, 6> words = {"undefined",       "null", "none", "nan",
                                                     "[object object]", "nil"};
    constexpr QByteArrayView beginning = "your";
    constexpr qsizetype longestWord = 15;
    if (id.size() >= beginning.size() &&
        id.first(beginning.size()).compare(beginning, Qt::CaseInsensitive) == 0)
        return true;
    return id.size() <= longestWord && std::any_of(words.begin(), words.end(), [&](QByteArrayView word) {
               return id.compare(word, Qt::CaseInsensitive) == 0;
           });
}

QString meantFieldName(const QString& name) {
    constexpr qsizetype longestName = 32;
    if (name.size() > longestName)
        return {};
    const QString plain = plainName(name);
    for (const KnownField& field : knownFields())
        if (plain == plainName(QString::fromLatin1(field.name)))
            return QString::fromLatin1(field.name);
    return {};
}

TokenFieldReport shownField(const KnownField& field, json::View view, const QStringList& secrets) {
    TokenFieldReport shown;
    if (!view.exists() || view.isNull()) {
        shown.name = QString::fromLatin1(field.name);
        shown.state = view.isNull() ? FieldState::Null : FieldState::Absent;
        return shown;
    }
    QByteArray utf8;
    if (view.isString())
        view.appendUtf8(utf8);
    else
        utf8 = view.raw().toByteArray();
    const bool isSecretByItself = field.content == Content::Secret || holdsCredential(utf8);
    const QString text = view.isString() ? view.toString() : QString::fromUtf8(utf8);
    if (isSecretByItself || holdsAnyOf(text, secrets)) {
        shown = secretField(field.name, utf8);
    } else {
        shown.name = QString::fromLatin1(field.name);
        shown.state = FieldState::Value;
        shown.value = text;
        shown.masked = shownLine(text);
    }
    shown.isText = view.isString();
    return shown;
}

std::vector<FieldRemark> fieldRemarks(const KnownField& field, json::View view) {
    if (!view.exists())
        return {};
    const bool isFlag = field.content == Content::Flag;
    if (view.isNull()) {
        if (!isFlag)
            return {};
        return {{Severity::Warning, Step::Shape, "flag_is_null",
                 QStringLiteral("%1 is null; only true and false are documented.")
                     .arg(QString::fromLatin1(field.name)),
                 QStringLiteral("Leave it out, or write true or false.")}};
    }
    if (isFlag ? !view.isBool() : !view.isString())
        return {{Severity::Error, Step::Shape, "wrong_type",
                 QStringLiteral("%1 is %2, but must be %3.")
                     .arg(QString::fromLatin1(field.name), typeName(view),
                          isFlag ? QStringLiteral("true or false") : QStringLiteral("a text or null")),
                 isFlag ? QStringLiteral("Write true or false, without quotes.")
                        : QStringLiteral("Put it in quotes."),
                 true}};
    return isFlag ? std::vector<FieldRemark>() : TextCheck(field, view.toString()).run();
}

} // namespace lavascope
