// SPDX-License-Identifier: MIT
#include "core/token/inspect_token.h"
#include "report_parts.h"
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
    void cutToken_stillShowsWhatCameBefore();
    void hugePaste_isRefused();
    void hostilePaste_isReadInLinearTime_data();
    void hostilePaste_isReadInLinearTime();
};

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
    row("template", "{{token}}", "unknown", false, "placeholder");
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

QTEST_GUILESS_MAIN(TestInspectToken)
#include "tst_inspect_token.moc"
