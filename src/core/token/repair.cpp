// SPDX-License-Identifier: MIT
#include "core/token/repair.h"

#include "core/base/lookalike.h"
#include "core/base/visible_text.h"
#include "core/json/document.h"
#include "core/json/writer.h"
#include "core/token/field_check.h"

#include <QSet>
#include <QStringDecoder>

#include <algorithm>
#include <array>
#include <functional>

namespace lavascope {

namespace {

using Mended = std::optional<QByteArray>;

/// What becomes of one member of the token's JSON: its new text, or nothing to leave it out.
using MemberMend = std::function<Mended(json::View member)>;

QByteArray asItIs(json::View member) {
    return '"' + member.rawName().toByteArray() + "\":" + member.raw().toByteArray();
}

QByteArray withValue(json::View member, const QByteArray& value) {
    return '"' + member.rawName().toByteArray() + "\":" + value;
}

// A token that cannot be decoded whole has nothing that could be kept.
QByteArray decodedJson(const TokenReport& report) {
    const QByteArray credential = report.credential.reveal();
    return credential.startsWith('{') ? credential : QByteArray::fromBase64(credential);
}

Mended rewritten(const TokenReport& report, const MemberMend& mend) {
    const QByteArray json = decodedJson(report);
    json::Document document;
    if (document.scan(json) || !document.root().isObject())
        return std::nullopt;
    QByteArray mended;
    for (json::View member = document.root().firstChild(); member.exists(); member = member.nextSibling())
        if (const Mended text = mend(member))
            mended += (mended.isEmpty() ? QByteArray() : QByteArray(",")) + *text;
    return ('{' + mended + '}').toBase64();
}

Mended withMendedTexts(const TokenReport& report, const std::function<QString(const QString&)>& mend) {
    return rewritten(report, [&](json::View member) -> Mended {
        const KnownField* known = knownField(member);
        if (!known || known->content == Content::Flag || !member.isString())
            return asItIs(member);
        const QString text = member.toString();
        const QString mended = mend(text);
        return mended == text ? asItIs(member) : withValue(member, json::quoted(mended));
    });
}

Mended credentialAlone(const TokenReport& report) {
    return report.credential.isEmpty() ? std::nullopt : Mended(report.credential.reveal());
}

Mended encoded(const TokenReport& report) {
    return rewritten(report, [](json::View member) { return asItIs(member); });
}

Mended withoutMark(const TokenReport& report) {
    const QByteArray json = decodedJson(report);
    return json.startsWith("\xEF\xBB\xBF") ? Mended(json.sliced(3).toBase64()) : std::nullopt;
}

Mended withoutBlanksAround(const TokenReport& report) {
    return decodedJson(report).trimmed().toBase64();
}

Mended fromUtf16(const TokenReport& report) {
    const QByteArray bytes = decodedJson(report);
    const bool isBig = bytes.startsWith("\xFE\xFF") || bytes.startsWith('\0');
    QStringDecoder decoder(isBig ? QStringDecoder::Utf16BE : QStringDecoder::Utf16LE);
    const QString text = decoder(bytes);
    return decoder.hasError() ? std::nullopt : Mended(text.toUtf8().toBase64());
}

Mended trimmed(const TokenReport& report) {
    return withMendedTexts(report, [](const QString& text) { return text.trimmed(); });
}

Mended withoutInvisible(const TokenReport& report) {
    return withMendedTexts(report, [](const QString& text) {
        QList<uint> points = text.toUcs4();
        points.removeIf([](uint point) { return isDeceptive(point) || point == '\n' || point == '\t'; });
        std::u32string kept(points.begin(), points.end());
        return QString::fromStdU32String(kept);
    });
}

Mended inPlainLetters(const TokenReport& report) {
    return withMendedTexts(report, withoutLookalikes);
}

Mended withoutEmptyFields(const TokenReport& report) {
    bool keyIsEmpty = false;
    const Mended mended = rewritten(report, [&](json::View member) -> Mended {
        const bool isEmpty = member.isString() && knownField(member) && member.toString().isEmpty();
        keyIsEmpty = keyIsEmpty || (isEmpty && member.name() == QStringLiteral("secret_key"));
        return isEmpty ? std::nullopt : Mended(asItIs(member));
    });
    return keyIsEmpty ? std::nullopt : mended;
}

Mended withRightTypes(const TokenReport& report) {
    bool clear = true;
    const Mended mended = rewritten(report, [&](json::View member) -> Mended {
        const KnownField* known = knownField(member);
        if (!known || member.isNull())
            return asItIs(member);
        if (known->content == Content::Flag) {
            const QString text = member.toString();
            const bool isWord = text == QStringLiteral("true") || text == QStringLiteral("false");
            clear = clear && (member.isBool() || isWord);
            return isWord ? withValue(member, text.toLatin1()) : asItIs(member);
        }
        const bool isNumberedId = known->content == Content::Text && member.isNumber();
        clear = clear && (member.isString() || isNumberedId);
        return isNumberedId ? withValue(member, '"' + member.raw().toByteArray() + '"') : asItIs(member);
    });
    return clear ? mended : std::nullopt;
}

Mended without(const TokenReport& report, const QString& name) {
    return rewritten(report, [&](json::View member) -> Mended {
        return member.name() == name ? std::nullopt : Mended(asItIs(member));
    });
}

Mended withoutFlag(const TokenReport& report) {
    return without(report, QStringLiteral("disable_billing"));
}

// JSON.parse of JavaScript takes the last one, so that is what was in force where it was read by the SDK.
Mended withLastDuplicates(const TokenReport& report) {
    QStringList names;
    const Mended whole = rewritten(report, [&](json::View member) -> Mended {
        names.append(member.name());
        return asItIs(member);
    });
    if (!whole)
        return std::nullopt;
    QHash<QString, qsizetype> last;
    for (qsizetype i = 0; i < names.size(); ++i)
        last.insert(names[i], i);
    qsizetype at = 0;
    return rewritten(report, [&](json::View member) -> Mended {
        const bool isLast = last.value(member.name()) == at++;
        return isLast ? Mended(asItIs(member)) : std::nullopt;
    });
}

// Only where the name that was meant is not there as well.
Mended withMeantNames(const TokenReport& report) {
    QSet<QString> present;
    bool renamed = false;
    (void)rewritten(report, [&](json::View member) -> Mended {
        present.insert(member.name());
        return std::nullopt;
    });
    const Mended mended = rewritten(report, [&](json::View member) -> Mended {
        const QString meant = knownField(member) ? QString() : meantFieldName(member.name());
        if (meant.isEmpty() || present.contains(meant))
            return asItIs(member);
        present.insert(meant);
        renamed = true;
        return '"' + meant.toLatin1() + "\":" + member.raw().toByteArray();
    });
    return renamed ? mended : std::nullopt;
}

struct NamedRepair {
    QLatin1String code;
    const char* label;
    Mended (*mend)(const TokenReport&);
};

constexpr const char* alone = "Keep the credential alone";

constexpr std::array<NamedRepair, 29> repairs = {{
    {QLatin1String("utf16"), alone, credentialAlone},
    {QLatin1String("byte_order_mark"), alone, credentialAlone},
    {QLatin1String("surrounding_blanks"), alone, credentialAlone},
    {QLatin1String("no_break_spaces"), alone, credentialAlone},
    {QLatin1String("invisible_characters"), alone, credentialAlone},
    {QLatin1String("lookalike_characters"), alone, credentialAlone},
    {QLatin1String("backslash_escapes"), alone, credentialAlone},
    {QLatin1String("surrounding_text"), alone, credentialAlone},
    {QLatin1String("percent_encoding"), alone, credentialAlone},
    {QLatin1String("lost_plus_signs"), alone, credentialAlone},
    {QLatin1String("line_wraps"), alone, credentialAlone},
    {QLatin1String("base64url"), alone, credentialAlone},
    {QLatin1String("missing_padding"), alone, credentialAlone},
    {QLatin1String("extra_padding"), alone, credentialAlone},
    {QLatin1String("bearer_doubled"), alone, credentialAlone},
    {QLatin1String("double_encoding"), alone, credentialAlone},
    {QLatin1String("not_encoded"), "Encode it", encoded},
    {QLatin1String("encoded_byte_order_mark"), "Encode without the mark", withoutMark},
    {QLatin1String("encoded_newline"), "Encode without line end", withoutBlanksAround},
    {QLatin1String("encoded_utf16"), "Encode as UTF-8", fromUtf16},
    {QLatin1String("blanks_around_value"), "Trim the values", trimmed},
    {QLatin1String("invisible_in_value"), "Remove what is invisible", withoutInvisible},
    {QLatin1String("lookalike_in_value"), "Write plain letters", inPlainLetters},
    {QLatin1String("empty_value"), "Leave empty fields out", withoutEmptyFields},
    {QLatin1String("wrong_type"), "Correct the types", withRightTypes},
    {QLatin1String("duplicate_field"), "Keep the last one", withLastDuplicates},
    {QLatin1String("unknown_field"), "Correct the names", withMeantNames},
    {QLatin1String("flag_is_null"), "Leave disable_billing out", withoutFlag},
    {QLatin1String("disable_billing_meaningless"), "Leave disable_billing out", withoutFlag},
}};

} // namespace

std::optional<Repair> repairFor(const TokenReport& report, const QString& code) {
    const auto* const found = std::find_if(repairs.begin(), repairs.end(),
                                           [&](const NamedRepair& repair) { return repair.code == code; });
    if (found == repairs.end())
        return std::nullopt;
    const Mended mended = found->mend(report);
    return mended ? std::optional(Repair{QString::fromLatin1(found->label), Secret(*mended)}) : std::nullopt;
}

} // namespace lavascope
