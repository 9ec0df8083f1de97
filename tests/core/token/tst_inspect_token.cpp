// SPDX-License-Identifier: MIT
#include "core/token/inspect_token.h"
#include "worked_examples.h"

#include <QElapsedTimer>
#include <QStringConverter>
#include <QTest>

#include <algorithm>

using namespace lavascope;

class TestInspectToken : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void workedExample_isReadBackAsItWasBuilt_data();
    void workedExample_isReadBackAsItWasBuilt();
    void wrapping_isTakenOffInOrder_data();
    void wrapping_isTakenOffInOrder();
    void wrappedToken_keepsEveryField_data();
    void wrappedToken_keepsEveryField();
    void credential_isRecognised_data();
    void credential_isRecognised();
    void brokenToken_namesStepAndOffset_data();
    void brokenToken_namesStepAndOffset();
    void tokenJson_isJudged_data();
    void tokenJson_isJudged();
    void oldGeneration_isNamedAndReadable_data();
    void oldGeneration_isNamedAndReadable();
    void fields_areAlwaysTheFiveInOrder();
    void absentNullAndValue_areThreeThings();
    void headline_isATrueSentence_data();
    void headline_isATrueSentence();
    void secrets_areNeverShown_data();
    void secrets_areNeverShown();
    void cutToken_stillShowsWhatCameBefore();
    void hugePaste_isRefused();
    void hostilePaste_isReadInLinearTime_data();
    void hostilePaste_isReadInLinearTime();
    void manyFaults_areListedUpToAHundred();
};

namespace {

const QByteArray token =
    "eyJzZWNyZXRfa2V5IjoiYWtzX2xpdmVfRVhBTVBMRW5vdEFSZWFsS2V5MDAwMCIsImN1c3RvbWVyX2lkIjoiY29ubl9hYm"
    "MxMjMiLCJtZXRlcl9zbHVnIjoibXktbWV0ZXIifQ==";

QByteArray tokenOf(QByteArrayView json) {
    return json.toByteArray().toBase64();
}

QStringList codesOf(const TokenReport& report) {
    QStringList codes;
    for (const Finding& finding : report.findings)
        codes.append(finding.code);
    return codes;
}

const Finding* findingOf(const TokenReport& report, const QString& code) {
    for (const Finding& finding : report.findings)
        if (finding.code == code)
            return &finding;
    return nullptr;
}

const TokenFieldReport* fieldOf(const TokenReport& report, const char* name) {
    for (const TokenFieldReport& field : report.fields)
        if (field.name == QLatin1String(name))
            return &field;
    return nullptr;
}

} // namespace

void TestInspectToken::workedExample_isReadBackAsItWasBuilt_data() {
    QTest::addColumn<int>("index");
    for (int i = 0; i < workedExamples().size(); ++i)
        QTest::newRow(workedExamples().at(i).name) << i;
}

void TestInspectToken::workedExample_isReadBackAsItWasBuilt() {
    QFETCH(int, index);
    const WorkedExample example = workedExamples().at(index);
    const TokenReport report = inspectToken(example.token);
    QCOMPARE(report.kind, CredentialKind::ForwardToken);
    QVERIFY(report.parsed.has_value());
    QCOMPARE(*report.parsed, example.fields);
    QCOMPARE(QByteArray(payerName(report.payer)), QByteArray(payerName(example.payer)));
    QCOMPARE(report.usable, example.payer != Payer::Unknown);
    QCOMPARE(report.credential.reveal(), example.token);
    QCOMPARE(report.layers, QStringList());
}

void TestInspectToken::wrapping_isTakenOffInOrder_data() {
    QTest::addColumn<QByteArray>("pasted");
    QTest::addColumn<QString>("layers");
    const auto row = [](const char* name, const QByteArray& pasted, const char* layers) {
        QTest::newRow(name) << pasted << QString::fromLatin1(layers);
    };
    QByteArray wrapped = token;
    wrapped.insert(76, '\n');
    QByteArray wrappedCrLf = token;
    wrappedCrLf.insert(76, "\r\n    ");
    QByteArray zeroWidth = token;
    zeroWidth.insert(40, "\xE2\x80\x8B");
    QByteArray doubledPadding = token + "==";
    const QByteArray plusToken = workedExamples().at(8).token;
    QByteArray urlSafe = plusToken;
    urlSafe.replace('+', '-').replace('/', '_');
    QByteArray utf16 = "\xFF\xFE";
    for (char c : token)
        utf16 += QByteArray(1, c) + QByteArray(1, '\0');

    row("nothing", token, "");
    row("line feed at the end", token + "\n", "");
    row("CRLF", token + "\r\n", "surrounding_blanks");
    row("blanks around", "  " + token + " \t", "surrounding_blanks");
    row("Bearer", "Bearer " + token, "bearer");
    row("bearer in any case", "bEARER\t" + token, "bearer");
    row("Bearer twice", "Bearer Bearer " + token, "bearer bearer");
    row("header", "Authorization: Bearer " + token, "header_name bearer");
    row("header of Anthropic", "x-api-key: " + token, "header_name");
    row("header of Google", "X-Goog-Api-Key:" + token, "header_name");
    row("header of ElevenLabs", "xi-api-key: " + token, "header_name");
    row("header option of curl", "-H 'Authorization: Bearer " + token + "'", "header_name bearer quotes");
    row("JSON member", "\"Authorization\": \"Bearer " + token + "\",",
        "header_name punctuation quotes bearer");
    row("double quotes", "\"" + token + "\"", "quotes");
    row("single quotes", "'" + token + "'", "quotes");
    row("backticks", "`" + token + "`", "quotes");
    row("smart quotes", "\xE2\x80\x9C" + token + "\xE2\x80\x9D", "quotes");
    row("half a pair of quotes", token + "\"", "quotes");
    row("export", "export LAVA_TOKEN=" + token, "assignment");
    row("export with quotes", "export LAVA_TOKEN=\"" + token + "\"\n", "assignment quotes");
    row("line of .env", "LAVA_FORWARD_TOKEN=" + token + "\r\n", "surrounding_blanks assignment");
    row("PowerShell", "$env:LAVA_TOKEN = '" + token + "'", "assignment quotes");
    row("cmd", "set LAVA_TOKEN=" + token, "assignment");
    row("JavaScript", "const token = \"" + token + "\";", "assignment punctuation quotes");
    row("YAML", "lava_token: " + token, "assignment");
    row("option", "--token=" + token, "assignment");
    row("byte order mark", "\xEF\xBB\xBF" + token, "byte_order_mark");
    row("zero-width space inside", zeroWidth, "invisible_characters");
    row("soft hyphen and word joiner", "\xC2\xAD" + token + "\xE2\x81\xA0", "invisible_characters");
    row("no-break space after Bearer", "Bearer\xC2\xA0" + token, "no_break_spaces bearer");
    row("wrapped at 76", wrapped, "line_wraps");
    row("wrapped and indented", wrappedCrLf, "line_wraps");
    row("wrapped header", "Authorization: Bearer " + wrapped + "\n", "header_name bearer line_wraps");
    row("percent-encoded", QByteArray(token).replace("=", "%3D"), "percent_encoding");
    row("percent-encoded twice", QByteArray(token).replace("=", "%253D"),
        "percent_encoding percent_encoding");
    row("percent-encoded with Bearer", "Bearer%20" + token, "percent_encoding bearer");
    row("escaped slash and line feed", QByteArray(plusToken).replace("/", "\\/") + "\\n",
        "backslash_escapes surrounding_blanks");
    row("escaped quotes", "\\\"" + token + "\\\"", "backslash_escapes quotes");
    row("plus signs that became blanks", QByteArray(plusToken).replace('+', ' '), "lost_plus_signs");
    row("URL-safe alphabet", urlSafe, "base64url");
    row("padding missing", token.chopped(2), "missing_padding");
    row("half of the padding missing", token.chopped(1), "missing_padding");
    row("URL-safe without padding", QByteArray(urlSafe).replace("=", ""), "base64url missing_padding");
    row("padding doubled", doubledPadding, "extra_padding");
    row("encoded twice", token.toBase64(), "double_encoding");
    row("encoded with Bearer", ("Bearer " + token).toBase64(), "double_encoding bearer");
    row("encoded three times", token.toBase64().toBase64(), "double_encoding double_encoding");
    row("UTF-16", utf16, "utf16");
    QByteArray fullWidth = token;
    fullWidth.chop(1);
    row("Cyrillic letter",
        token.first(token.indexOf('c')) + "\xD1\x81" + token.sliced(token.indexOf('c') + 1),
        "lookalike_characters");
    row("full-width equals sign", fullWidth + "\xEF\xBC\x9D", "lookalike_characters");
    row("curl with single quotes",
        "curl 'https://api.lava.so/v1/forward?u=x' -H 'Authorization: Bearer " + token + "' -d '{}'",
        "surrounding_text");
    row("curl with double quotes and a continued line",
        "curl https://api.lava.so \\\n  --header \"Authorization: Bearer " + token + "\" \\\n  -d @x",
        "backslash_escapes surrounding_text");
    row("curl with ANSI quotes", "curl -H $'Authorization: Bearer " + token + "' https://api.lava.so",
        "surrounding_text");
    row("curl without quotes", "curl -H Authorization:Bearer\\ " + token + " https://api.lava.so",
        "surrounding_text");
    row("curl for cmd", "curl ^\r\n -H \"x-api-key: " + token + "\" ^\r\n https://api.lava.so",
        "surrounding_text");
    row("curl of PowerShell", "curl.exe `\n -H \"x-goog-api-key: " + token + "\" `\n https://api.lava.so",
        "surrounding_text");
    row("curl with its own option", "curl --oauth2-bearer '" + token + "' https://api.lava.so",
        "surrounding_text");
    row("key in a URL", "https://api.lava.so/v1/forward?u=https%3A%2F%2Fx&key=" + token, "surrounding_text");
    row("key encoded in a URL", "https://api.lava.so/v1/forward?key=" + QByteArray(token).replace("=", "%3D"),
        "surrounding_text percent_encoding");
    row("YAML in quotes", "  lava_token: \"" + token + "\"  # ours\n",
        "surrounding_blanks assignment surrounding_text");
    row("TOML", "token = '" + token + "'", "assignment quotes");
    row("Dockerfile", "ENV LAVA_TOKEN=" + token, "surrounding_text");
    row("fish", "set -x LAVA_TOKEN " + token, "surrounding_text");
    row("log line of JSON", "{\"level\":\"warn\",\"auth\":\"Bearer " + token + "\",\"status\":401}",
        "surrounding_text");
    row("Markdown", "Here it is:\n```\n" + token + "\n```\n", "surrounding_text");
    row("HTML", "<code>" + token + "</code>", "surrounding_text");
    row("line feed encoded along", (QByteArray::fromBase64(token) + "\n").toBase64(), "encoded_newline");
}

void TestInspectToken::wrapping_isTakenOffInOrder() {
    QFETCH(QByteArray, pasted);
    QFETCH(QString, layers);
    const TokenReport report = inspectToken(pasted);
    QCOMPARE(report.layers.join(QLatin1Char(' ')), layers);
    QCOMPARE(report.kind, CredentialKind::ForwardToken);
    QVERIFY2(report.usable, qPrintable(codesOf(report).join(QLatin1Char(' '))));
}

void TestInspectToken::wrappedToken_keepsEveryField_data() {
    wrapping_isTakenOffInOrder_data();
}

void TestInspectToken::wrappedToken_keepsEveryField() {
    QFETCH(QByteArray, pasted);
    const TokenReport report = inspectToken(pasted);
    QVERIFY(report.parsed.has_value());
    const bool known =
        *report.parsed == workedExamples().at(3).fields || *report.parsed == workedExamples().at(8).fields;
    QVERIFY(known);
    const QByteArray sent = report.credential.reveal();
    QCOMPARE(QByteArray::fromBase64(sent).toBase64(), sent);
    for (const Finding& finding : report.findings) {
        QVERIFY(finding.range.has_value());
        QVERIFY(finding.range->begin >= 0 && finding.range->begin <= finding.range->end);
        QVERIFY(finding.range->end <= pasted.size());
    }
}

void TestInspectToken::credential_isRecognised_data() {
    QTest::addColumn<QByteArray>("pasted");
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<bool>("usable");
    QTest::addColumn<QString>("code");
    const auto row = [](const char* name, const QByteArray& pasted, const char* kind, bool usable,
                        const char* code) {
        QTest::newRow(name) << pasted << QByteArray(kind) << usable << QString::fromLatin1(code);
    };
    row("live key", "aks_live_abcdefghijkl", "secret_key", true, "bare_key");
    row("test key with Bearer", "Bearer aks_test_abcdefghijkl\n", "secret_key", true, "bare_key");
    row("key encoded alone", QByteArray("aks_test_abcdefghijkl").toBase64(), "secret_key", true,
        "double_encoding");
    row("key with blank", "aks_live_abc def", "secret_key", false, "key_bad_character");
    row("two keys", "aks_live_abc\naks_live_def", "secret_key", false, "key_bad_character");
    row("masked key",
        "aks_live_\xE2\x80\xA6"
        "9f3c",
        "secret_key", false, "masked");
    row("starred key", "aks_live_********9f3c", "secret_key", false, "masked");
    row("prefix alone", "aks_live_", "secret_key", false, "key_is_prefix");
    row("key without mode", "aks_abcdefghijkl", "unknown", false, "key_without_mode");
    row("spend key", "lava_sk_abcdefghijkl", "spend_key", false, "spend_key");
    row("wallet key", "lava_wk_abcdefghijkl", "wallet_key", false, "wallet_key");
    const QByteArray token = QByteArray("{\"secret_key\":\"aks_test_abcdefghijkl\"}").toBase64();
    row("in a command",
        "curl https://api.lava.so/v1/forward?u=x -H \"Authorization: Bearer " + token + "\" -d '{}'",
        "forward_token", true, "surrounding_text");
    row("in a source line", "fetch(url, {headers: {Authorization: `Bearer " + token + "`}})", "forward_token",
        true, "surrounding_text");
    row("in a log line", "2026-11-01 12:00 auth=\"Bearer " + token + "\" status=401", "forward_token", true,
        "surrounding_text");
    row("in a sentence", "my key is aks_live_abcdefghijkl.", "secret_key", true, "surrounding_text");
    row("in a URL", "https://a.example/?v=1&key=aks_live_abcdefghijkl&b=1", "secret_key", true,
        "surrounding_text");
    row("Lava's before a provider's", "sk-proj-abcdefghijkl or aks_live_abcdefghijkl?", "secret_key", true,
        "surrounding_text");
    row("words alone", "keys begin with aks_test_ or eyJ, you know", "unknown", false,
        "base64_bad_character");
    row("OpenAI", "sk-proj-abcdefghijkl", "provider_key", false, "provider_key");
    row("Anthropic", "x-api-key: sk-ant-abcdefghijkl", "provider_key", false, "provider_key");
    row("Google", "AIzaabcdefghijkl", "provider_key", false, "provider_key");
    row("ElevenLabs", "sk_abcdefghijkl", "provider_key", false, "provider_key");
    row("Stripe", "sk_live_abcdefghijkl", "unknown", false, "stripe_key");
    row("connection secret", "cons_live_abcdefghijkl", "unknown", false, "retired_secret");
    row("product secret", "ps_live_abcdefghijkl", "unknown", false, "retired_secret");
    row("customer's id", "conn_abc123", "unknown", false, "object_id");
    row("request's id", "req_01234567890abcdef", "unknown", false, "object_id");
    row("JWT", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "jwt", false, "jwt");
    row("wrapped JWT", "Bearer eyJhbGciOiJIUzI1NiJ9.\neyJzdWIiOiIxIn0.c2ln", "jwt", false, "jwt");
    row("unsigned JWT", "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.", "jwt", false, "jwt");
    row("encrypted JWT", "eyJhbGciOiJSU0EtT0FFUCJ9.a.b.c.d", "jwt", false, "jwt");
    row("dotted", "aks_live_abcd.cons_live_efgh.ps_live_ijkl", "forward_token", false, "dotted");
    row("dotted and encoded", QByteArray("aks_live_abcd.cons_live_efgh.ps_live_ijkl.sk-x").toBase64(),
        "forward_token", false, "dotted");
    row("JSON not encoded", R"({"secret_key":"aks_live_abcd"})", "forward_token", false, "not_encoded");
    row("JSON in quotes", "'{\"secret_key\":\"aks_live_abcd\"}'", "forward_token", false, "not_encoded");
    row("JSON in hexadecimal", QByteArray(R"({"secret_key":"aks_live_abcd"})").toHex(), "unknown", false,
        "hexadecimal");
    row("variable", "$LAVA_TOKEN", "unknown", false, "placeholder");
    row("variable after Bearer", "Authorization: Bearer ${LAVA_TOKEN}", "unknown", false, "placeholder");
    row("placeholder", "<your token>", "unknown", false, "placeholder");
    row("template", "{{token}}", "forward_token", false, "not_encoded");
    row("basic authentication", "Authorization: Basic dXNlcjpwYXNz", "unknown", false, "basic_auth");
    row("gzip", QByteArray::fromHex("1f8b08000000000000030300000000000000").toBase64(), "unknown", false,
        "unknown_credential");
    const QString json = QStringLiteral(R"({"secret_key":"aks_live_abcd"})");
    for (const bool marked : {false, true})
        for (const auto encoding : {QStringConverter::Utf16LE, QStringConverter::Utf16BE}) {
            QStringEncoder encoder(encoding, marked ? QStringConverter::Flag::WriteBom
                                                    : QStringConverter::Flag::Default);
            const QByteArray bytes = encoder(json);
            row(qPrintable(QStringLiteral("UTF-16 %1 %2").arg(int(encoding)).arg(int(marked))),
                bytes.toBase64(), "forward_token", false, "encoded_utf16");
        }
    row("base64 of text", QByteArray("hello, world!").toBase64(), "unknown", false, "unknown_credential");
    row("base64 of a list", QByteArray("[1,2,3]").toBase64(), "unknown", false, "unknown_credential");
    row("base64 of an object without known fields", tokenOf(R"({"customer":"x"})"), "forward_token", false,
        "secret_key_missing");
    row("thirty times Bearer", QByteArray("Bearer ").repeated(30) + "aks_live_abcdefghijkl", "unknown", false,
        "too_many_layers");
    row("empty", "", "unknown", false, "empty");
    row("only blanks", " \r\n\t", "unknown", false, "empty");
    row("Bearer alone", "Bearer ", "unknown", false, "empty");
    row("one character", "a", "unknown", false, "base64_length");
    row("a sentence", "this is not a token", "unknown", false, "base64_bad_character");
    row("a URL", "https://api.lava.so/v1/forward", "unknown", false, "base64_bad_character");
    row("NUL", QByteArray("\0\0\0\0", 4), "unknown", false, "base64_bad_character");
    row("bytes that are no text", "\xFF\xFF\xFF\xFF", "unknown", false, "base64_bad_character");
    row("HTML", "<img src=file:///etc/passwd>", "unknown", false, "placeholder");
}

void TestInspectToken::credential_isRecognised() {
    QFETCH(QByteArray, pasted);
    QFETCH(QByteArray, kind);
    QFETCH(bool, usable);
    QFETCH(QString, code);
    const TokenReport report = inspectToken(pasted);
    QCOMPARE(QByteArray(kindName(report.kind)), kind);
    QVERIFY2(codesOf(report).contains(code), qPrintable(codesOf(report).join(QLatin1Char(' '))));
    QCOMPARE(report.usable, usable);
    QVERIFY(report.headline.endsWith(QLatin1Char('.')));
}

void TestInspectToken::brokenToken_namesStepAndOffset_data() {
    QTest::addColumn<QByteArray>("pasted");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("step");
    QTest::addColumn<qint64>("offset");
    const auto row = [](const char* name, const QByteArray& pasted, const char* code, const char* step,
                        qint64 offset) {
        QTest::newRow(name) << pasted << QString::fromLatin1(code) << QString::fromLatin1(step) << offset;
    };
    QByteArray bang = token;
    bang[30] = '!';
    QByteArray nul = token;
    nul[30] = '\0';
    QByteArray zeroWidthBang = bang;
    zeroWidthBang.insert(10, "\xE2\x80\x8B");
    const QByteArray badUtf8 = QByteArray("{\"secret_key\":\"aks_live_\xFF\"}").toBase64();
    row("bad character", bang, "base64_bad_character", "Base64: ", 30);
    row("bad character behind layers", "Authorization: Bearer \"" + bang + "\"", "base64_bad_character",
        "Base64: ", 53);
    row("bad character behind an invisible one", zeroWidthBang, "base64_bad_character", "Base64: ", 33);
    row("NUL", nul, "base64_bad_character", "Base64: ", 30);
    row("padding in the middle", token + token, "base64_padding_inside", "Base64: ", 134);
    row("one character too few", token.first(65), "base64_length", "Base64: ", 65);
    row("unused bits set", "eyJhIjoxfR==", "base64_loose_bits", "Base64: ", 9);
    row("not UTF-8", badUtf8, "not_utf8", "UTF-8: ", 32);
    row("JSON cut", tokenOf("{\"secret_key\":\"aks_live_x\""), "json_invalid", "JSON: ", 36);
    row("JSON with a comma too many", tokenOf("{\"secret_key\":\"k\",}"), "json_invalid", "JSON: ", 24);
    row("nothing encoded but {", tokenOf("{"), "json_invalid", "JSON: ", 4);
    row("byte order mark encoded along", tokenOf("\xEF\xBB\xBF{\"secret_key\":\"aks_live_x\"}"),
        "encoded_byte_order_mark", "JSON: ", 0);
    row("wrong type", tokenOf(R"({"secret_key":"aks_live_x","customer_id":5})"), "wrong_type", "Shape: ", 54);
    row("empty value", tokenOf(R"({"secret_key":""})"), "empty_value", "Values: ", 18);
}

void TestInspectToken::brokenToken_namesStepAndOffset() {
    QFETCH(QByteArray, pasted);
    QFETCH(QString, code);
    QFETCH(QString, step);
    QFETCH(qint64, offset);
    const TokenReport report = inspectToken(pasted);
    QVERIFY(!report.usable);
    const Finding* finding = findingOf(report, code);
    QVERIFY2(finding, qPrintable(codesOf(report).join(QLatin1Char(' '))));
    QVERIFY2(finding->message.startsWith(step), qPrintable(finding->message));
    QVERIFY(finding->range.has_value());
    QCOMPARE(finding->range->begin, offset);
    QVERIFY(!finding->fix.isEmpty());
}

void TestInspectToken::tokenJson_isJudged_data() {
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("usable");
    QTest::addColumn<QString>("codes");
    const auto row = [](const char* name, const QByteArray& json, bool usable, const char* codes) {
        QTest::newRow(name) << json << usable << QString::fromLatin1(codes);
    };
    row("good", R"({"secret_key":"aks_live_x"})", true, "");
    row("blanks between", R"({ "secret_key" : "aks_live_x" , "meter_slug" : null })", true, "");
    row("duplicate key", R"({"secret_key":"aks_live_a","secret_key":"aks_live_b"})", false,
        "duplicate_field");
    row("duplicate by escapes", R"({"secret_key":"aks_live_a","secret\u005fkey":"aks_live_b"})", false,
        "duplicate_field");
    row("unknown field", R"({"secret_key":"aks_live_x","model":"gpt"})", true, "unknown_field");
    row("camel case", R"({"secretKey":"aks_live_x"})", false, "unknown_field secret_key_missing");
    row("null key", R"({"secret_key":null})", false, "secret_key_missing");
    row("key is a number", R"({"secret_key":5})", false, "wrong_type");
    row("key is an object", R"({"secret_key":{"a":1}})", false, "wrong_type");
    row("flag is a text", R"({"secret_key":"aks_live_x","disable_billing":"true"})", false, "wrong_type");
    row("flag is null", R"({"secret_key":"aks_live_x","disable_billing":null})", true, "flag_is_null");
    row("flag alone", R"({"secret_key":"aks_live_x","disable_billing":true})", true,
        "disable_billing_meaningless");
    row("flag false alone", R"({"secret_key":"aks_live_x","disable_billing":false})", true, "");
    row("customer alone", R"({"secret_key":"aks_live_x","customer_id":"con_a"})", false,
        "customer_without_meter");
    row("customer with null meter", R"({"secret_key":"aks_live_x","customer_id":"con_a","meter_slug":null})",
        false, "customer_without_meter");
    row("empty customer", R"({"secret_key":"aks_live_x","customer_id":"","meter_slug":"m"})", false,
        "empty_value");
    row("empty provider key", R"({"secret_key":"aks_live_x","provider_key":""})", false, "empty_value");
    row("blank in front of key", R"({"secret_key":" aks_live_x"})", false, "blanks_around_value");
    row("line feed after key", R"({"secret_key":"aks_live_x\n"})", false, "blanks_around_value");
    row("blank in key", R"({"secret_key":"aks_live_x y"})", false, "blank_in_key");
    row("NUL in key", R"({"secret_key":"aks_live_x\u0000"})", false, "invisible_in_value");
    row("zero-width in key", "{\"secret_key\":\"aks_live_\xE2\x80\x8Bx\"}", false, "invisible_in_value");
    row("half a character in key", R"({"secret_key":"aks_live_\ud83d"})", false, "secret_not_utf8");
    row("bidi in slug",
        "{\"secret_key\":\"aks_live_x\",\"meter_slug\":\"a\xE2\x80\xAE"
        "b\"}",
        true, "invisible_in_value");
    row("blank after slug", R"({"secret_key":"aks_live_x","meter_slug":"m "})", true, "blanks_around_value");
    row("key of other kind", R"({"secret_key":"foo"})", false, "secret_key_wrong_kind");
    row("placeholder", R"({"secret_key":"YOUR_SECRET_KEY"})", false, "secret_key_wrong_kind");
    row("spend key inside", R"({"secret_key":"lava_sk_x"})", false, "secret_key_wrong_kind");
    row("provider key as secret key", R"({"secret_key":"sk-ant-x"})", false, "secret_key_wrong_kind");
    row("Stripe's key inside", R"({"secret_key":"sk_live_x"})", false, "secret_key_wrong_kind");
    row("secret key as provider key", R"({"secret_key":"aks_live_x","provider_key":"aks_live_x"})", false,
        "provider_key_wrong_kind");
    row("provider key of unknown shape", R"({"secret_key":"aks_live_x","provider_key":"0123abcd"})", true,
        "");
    row("key as customer", R"({"secret_key":"aks_live_x","customer_id":"aks_live_y","meter_slug":"m"})", true,
        "credential_in_id");
    row("request as customer", R"({"secret_key":"aks_live_x","customer_id":"req_1","meter_slug":"m"})", true,
        "customer_id_wrong_kind");
    row("meter's id as slug", R"({"secret_key":"aks_live_x","meter_slug":"prd_1"})", true,
        "meter_id_for_slug");
    row("list", "[\"aks_live_x\"]", false, "unknown_credential");
    row("deep nesting",
        "{\"secret_key\":\"aks_live_x\",\"a\":" + QByteArray(200'000, '[') + QByteArray(200'000, ']') + "}",
        true, "unknown_field longer_than_a_header");
}

void TestInspectToken::tokenJson_isJudged() {
    QFETCH(QByteArray, json);
    QFETCH(bool, usable);
    QFETCH(QString, codes);
    const TokenReport report = inspectToken(tokenOf(json));
    QCOMPARE(codesOf(report).join(QLatin1Char(' ')), codes);
    QCOMPARE(report.usable, usable);
}

void TestInspectToken::oldGeneration_isNamedAndReadable_data() {
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("generation");
    QTest::addColumn<QByteArray>("payer");
    QTest::addColumn<QString>("fields");
    const auto row = [](const char* name, const char* json, const char* generation, const char* payer,
                        const char* more) {
        QTest::newRow(name) << QByteArray(json) << QByteArray(generation) << QByteArray(payer)
                            << QStringLiteral(
                                   "secret_key customer_id meter_slug provider_key disable_billing") +
                                   QString::fromLatin1(more);
    };
    row("G0", R"({"secret_key":"aks_live_x","connection_secret":"cons_live_a","product_secret":"ps_live_b"})",
        "connection_product", "customer", " connection_secret product_secret");
    row("G0 unmanaged",
        R"({"secret_key":"aks_live_x","connection_secret":null,"product_secret":null,"provider_key":"sk-x"})",
        "connection_product", "provider_account", " connection_secret product_secret");
    row("G0 without product", R"({"secret_key":"aks_live_x","connection_secret":"cons_live_a"})",
        "connection_product", "customer", " connection_secret");
    row("G0 without connection", R"({"secret_key":"aks_live_x","product_secret":"ps_live_b"})",
        "connection_product", "unknown", " product_secret");
    row("G1", R"({"secret_key":"aks_live_x","connection_id":"con_a","meter_slug":"m"})", "connection_meter",
        "customer", " connection_id");
    row("G1 unmanaged",
        R"({"secret_key":"aks_live_x","connection_id":null,"meter_slug":null,"provider_key":"sk-x"})",
        "connection_meter", "provider_account", " connection_id");
    row("G2", R"({"secret_key":"aks_live_x","customer_id":"con_a","meter_slug":"m"})", "customer_meter",
        "customer", "");
    row("G4 key only", R"({"secret_key":"aks_live_x"})", "minimal", "merchant", "");
    row("G4 key and provider key", R"({"secret_key":"aks_live_x","provider_key":"sk-x"})", "minimal",
        "provider_account", "");
}

void TestInspectToken::oldGeneration_isNamedAndReadable() {
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, generation);
    QFETCH(QByteArray, payer);
    QFETCH(QString, fields);
    const TokenReport report = inspectToken(tokenOf(json));
    QCOMPARE(QByteArray(generationName(report.generation)), generation);
    QCOMPARE(QByteArray(payerName(report.payer)), payer);
    QStringList names;
    for (const TokenFieldReport& field : report.fields)
        names.append(field.name);
    QCOMPARE(names.join(QLatin1Char(' ')), fields);
    // What nobody documents any more may still work; it is a warning, not a verdict.
    QVERIFY(report.usable);
    QCOMPARE(codesOf(report).contains(QStringLiteral("old_generation")), generation.startsWith("connection"));
}

void TestInspectToken::fields_areAlwaysTheFiveInOrder() {
    const TokenReport report = inspectToken(tokenOf(R"({"disable_billing":true,"secret_key":"aks_test_x"})"));
    QStringList states;
    for (const TokenFieldReport& field : report.fields)
        states.append(field.name + QLatin1Char('=') + QString::number(int(field.state)));
    QCOMPARE(states, (QStringList{QStringLiteral("secret_key=0"), QStringLiteral("customer_id=2"),
                                  QStringLiteral("meter_slug=2"), QStringLiteral("provider_key=2"),
                                  QStringLiteral("disable_billing=0")}));
    QCOMPARE(fieldOf(report, "disable_billing")->value, QStringLiteral("true"));
}

void TestInspectToken::absentNullAndValue_areThreeThings() {
    const TokenReport report =
        inspectToken(tokenOf(R"({"secret_key":"aks_test_x","customer_id":null,"meter_slug":"m"})"));
    QCOMPARE(fieldOf(report, "customer_id")->state, FieldState::Null);
    QCOMPARE(fieldOf(report, "meter_slug")->state, FieldState::Value);
    QCOMPARE(fieldOf(report, "meter_slug")->value, QStringLiteral("m"));
    QCOMPARE(fieldOf(report, "provider_key")->state, FieldState::Absent);
    QVERIFY(report.parsed->customerId.isNull());
    QVERIFY(report.parsed->providerKey.isAbsent());
}

void TestInspectToken::headline_isATrueSentence_data() {
    QTest::addColumn<QByteArray>("pasted");
    QTest::addColumn<QString>("headline");
    const auto row = [](const QByteArray& pasted, const char* headline) {
        QTest::newRow(headline) << pasted << QString::fromUtf8(headline);
    };
    row(token, "Live forward token: customer conn_abc123 pays, priced by meter my-meter.");
    row(tokenOf(R"({"secret_key":"aks_test_x"})"), "Test forward token: the merchant's wallet pays.");
    row(tokenOf(R"({"secret_key":"aks_test_x","meter_slug":"m"})"),
        "Test forward token: the merchant's wallet pays, attributed to meter m.");
    row(tokenOf(R"({"secret_key":"aks_test_x","customer_id":"con_a"})"),
        "Test forward token that cannot be used: a customer is named without a meter, so the call has no "
        "price; the "
        "SDK refuses it.");
    row(tokenOf(R"({"secret_key":"aks_test_x","customer_id":5})"),
        "Test forward token that cannot be used: customer_id is a number, but must be a text or null.");
    row(tokenOf(R"({"secret_key":"aks_live_x","connection_secret":"cons_live_a","product_secret":"ps_b"})"),
        "Live forward token: the customer of the connection secret pays, priced by the product.");
    row(tokenOf(R"({"secret_key":"aks_live_x","connection_secret":"cons_live_a"})"),
        "Live forward token: the customer of the connection secret pays at default prices, as no product is "
        "named.");
    row("aks_live_abcdefghijkl", "Live secret key: the merchant's wallet pays.");
    row("lava_sk_abcdefghijkl",
        "This is a spend key, which an AI tool takes as its API key and the forward proxy does not.");
    row("hello!", "This is no credential that is known here. It breaks off at the character '!', which is "
                  "not in the alphabet of base64.");
}

void TestInspectToken::headline_isATrueSentence() {
    QFETCH(QByteArray, pasted);
    QFETCH(QString, headline);
    QCOMPARE(inspectToken(pasted).headline, headline);
}

void TestInspectToken::secrets_areNeverShown_data() {
    QTest::addColumn<QByteArray>("pasted");
    const QByteArray canary = "CANARYcanary0123456789";
    const auto row = [](const char* name, const QByteArray& pasted) { QTest::newRow(name) << pasted; };
    row("key", "aks_live_" + canary);
    row("key with a bad character", "aks_live_" + canary + "\xE2\x80\x8B!");
    row("provider key", "sk-ant-" + canary);
    row("spend key", "lava_sk_" + canary);
    row("unknown text", canary + "!" + canary);
    row("assignment", canary + "=aks_live_" + canary);
    row("token",
        tokenOf(R"({"secret_key":"aks_live_)" + canary + R"(","provider_key":"sk-)" + canary + "\"}"));
    row("key in the wrong fields",
        tokenOf(R"({"secret_key":"aks_live_)" + canary + R"(","customer_id":"aks_live_)" + canary +
                R"(","meter_slug":"x sk-ant-)" + canary + "\"}"));
    row("provider key in the ids",
        tokenOf(R"({"secret_key":"aks_live_x","customer_id":"x)" + canary + R"(","meter_slug":")" + canary +
                R"(","provider_key":")" + canary + "\"}"));
    row("nameless key as a name",
        tokenOf(R"({"secret_key":")" + canary + R"(",")" + canary + R"(":1,")" + canary + "\":2}"));
    row("key as a name", tokenOf(R"({"aks_live_)" + canary + R"(":1,"aks_live_)" + canary + "\":2}"));
    row("key in a list", tokenOf(R"({"secret_key":["aks_live_)" + canary +
                                 R"("],"customer_id":{"a":"aks_live_)" + canary + "\"}}"));
    row("key that is a number", tokenOf(R"({"secret_key":)" + QByteArray("98765432109876543210") + "}"));
    row("cut token", tokenOf(R"({"secret_key":"aks_live_)" + canary + R"(","customer_id":"a)").chopped(4));
    row("JSON not encoded", R"({"secret_key":"aks_live_)" + canary + "\"}");
    row("dotted", "aks_live_" + canary + ".cons_live_" + canary + ".ps_live_" + canary);
    row("JWT", "eyJhbGciOiJIUzI1NiJ9." + canary + "." + canary);
    row("old secrets", tokenOf(R"({"secret_key":"aks_live_)" + canary + R"(","connection_secret":")" +
                               canary + R"(","product_secret":")" + canary + "\"}"));
}

void TestInspectToken::secrets_areNeverShown() {
    QFETCH(QByteArray, pasted);
    const TokenReport report = inspectToken(pasted);
    QString shown =
        report.headline + report.unknownFields.join(QLatin1Char(' ')) + report.layers.join(QLatin1Char(' '));
    for (const TokenFieldReport& field : report.fields)
        shown += field.name + field.value + field.masked + field.fingerprint;
    for (const Finding& finding : report.findings)
        shown += finding.code + finding.message + finding.fix;
    QVERIFY2(!shown.contains(QStringLiteral("CANARY")) && !shown.contains(QStringLiteral("canary0123")),
             qPrintable(shown));
    QVERIFY2(!shown.contains(QStringLiteral("9876543210")), qPrintable(shown));
}

void TestInspectToken::cutToken_stillShowsWhatCameBefore() {
    const TokenReport report = inspectToken(token.first(116));
    QCOMPARE(report.kind, CredentialKind::ForwardToken);
    QCOMPARE(report.mode, Mode::Live);
    QVERIFY(!report.usable);
    QVERIFY(!report.parsed);
    QCOMPARE(fieldOf(report, "customer_id")->value, QStringLiteral("conn_abc123"));
}

void TestInspectToken::hugePaste_isRefused() {
    const TokenReport report = inspectToken(QByteArray(8 * 1024 * 1024 + 1, 'A'));
    QCOMPARE(codesOf(report), QStringList{QStringLiteral("too_large")});
    QVERIFY(!report.usable);
}

void TestInspectToken::hostilePaste_isReadInLinearTime_data() {
    QTest::addColumn<QByteArray>("unit");
    QTest::newRow("quotes") << QByteArray("\"");
    QTest::newRow("Bearer") << QByteArray("Bearer ");
    QTest::newRow("letters") << QByteArray("eyJ7");
    QTest::newRow("percent") << QByteArray("%25");
    QTest::newRow("backslashes") << QByteArray("\\\\");
    QTest::newRow("no-break spaces") << QByteArray("a\xC2\xA0");
    QTest::newRow("invisible") << QByteArray("\xE2\x80\x8B");
    QTest::newRow("equals") << QByteArray("a=");
    QTest::newRow("dots") << QByteArray("eyJ.");
    QTest::newRow("broken lines") << QByteArray("eyJ7\n");
}

void TestInspectToken::hostilePaste_isReadInLinearTime() {
    QFETCH(QByteArray, unit);
    // A quadratic step would take hours here; the limit only has to tell the two apart.
    QElapsedTimer timer;
    timer.start();
    const TokenReport report = inspectToken(unit.repeated(2'000'000 / unit.size()));
    QVERIFY(!report.usable);
    QVERIFY(report.layers.size() <= 100);
    QVERIFY2(timer.elapsed() < 60'000, qPrintable(QString::number(timer.elapsed())));
}

void TestInspectToken::manyFaults_areListedUpToAHundred() {
    QByteArray json = "{\"secret_key\":\"aks_live_x\"";
    for (int i = 0; i < 50'000; ++i)
        json += ",\"unknown" + QByteArray::number(i) + "\":1";
    const TokenReport report = inspectToken(tokenOf(json + "}"));
    QCOMPARE(report.findings.size(), size_t(101));
    QCOMPARE(report.unknownFields.size(), 100);
    QVERIFY(report.usable);
}

QTEST_GUILESS_MAIN(TestInspectToken)
#include "tst_inspect_token.moc"
