// SPDX-License-Identifier: MIT
#include "net/safe_profile.h"

#include <QTest>

using namespace lavascope;

namespace {

HttpRequest request(const QByteArray& url, const Headers& headers = {}, const QByteArray& method = "POST") {
    return {method, url, headers, "body"};
}

} // namespace

Q_DECLARE_METATYPE(HttpRequest)

class tst_SafeProfile : public QObject { // NOLINT(readability-identifier-naming)
    Q_OBJECT

private Q_SLOTS:
    void badRequest_isRefused_data();
    void badRequest_isRefused();
    void refusal_showsNoSecret();
    void goodUrl_isKeptByteForByte_data();
    void goodUrl_isKeptByteForByte();
    void loopback_isTold_data();
    void loopback_isTold();
    void ownFields_standBesideTheRequests();
    void everySwitch_isOff();
};

void tst_SafeProfile::badRequest_isRefused_data() {
    QTest::addColumn<HttpRequest>("bad");
    QTest::addColumn<QString>("code");
    const auto url = [](const char* text, const char* code) {
        QTest::newRow(text) << request(text) << QString::fromLatin1(code);
    };
    url("", "url_invalid");
    url("api.lava.so/v1", "url_scheme");
    url("/v1/forward", "url_scheme");
    url("javascript:alert(1)", "url_scheme");
    url("file:///etc/passwd", "url_scheme");
    url("ftp://api.lava.so/", "url_scheme");
    url("preconnect-https://api.lava.so/", "url_scheme");
    url("data:text/plain,x", "url_scheme");
    url("qrc:/x", "url_scheme");
    url("https:///v1", "url_without_host");
    url("https://", "url_without_host");
    url("https://h\\@evil.test/", "url_invalid");
    url("https://api.lava.so:99999/", "url_invalid");
    url("https://api lava.so/", "url_invalid");
    url("https://api.lava.so/a b", "url_invalid");
    url("https://api.lava.so/%zz", "url_invalid");
    url("https://api.lava.so/\r\nX: y", "url_invalid");
    url("https://user:pw@api.lava.so/", "url_with_userinfo");
    url("https://user@api.lava.so/", "url_with_userinfo");
    url("https://@api.lava.so/", "url_with_userinfo");
    url("https://api.lava.so:0/", "url_port");
    url("http://api.lava.so/", "url_not_https");
    url("http://192.168.0.1/", "url_not_https");
    url("http://0.0.0.0/", "url_not_https");
    url("http://localhost.evil.test/", "url_not_https");
    url("http://127.0.0.1.evil.test/", "url_not_https");
    url("https://api.lava.so/v1/../admin", "url_path_dots");
    url("https://api.lava.so/v1/%2e%2E/admin", "url_path_dots");
    url("https://api.lava.so/./v1", "url_path_dots");

    const QByteArray good = "https://api.lava.so/v1/forward?u=x";
    const auto field = [&](const char* name, const Headers& headers, const char* code) {
        QTest::newRow(name) << request(good, headers) << QString::fromLatin1(code);
    };
    field("CR LF in a value", {{"X", "a\r\nInjected: b"}}, "header_value_invalid");
    field("NUL in a value", {{"X", QByteArray("a\0b", 3)}}, "header_value_invalid");
    field("space in a name", {{"X Y", "a"}}, "header_name_invalid");
    field("colon in a name", {{"X:", "a"}}, "header_name_invalid");
    field("line break in a name", {{"X\r\nY", "a"}}, "header_name_invalid");
    field("no name", {{"", "a"}}, "header_name_invalid");
    for (const char* name : {"Content-Length", "transfer-encoding", "Connection", "Expect", "TE", "Upgrade"})
        field(name, {{name, "1"}}, "header_reserved");
    field("twice", {{"X-A", "1"}, {"x-a", "2"}}, "header_repeated");

    for (const char* method : {"", "GE T", "GET\r\n", "P\xc3\xb6ST"})
        QTest::newRow(QByteArray("method ") + method)
            << request(good, {}, method) << QStringLiteral("method_invalid");
}

void tst_SafeProfile::badRequest_isRefused() {
    QFETCH(HttpRequest, bad);
    QFETCH(QString, code);
    const Result<QUrl> checked = checkBeforeSending(bad);
    QVERIFY(!checked);
    QCOMPARE(checked.error().code, code);
    QVERIFY(checked.error().message.endsWith(QLatin1Char('.')));
}

void tst_SafeProfile::refusal_showsNoSecret() {
    const QByteArray canary = "canary-credential";
    const QList<HttpRequest> all{request("https://" + canary + "@api.lava.so/"),
                                 request("http://evil.test/?key=" + canary),
                                 request("https://api.lava.so/", {{"X", canary + "\n"}}),
                                 request("https://api.lava.so/", {{canary + "\n", "x"}}),
                                 request("https://api.lava.so/", {{"Authorization " + canary, "x"}}),
                                 request(canary),
                                 request("https://api.lava.so/", {}, canary)};
    for (const HttpRequest& bad : all) {
        const Result<QUrl> checked = checkBeforeSending(bad);
        QVERIFY(!checked);
        QVERIFY2(!checked.error().message.contains(QString::fromLatin1(canary)),
                 qPrintable(checked.error().message));
    }
}

void tst_SafeProfile::goodUrl_isKeptByteForByte_data() {
    QTest::addColumn<QByteArray>("url");
    for (const char* url :
         {"https://api.lava.so/v1/forward?u=https%3A%2F%2Fapi.openai.com%2Fv1%2Fchat%2Fcompletions",
          "https://api.lava.so/v1/forward?u=https%3A%2F%2Fx%3Fkey%3Dy%26z",
          "https://api.lava.so/v1/forward?u=a+b%20c%2Bd", "https://api.lava.so/a//b/;p=1,2?x=(1)*'!~",
          "https://api.lava.so/?q=%5B%7B%22%E2%82%AC%22%7D%5D", "https://api.lava.so/?q[]=1&q[]=2",
          "http://127.0.0.1:8080/v1", "http://localhost:1/", "http://[::1]:65535/x",
          "https://xn--exmple-4nf.com/a...b/.c"})
        QTest::newRow(url) << QByteArray(url);
}

void tst_SafeProfile::goodUrl_isKeptByteForByte() {
    QFETCH(QByteArray, url);
    const Result<QUrl> checked = checkBeforeSending(request(url));
    QVERIFY2(checked, checked ? "" : qPrintable(checked.error().message));
    QCOMPARE(checked->toEncoded(QUrl::FullyEncoded | QUrl::NormalizePathSegments), url);
}

void tst_SafeProfile::loopback_isTold_data() {
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("isLoopback");
    for (const char* host : {"localhost", "LOCALHOST", "127.0.0.1", "127.1.2.3", "::1"})
        QTest::newRow(host) << QString::fromLatin1(host) << true;
    for (const char* host :
         {"", "localhost.evil.test", "0.0.0.0", "10.0.0.1", "169.254.169.254", "::", "api.lava.so"})
        QTest::newRow(host) << QString::fromLatin1(host) << false;
}

void tst_SafeProfile::loopback_isTold() {
    QFETCH(QString, host);
    QFETCH(bool, isLoopback);
    QCOMPARE(isLoopbackHost(host), isLoopback);
}

void tst_SafeProfile::ownFields_standBesideTheRequests() {
    const Headers plain =
        fieldsOnTheWire(request("https://api.lava.so:8443/", {{"Authorization", "Bearer x"}}));
    QCOMPARE(plain, (Headers{{"Host", "api.lava.so:8443"},
                             {"Authorization", "Bearer x"},
                             {"Accept-Encoding", "identity"},
                             {"Accept-Language", "*"},
                             {"User-Agent", "Lavascope/" LAVASCOPE_VERSION},
                             {"Connection", "close"},
                             {"Content-Length", "4"}}));
    // The request's own go first; an empty one would make Qt fill in its own.
    const Headers own = fieldsOnTheWire(request("http://[::1]/", {{"user-agent", "mine"},
                                                                  {"Accept-Language", ""},
                                                                  {"ACCEPT-ENCODING", "gzip"},
                                                                  {"Host", "other.test"}}));
    QCOMPARE(own, (Headers{{"user-agent", "mine"},
                           {"Accept-Language", "*"},
                           {"ACCEPT-ENCODING", "gzip"},
                           {"Host", "other.test"},
                           {"Connection", "close"},
                           {"Content-Length", "4"}}));
    QCOMPARE(fieldsOnTheWire(request("http://[::1]/", {{"Host", ""}})).values("host"),
             QList<QByteArray>{"[::1]"});
}

void tst_SafeProfile::everySwitch_isOff() {
    const HttpRequest draft = request("https://api.lava.so/", {});
    const QNetworkRequest safe = safeRequest(draft, *checkBeforeSending(draft), QSslConfiguration());
    const auto number = [&](QNetworkRequest::Attribute attribute) {
        return safe.attribute(attribute, -1).toInt();
    };
    QCOMPARE(number(QNetworkRequest::RedirectPolicyAttribute), int(QNetworkRequest::ManualRedirectPolicy));
    QCOMPARE(number(QNetworkRequest::Http2AllowedAttribute), 0);
    QCOMPARE(number(QNetworkRequest::CookieLoadControlAttribute), int(QNetworkRequest::Manual));
    QCOMPARE(number(QNetworkRequest::CookieSaveControlAttribute), int(QNetworkRequest::Manual));
    QCOMPARE(number(QNetworkRequest::AuthenticationReuseAttribute), int(QNetworkRequest::Manual));
    QCOMPARE(number(QNetworkRequest::CacheLoadControlAttribute), int(QNetworkRequest::AlwaysNetwork));
    QCOMPARE(number(QNetworkRequest::CacheSaveControlAttribute), 0);
    QCOMPARE(number(QNetworkRequest::DoNotBufferUploadDataAttribute), 1);
    QCOMPARE(number(QNetworkRequest::HttpPipeliningAllowedAttribute), 0);
}

QTEST_GUILESS_MAIN(tst_SafeProfile)
#include "tst_safe_profile.moc"
