// SPDX-License-Identifier: MIT
#include "core/request/forward_url.h"

#include <QTest>

#include <algorithm>

using namespace lavascope;

class TestForwardUrl : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void gateway_isTakenAsOriginOrRefused_data();
    void gateway_isTakenAsOriginOrRefused();
    void providerUrl_isEncodedOrRefused_data();
    void providerUrl_isEncodedOrRefused();
    void refusedUrl_tellsTheOffset();
    void encoding_isThatOfJavaScript();
    void build_putsTheWholeTargetIntoU();
    void inspection_saysWhatArrivesAndWhatWasMeant_data();
    void inspection_saysWhatArrivesAndWhatWasMeant();
    void builtUrl_isInspectedToTheSameTarget_data();
    void builtUrl_isInspectedToTheSameTarget();
    void inspection_showsNoKey();
    void findings_pointIntoThePastedText();
    void providerUrl_isFoundInsideForwardUrls_data();
    void providerUrl_isFoundInsideForwardUrls();
};

namespace {

QByteArray valueOrCode(const Result<QByteArray>& result) {
    return result ? *result : result.error().code.toUtf8();
}

QStringList codesOf(const ForwardUrlReport& report) {
    QStringList codes;
    for (const Finding& finding : report.findings)
        codes.append(finding.code);
    return codes;
}

} // namespace

void TestForwardUrl::gateway_isTakenAsOriginOrRefused_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* text, const char* expected) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(expected);
    };
    row("origin", "https://api.lava.so", "https://api.lava.so");
    row("slash", "https://api.lava.so/", "https://api.lava.so");
    row("v1", "https://api.lava.so/v1", "https://api.lava.so");
    row("v1 slash", "https://api.lava.so/v1/", "https://api.lava.so");
    row("forward", "https://api.lava.so/v1/forward", "https://api.lava.so");
    row("forward with empty u", "https://api.lava.so/v1/forward?u=", "https://api.lava.so");
    row("upper case", "HTTPS://API.Lava.SO", "https://api.lava.so");
    row("blanks and line end", " https://api.lava.so\r\n", "https://api.lava.so");
    row("port", "https://gateway.example:8443", "https://gateway.example:8443");
    row("own port is dropped", "https://api.lava.so:443", "https://api.lava.so");
    row("empty port", "https://api.lava.so:", "https://api.lava.so");
    row("loopback", "http://127.0.0.1:9000/v1", "http://127.0.0.1:9000");
    row("all of 127/8", "http://127.8.9.1:9000", "http://127.8.9.1:9000");
    row("localhost", "http://localhost:9000", "http://localhost:9000");
    row("IPv6 loopback", "http://[::1]:9000", "http://[::1]:9000");
    row("long IPv6 loopback", "http://[0:0:0:0:0:0:0:1]", "http://[::1]");
    row("http elsewhere", "http://api.lava.so", "gateway_not_https");
    row("http to a name that begins like loopback", "http://127.0.0.1.evil.com", "gateway_not_https");
    row("http to localhost's subdomain", "http://localhost.evil.com", "gateway_not_https");
    row("http to 0.0.0.0", "http://0.0.0.0:9000", "gateway_not_https");
    row("mapped IPv6", "http://[::ffff:127.0.0.1]", "gateway_not_https");
    row("no scheme", "api.lava.so", "gateway_scheme");
    row("host with port reads as scheme", "api.lava.so:443", "gateway_scheme");
    row("localhost with port reads as scheme", "localhost:9000", "gateway_scheme");
    row("script", "javascript:alert(1)", "gateway_scheme");
    row("file", "file:///etc/passwd", "gateway_scheme");
    row("websocket", "wss://api.lava.so", "gateway_scheme");
    row("empty", "", "gateway_invalid");
    row("no host", "https://", "gateway_without_host");
    row("no host but path", "https:///v1", "gateway_without_host");
    row("scheme without slashes", "https:api.lava.so", "gateway_without_host");
    row("user", "https://user@api.lava.so", "gateway_with_userinfo");
    row("user and password", "https://u:p@api.lava.so", "gateway_with_userinfo");
    row("host as user", "https://api.lava.so@evil.com", "gateway_with_userinfo");
    row("empty user", "https://@api.lava.so", "gateway_with_userinfo");
    row("backslash before the at sign", "https://api.lava.so\\@evil.com/", "gateway_invalid");
    row("path", "https://api.lava.so/v2", "gateway_with_path");
    row("query", "https://api.lava.so/?x=1", "gateway_with_path");
    row("full forward URL", "https://api.lava.so/v1/forward?u=https%3A%2F%2Fx.io", "gateway_with_path");
    row("fragment", "https://api.lava.so/#x", "gateway_with_path");
    row("port 0", "https://api.lava.so:0", "gateway_invalid");
    row("port 99999", "https://api.lava.so:99999", "gateway_invalid");
    row("port past 64 bits", "https://api.lava.so:99999999999999999999", "gateway_invalid");
    row("port with sign", "https://api.lava.so:+443", "gateway_invalid");
    row("port with letters", "https://api.lava.so:44x", "gateway_invalid");
    row("short IPv4", "http://127.1:9000", "gateway_invalid");
    row("hexadecimal IPv4", "http://0x7f.1", "gateway_invalid");
    row("decimal IPv4", "http://2130706433", "gateway_invalid");
    row("octal IPv4", "http://0177.0.0.1", "gateway_invalid");
    row("IPv4 out of range", "http://127.0.0.256", "gateway_invalid");
    row("not IPv6", "http://[::zz]", "gateway_invalid");
    row("IPv6 with zone", "http://[fe80::1%25eth0]", "gateway_invalid");
    row("IPv6 never closed", "http://[::1", "gateway_invalid");
    row("Cyrillic a", "https://\xD0\xB0pi.lava.so", "gateway_invalid");
    row("fullwidth letters", "https://\xEF\xBD\x81pi.lava.so", "gateway_invalid");
    row("encoded dot in host", "https://api%2Elava.so", "gateway_invalid");
    row("blank in host", "https://api lava.so", "gateway_invalid");
    row("label that ends in a hyphen", "https://api-.lava.so", "gateway_invalid");
    row("empty label", "https://api..lava.so", "gateway_invalid");
    row("line end inside", "https://api.lava.so\r\nX: y", "gateway_invalid");
    row("zero-width inside", "https://api.\xE2\x80\x8Blava.so", "gateway_invalid");
    row("not UTF-8", "https://api.lava.so/\xFF", "gateway_invalid");
}

void TestForwardUrl::gateway_isTakenAsOriginOrRefused() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    QCOMPARE(valueOrCode(gatewayOrigin(text)), expected);
}

void TestForwardUrl::providerUrl_isEncodedOrRefused_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* text, const char* expected) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(expected);
    };
    row("plain", "https://api.openai.com/v1/chat/completions", "https://api.openai.com/v1/chat/completions");
    row("query stays", "https://g.co/x:streamGenerateContent?alt=sse&a=b",
        "https://g.co/x:streamGenerateContent?alt=sse&a=b");
    row("codes are not encoded again", "https://x.io/a%2Fb?q=%20", "https://x.io/a%2Fb?q=%20");
    row("letters outside ASCII", "https://x.io/\xC3\xA9?q=\xE6\x97\xA5", "https://x.io/%C3%A9?q=%E6%97%A5");
    row("blank inside", "https://x.io/a b", "https://x.io/a%20b");
    row("quotes and brackets", "https://x.io/\"<>^`{|}", "https://x.io/%22%3C%3E%5E%60%7B%7C%7D");
    row("dots in the path stay", "https://x.io/a/../b", "https://x.io/a/../b");
    row("host outside ASCII is encoded", "https://ex\xD0\xB0mple.com/", "https://xn--exmple-4nf.com/");
    row("fullwidth dots do not hide an address",
        "https://127\xE3\x80\x82"
        "0\xE3\x80\x82"
        "0\xE3\x80\x82"
        "1/",
        "https://127.0.0.1/");
    row("local model", "http://localhost:11434/v1", "http://localhost:11434/v1");
    row("http", "http://api.openai.com/v1", "url_scheme");
    row("no scheme", "api.openai.com/v1", "url_scheme");
    row("script", "javascript:alert(1)", "url_scheme");
    row("file", "file:///etc/passwd", "url_scheme");
    row("data", "data:text/plain,x", "url_scheme");
    row("user", "https://good.com@evil.com/", "url_with_userinfo");
    row("password", "https://u:p@x.io/", "url_with_userinfo");
    row("port", "https://x.io:99999/", "url_port");
    row("negative port", "https://x.io:-1/", "url_port");
    row("no host", "https:///v1", "url_without_host");
    row("backslash", "https://h\\@evil.com/", "url_invalid");
    row("backslash in path", "https://x.io/a\\b", "url_invalid");
    row("tab inside", "https://x.io/a\tb", "url_invalid");
    row("right-to-left override", "https://x.io/\xE2\x80\xAE", "url_invalid");
    row("127.1", "https://127.1/", "url_invalid");
    row("empty", "", "url_invalid");
    row("only blanks", " \r\n", "url_invalid");
}

void TestForwardUrl::providerUrl_isEncodedOrRefused() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    QCOMPARE(valueOrCode(checkProviderUrl(text)), expected);
}

void TestForwardUrl::refusedUrl_tellsTheOffset() {
    QCOMPARE(checkProviderUrl("  https://h\\@evil.com/").error().offset, 11);
    QCOMPARE(checkProviderUrl("https://x.io:99999/").error().offset, 13);
    QCOMPARE(checkProviderUrl("https://x.io/ab\xE2\x80\x8B").error().offset, 15);
}

void TestForwardUrl::encoding_isThatOfJavaScript() {
    QByteArray all;
    for (int c = 0; c < 0x80; ++c)
        all += char(c);
    // Output of encodeURIComponent in Node for U+0000 to U+007F.
    QCOMPARE(
        encodeUriComponent(all),
        QByteArray(
            "%00%01%02%03%04%05%06%07%08%09%0A%0B%0C%0D%0E%0F%10%11%12%13%14%15%16%17%18%19%1A%1B%1C%1D%1E%"
            "1F%20!%22%23%24%25%26'()*%2B%2C-.%2F0123456789%3A%3B%3C%3D%3E%3F%"
            "40ABCDEFGHIJKLMNOPQRSTUVWXYZ%5B%5C%5D%5E_%60abcdefghijklmnopqrstuvwxyz%7B%7C%7D~%7F"));
    QCOMPARE(encodeUriComponent("\xC3\xA9\xF0\x9F\x98\x80"), QByteArray("%C3%A9%F0%9F%98%80"));
}

void TestForwardUrl::build_putsTheWholeTargetIntoU() {
    QCOMPARE(
        valueOrCode(buildForwardUrl("https://api.lava.so/v1", "https://api.openai.com/v1/chat/completions")),
        QByteArray(
            "https://api.lava.so/v1/forward?u=https%3A%2F%2Fapi.openai.com%2Fv1%2Fchat%2Fcompletions"));
    QCOMPARE(
        valueOrCode(buildForwardUrl(liveGateway, "https://x.io/a?b=c&d=%20+#e")),
        QByteArray("https://api.lava.so/v1/forward?u=https%3A%2F%2Fx.io%2Fa%3Fb%3Dc%26d%3D%2520%2B%23e"));
    QCOMPARE(valueOrCode(buildForwardUrl("http://evil.com", "https://x.io")),
             QByteArray("gateway_not_https"));
    QCOMPARE(valueOrCode(buildForwardUrl(liveGateway, "http://x.io")), QByteArray("url_scheme"));
}

void TestForwardUrl::inspection_saysWhatArrivesAndWhatWasMeant_data() {
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<bool>("valid");
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("intended");
    QTest::addColumn<QString>("code");
    const auto row = [](const char* name, const char* url, bool valid, const char* encoding,
                        const char* target, const char* intended, const char* code) {
        QTest::newRow(name) << QByteArray(url) << valid << QByteArray(encoding) << QByteArray(target)
                            << QByteArray(*intended == '=' ? target : intended) << QString::fromLatin1(code);
    };
    row("encoded once", "https://api.lava.so/v1/forward?u=https%3A%2F%2Fx.io%2Fa%3Fb%3Dc%26d%3De", true,
        "once", "https://x.io/a?b=c&d=e", "=", "");
    row("lower-case codes", "https://api.lava.so/v1/forward?u=https%3a%2f%2fx.io", true, "once",
        "https://x.io", "=", "");
    row("raw", "https://api.lava.so/v1/forward?u=https://x.io/a?alt=sse", true, "raw",
        "https://x.io/a?alt=sse", "=", "u_not_encoded");
    row("raw loses parameters", "https://api.lava.so/v1/forward?u=https://x.io/a?b=c&d=e&f", false, "raw",
        "https://x.io/a?b=c", "https://x.io/a?b=c&d=e&f", "target_parameter_lost");
    row("parameter beside encoded u", "https://api.lava.so/v1/forward?u=https%3A%2F%2Fx.io%2Fa&alt=sse",
        false, "once", "https://x.io/a", "https://x.io/a?alt=sse", "target_parameter_lost");
    row("fragment", "https://api.lava.so/v1/forward?u=https://x.io/a#b", false, "raw", "https://x.io/a",
        "https://x.io/a#b", "fragment_lost");
    row("encoded fragment arrives", "https://api.lava.so/v1/forward?u=https%3A%2F%2Fx.io%2Fa%23b", true,
        "once", "https://x.io/a#b", "=", "fragment_in_target");
    row("plus in raw", "https://api.lava.so/v1/forward?u=https://x.io/a+b", false, "raw", "https://x.io/a b",
        "https://x.io/a+b", "plus_becomes_blank");
    row("plus in encoded", "https://api.lava.so/v1/forward?u=https%3A%2F%2Fx.io%2Fa+b", false, "once",
        "https://x.io/a b", "https://x.io/a+b", "plus_becomes_blank");
    row("codes in raw", "https://api.lava.so/v1/forward?u=https://x.io/a%2Fb", false, "raw",
        "https://x.io/a/b", "https://x.io/a%2Fb", "decoded_too_often");
    row("encoded twice", "https://api.lava.so/v1/forward?u=https%253A%252F%252Fx.io%252Fa", false, "twice",
        "https%3A%2F%2Fx.io%2Fa", "https://x.io/a", "u_encoded_twice");
    row("missing", "https://api.lava.so/v1/forward", false, "missing", "", "", "u_missing");
    row("empty u", "https://api.lava.so/v1/forward?u=", false, "missing", "", "", "u_missing");
    row("other name than u", "https://api.lava.so/v1/forward?url=https%3A%2F%2Fx.io", false, "missing", "",
        "", "u_missing");
    row("u twice", "https://api.lava.so/v1/forward?u=https%3A%2F%2Fx.io&u=https%3A%2F%2Fy.io", false, "once",
        "https://x.io", "=", "u_repeated");
    row("metadata may stand beside u", "https://api.lava.so/v1/forward?metadata=%7B%7D&u=https%3A%2F%2Fx.io",
        true, "once", "https://x.io", "=", "");
    row("key beside u", "https://api.lava.so/v1/forward?u=https%3A%2F%2Fx.io&key=abc", true, "once",
        "https://x.io", "=", "key_beside_u");
    row("proxy in proxy", "https://api.lava.so/v1/forward?u=https%3A%2F%2Fapi.lava.so%2Fv1%2Fforward%3Fu%3Dx",
        false, "once", "https://api.lava.so/v1/forward?u=x", "=", "proxy_in_proxy");
    row("proxy in proxy on this computer",
        "http://127.0.0.1:9/v1/forward?u=http%3A%2F%2F127.0.0.1%3A9%2Fv1%2Fforward%3Fu%3Dx", false, "once",
        "http://127.0.0.1:9/v1/forward?u=x", "=", "proxy_in_proxy");
    row("target without scheme", "https://api.lava.so/v1/forward?u=api.openai.com/v1", false, "raw",
        "api.openai.com/v1", "=", "url_scheme");
    row("target over http", "https://api.lava.so/v1/forward?u=http%3A%2F%2Fx.io", false, "once",
        "http://x.io", "=", "url_scheme");
    row("user in target", "https://api.lava.so/v1/forward?u=https%3A%2F%2Fgood.com%40evil.com", false, "once",
        "https://good.com@evil.com", "=", "url_with_userinfo");
    row("port of target", "https://api.lava.so/v1/forward?u=https%3A%2F%2Fx.io%3A99999", false, "once",
        "https://x.io:99999", "=", "url_port");
    row("homograph target", "https://api.lava.so/v1/forward?u=https%3A%2F%2Fex%D0%B0mple.com", true, "once",
        "https://ex\xD0\xB0mple.com", "=", "host_not_ascii");
    row("127.1 as target", "https://api.lava.so/v1/forward?u=https%3A%2F%2F127.1", false, "once",
        "https://127.1", "=", "url_invalid");
    row("backslash in target", "https://api.lava.so/v1/forward?u=https%3A%2F%2Fh%5C%40evil.com", false,
        "once", "https://h\\@evil.com", "=", "url_invalid");
    row("key in target", "https://api.lava.so/v1/forward?u=https%3A%2F%2Fx.io%2F%3Fkey%3DAIzaX", true, "once",
        "https://x.io/?key=AIzaX", "=", "key_in_target");
    row("placeholder in target", "https://api.lava.so/v1/forward?u=https%3A%2F%2Fx.io%2F%7Bmodel%7D", true,
        "once", "https://x.io/{model}", "=", "placeholder_in_target");
    row("local target", "http://127.0.0.1:9/v1/forward?u=http%3A%2F%2Flocalhost%3A11434", true, "once",
        "http://localhost:11434", "=", "target_is_this_computer");
    row("legacy host", "https://api.lavapayments.com/v1/forward?u=https%3A%2F%2Fx.io", true, "once",
        "https://x.io", "=", "gateway_legacy_host");
    row("sandbox host", "https://sandbox-api.lavapayments.com/v1/forward?u=https%3A%2F%2Fx.io", true, "once",
        "https://x.io", "=", "gateway_sandbox_host");
    row("website", "https://www.lava.so/v1/forward?u=https%3A%2F%2Fx.io", false, "once", "https://x.io", "=",
        "gateway_is_website");
    row("unknown gateway", "https://lava.example/v1/forward?u=https%3A%2F%2Fx.io", true, "once",
        "https://x.io", "=", "gateway_unknown_host");
    row("gateway over http", "http://api.lava.so/v1/forward?u=https%3A%2F%2Fx.io", false, "once",
        "https://x.io", "=", "gateway_not_https");
    row("user in gateway", "https://api.lava.so@evil.com/v1/forward?u=https%3A%2F%2Fx.io", false, "once",
        "https://x.io", "=", "gateway_with_userinfo");
    row("backslash in gateway", "https://h\\@evil.com/v1/forward?u=https%3A%2F%2Fx.io", false, "once",
        "https://x.io", "=", "gateway_invalid");
    row("invented path", "https://api.lava.so/v1/forward/openai?u=https%3A%2F%2Fx.io", false, "once",
        "https://x.io", "=", "path_invented");
    row("invented path without u", "https://api.lava.so/v1/forward/openai/v1/chat/completions", false,
        "missing", "", "", "path_invented");
    row("path without v1", "https://api.lava.so/forward?u=https%3A%2F%2Fx.io", false, "once", "https://x.io",
        "=", "path_invented");
    row("rewrite", "https://api.lava.so/v1/rewrite/openai/api.anthropic.com/v1/messages", true, "raw",
        "https://api.anthropic.com/v1/messages", "=", "");
    row("rewrite as the SDK writes it",
        "https://api.lava.so/v1/rewrite/openai/https://api.anthropic.com/v1/messages", true, "raw",
        "https://api.anthropic.com/v1/messages", "=", "");
    row("rewrite of unknown format", "https://api.lava.so/v1/rewrite/mistral/api.mistral.ai", false, "raw",
        "https://api.mistral.ai", "=", "rewrite_format_unknown");
    row("rewrite of nothing", "https://api.lava.so/v1/rewrite/openai/", false, "missing", "", "",
        "rewrite_target_missing");
    row("REST address", "https://api.lava.so/v1/requests", false, "missing", "", "", "not_forward_url");
    row("provider URL", "https://api.openai.com/v1/chat/completions", false, "missing",
        "https://api.openai.com/v1/chat/completions", "=", "provider_url");
    row("nonsense", "hello", false, "missing", "", "", "url_scheme");
    row("empty", "", false, "missing", "", "", "url_invalid");
}

void TestForwardUrl::inspection_saysWhatArrivesAndWhatWasMeant() {
    QFETCH(QByteArray, url);
    QFETCH(bool, valid);
    QFETCH(QByteArray, encoding);
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, intended);
    QFETCH(QString, code);
    const ForwardUrlReport report = inspectForwardUrl(url);
    QCOMPARE(report.valid, valid);
    QCOMPARE(QByteArray(encodingName(report.encoding)), encoding);
    QCOMPARE(report.target, target);
    QCOMPARE(report.intended, intended);
    if (code.isEmpty())
        QCOMPARE(codesOf(report), QStringList());
    else
        QVERIFY2(codesOf(report).contains(code), qPrintable(codesOf(report).join(QLatin1Char(' '))));
    QVERIFY(report.headline.endsWith(QLatin1Char('.')));
    const bool hasError =
        std::any_of(report.findings.begin(), report.findings.end(),
                    [](const Finding& finding) { return finding.severity == Severity::Error; });
    QVERIFY(!(valid && hasError));
}

void TestForwardUrl::builtUrl_isInspectedToTheSameTarget_data() {
    QTest::addColumn<QByteArray>("target");
    for (const char* target :
         {"https://api.openai.com/v1/chat/completions", "https://x.io/a%20b?c=d%26e&f=g+h#i",
          "https://x.io/%", "https://x.io/%zz?&&==", "https://x.io?u=https://y.io",
          "https://x.io/%7Bmodel%7D:streamGenerateContent?alt=sse", "http://[::1]:8080/%E2%82%AC"})
        QTest::newRow(target) << QByteArray(target);
}

void TestForwardUrl::builtUrl_isInspectedToTheSameTarget() {
    QFETCH(QByteArray, target);
    const Result<QByteArray> url = buildForwardUrl("https://api.lava.so", target);
    QVERIFY(url.has_value());
    const ForwardUrlReport report = inspectForwardUrl(*url);
    QVERIFY(report.valid);
    QCOMPARE(report.target, target);
    QCOMPARE(report.intended, target);
    QCOMPARE(report.gateway, QByteArray("https://api.lava.so"));
    QCOMPARE(report.endpoint, QStringLiteral("forward"));
    QCOMPARE(providerUrlOf(*url), target);
}

void TestForwardUrl::inspection_showsNoKey() {
    const ForwardUrlReport report = inspectForwardUrl(
        "https://aks_live_CANARY0123456789@api.lava.so/v1/forward?u=https://x.io/?key=AIzaCANARY0123456789"
        "&aks_live_CANARY0123456789=1&key=eyJCANARY0123456789#CANARY");
    QString shown = report.headline;
    for (const Finding& finding : report.findings)
        shown += finding.message + finding.fix;
    QVERIFY2(!shown.contains(QStringLiteral("CANARY")), qPrintable(shown));
}

void TestForwardUrl::findings_pointIntoThePastedText() {
    const QByteArray url = "https://api.lava.so/v1/forward?u=https://x.io/a?b=c&lost=1";
    const ForwardUrlReport report = inspectForwardUrl(url);
    const auto lost =
        std::find_if(report.findings.begin(), report.findings.end(), [](const Finding& finding) {
            return finding.code == QStringLiteral("target_parameter_lost");
        });
    QVERIFY(lost != report.findings.end() && lost->range);
    QCOMPARE(url.sliced(lost->range->begin, lost->range->end - lost->range->begin), QByteArray("lost=1"));
}

void TestForwardUrl::providerUrl_isFoundInsideForwardUrls_data() {
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("provider");
    const auto row = [](const char* name, const char* url, const char* provider) {
        QTest::newRow(name) << QByteArray(url) << QByteArray(provider);
    };
    row("encoded", "https://api.lava.so/v1/forward?u=https%3A%2F%2Fx.io%2Fa", "https://x.io/a");
    row("raw", "https://api.lava.so/v1/forward?u=https://x.io/a", "https://x.io/a");
    row("twice", "https://api.lava.so/v1/forward?u=https%253A%252F%252Fx.io", "https://x.io");
    row("behind another parameter", "http://127.0.0.1:1/v1/forward?metadata=x&u=https%3A%2F%2Fx.io",
        "https://x.io");
    row("without u", "https://api.lava.so/v1/forward", "https://api.lava.so/v1/forward");
    row("provider URL itself", "https://x.io/a?u=b", "https://x.io/a?u=b");
    row("no URL", "hello", "hello");
}

void TestForwardUrl::providerUrl_isFoundInsideForwardUrls() {
    QFETCH(QByteArray, url);
    QFETCH(QByteArray, provider);
    QCOMPARE(providerUrlOf(url), provider);
}

QTEST_GUILESS_MAIN(TestForwardUrl)
#include "tst_forward_url.moc"
