// SPDX-License-Identifier: MIT
#include "core/request/forward_url.h"
#include "sandbox/forward_target.h"

#include <QTest>

using namespace lavascope;

namespace {

Judged<ForwardTarget> targetOf(const QByteArray& query, const QStringList& allowed = {}) {
    return forwardTargetOf(Query::ofTarget("/v1/forward?" + query), allowed);
}

} // namespace

class TestForwardTarget : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void query_isReadAsABrowserReadsIt() {
        const Query query = Query::ofTarget("/p?a=1&b=x+y%20z&a=2&flag&=v&c=%zz%4&d=k=w&&e=%C3%A9?x");
        using P = Query::Parameter;
        const QList<P> expected{{"a", "1"}, {"b", "x y z"}, {"a", "2"},   {"flag", ""},
                                {"", "v"},  {"c", "%zz%4"}, {"d", "k=w"}, {"e", "\xc3\xa9?x"}};
        QCOMPARE(query.parameters().size(), expected.size());
        QVERIFY(query.parameters() == expected);
        QCOMPARE(query.value("a"), QByteArray("1"));
        QVERIFY(!query.value("nothing"));
        QVERIFY(Query::ofTarget("/p").parameters().isEmpty());
    }

    void providerUrl_arrivesAsItWasMeant_data() {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QByteArray>("url");
        QTest::newRow("encoded") << QByteArray("u=https%3A%2F%2Fapi.openai.com%2Fv1%2Fchat%2Fcompletions")
                                 << QByteArray("https://api.openai.com/v1/chat/completions");
        QTest::newRow("raw") << QByteArray("u=https://api.openai.com/v1/chat/completions")
                             << QByteArray("https://api.openai.com/v1/chat/completions");
        QTest::newRow("raw with colon and query")
            << QByteArray("u=https://generativelanguage.googleapis.com/v1beta/models/"
                          "g:streamGenerateContent?alt=sse")
            << QByteArray(
                   "https://generativelanguage.googleapis.com/v1beta/models/g:streamGenerateContent?alt=sse");
        QTest::newRow("raw loses the second parameter")
            << QByteArray("u=https://a.example/x?b=1&c=2") << QByteArray("https://a.example/x?b=1");
        QTest::newRow("encoded keeps it") << QByteArray("u=https%3A%2F%2Fa.example%2Fx%3Fb%3D1%26c%3D2")
                                          << QByteArray("https://a.example/x?b=1&c=2");
        QTest::newRow("the first u counts") << QByteArray("key=k&u=https://a.example/1&u=https://a.example/2")
                                            << QByteArray("https://a.example/1");
        QTest::newRow("local model") << QByteArray("u=http://127.0.0.1:11434/v1/chat/completions")
                                     << QByteArray("http://127.0.0.1:11434/v1/chat/completions");
    }
    void providerUrl_arrivesAsItWasMeant() {
        QFETCH(QByteArray, query);
        QFETCH(QByteArray, url);
        const auto target = targetOf(query);
        QVERIFY2(target, target ? "" : qPrintable(target.error().message));
        QCOMPARE(target->url, url);
        QVERIFY(!target->shown().contains(QLatin1Char('?')));
    }

    void whatTheInspectorSays_isWhatTheGatewayDoes_data() { providerUrl_arrivesAsItWasMeant_data(); }
    void whatTheInspectorSays_isWhatTheGatewayDoes() {
        QFETCH(QByteArray, query);
        const auto target = targetOf(query);
        QVERIFY(target);
        QCOMPARE(inspectForwardUrl("http://127.0.0.1:1/v1/forward?" + query).target, target->url);
    }

    void unfitUrl_isRefused_data() {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* name, const char* query, const char* code) {
            QTest::newRow(name) << QByteArray(query) << QString::fromLatin1(code);
        };
        row("none", "", "forward_url_missing");
        row("empty", "u=", "forward_url_missing");
        row("other parameter", "url=https://a.example/", "forward_url_missing");
        row("twice encoded", "u=https%253A%252F%252Fa.example%252F", "forward_url_encoded_twice");
        row("file", "u=file:///etc/passwd", "forward_url_invalid");
        row("no scheme", "u=api.openai.com/v1", "forward_url_invalid");
        row("plain http", "u=http://api.openai.com/v1", "forward_url_invalid");
        row("plain http to metadata", "u=http://169.254.169.254/latest", "forward_url_invalid");
        row("javascript", "u=javascript:alert(1)", "forward_url_invalid");
        row("ftp", "u=ftp://a.example/", "forward_url_invalid");
        row("user info", "u=https://user:pw@a.example/", "forward_url_invalid");
        row("no host", "u=https:///v1", "forward_url_invalid");
        row("port too high", "u=https://a.example:99999/", "forward_url_invalid");
        row("line feed", "u=https%3A%2F%2Fa.example%2F%0d%0aX: y", "forward_url_invalid");
        row("NUL", "u=https%3A%2F%2Fa.example%2F%00", "forward_url_invalid");
    }
    void unfitUrl_isRefused() {
        QFETCH(QByteArray, query);
        QFETCH(QString, code);
        const auto target = targetOf(query);
        QVERIFY2(!target, target ? target->url.constData() : "");
        QCOMPARE(target.error().code, code);
        QCOMPARE(target.error().status, 400);
    }

    void plainHttp_isForAllowedHostsToo() {
        const QByteArray query = "u=http://192.168.1.20:11434/v1/chat/completions";
        QVERIFY(!targetOf(query));
        const auto target = targetOf(query, {QStringLiteral("192.168.1.20")});
        QVERIFY(target);
        QCOMPARE(target->url, QByteArray("http://192.168.1.20:11434/v1/chat/completions"));
        QCOMPARE(target->port, quint16(11434));
    }

    void address_isKnownForWhatItIs_data() {
        QTest::addColumn<QString>("address");
        QTest::addColumn<int>("kind");
        const auto row = [](const char* address, AddressKind kind) {
            QTest::newRow(address) << QString::fromLatin1(address) << static_cast<int>(kind);
        };
        for (const char* address : {"1.1.1.1", "8.8.8.8", "172.15.0.1", "172.32.0.1", "100.63.0.1",
                                    "100.128.0.1", "223.255.255.255", "2606:4700:4700::1111"})
            row(address, AddressKind::Public);
        for (const char* address : {"127.0.0.1", "127.8.9.1", "::1"})
            row(address, AddressKind::Loopback);
        for (const char* address :
             {"0.0.0.0",          "0.1.2.3",         "10.0.0.1",       "172.16.0.1",      "172.31.255.255",
              "192.168.1.1",      "169.254.169.254", "100.64.0.1",     "192.0.0.1",       "198.18.0.1",
              "224.0.0.1",        "239.255.255.255", "240.0.0.1",      "255.255.255.255", "::",
              "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:1.1.1.1", "::127.0.0.1",     "64:ff9b::7f00:1",
              "2002:7f00:1::",    "2001::1",         "2001:db8::1",    "fc00::1",         "fd00:ec2::254",
              "fe80::1",          "fe80::1%1",       "ff02::1",        "fec0::1"})
            row(address, AddressKind::Forbidden);
    }
    void address_isKnownForWhatItIs() {
        QFETCH(QString, address);
        QFETCH(int, kind);
        QCOMPARE(static_cast<int>(kindOf(QHostAddress(address))), kind);
    }

    void noAddress_isForbidden() { QVERIFY(kindOf(QHostAddress()) == AddressKind::Forbidden); }

    void oneForbiddenAddress_closesTheWholeHost() {
        const auto target = targetOf("u=https://a.example/");
        QVERIFY(target);
        const QList<QHostAddress> mixed{QHostAddress(QStringLiteral("1.1.1.1")),
                                        QHostAddress(QStringLiteral("10.0.0.1"))};
        QVERIFY(checkAddresses(*target, mixed.mid(0, 1), {}, 8181));
        const auto refused = checkAddresses(*target, mixed, {}, 8181);
        QVERIFY(!refused);
        QCOMPARE(refused.error().status, 403);
        QVERIFY(checkAddresses(*target, mixed, {QStringLiteral("A.example")}, 8181));
    }

    void ownPort_isReachedByNoName() {
        const QList<QHostAddress> here{QHostAddress(QHostAddress::LocalHost)};
        const auto own = targetOf("u=http://localhost:8181/v1/forward");
        QVERIFY(own);
        const auto refused = checkAddresses(*own, here, {QStringLiteral("localhost")}, 8181);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, QStringLiteral("target_is_gateway"));
        QVERIFY(checkAddresses(*own, here, {}, 9000));
        const auto any = targetOf("u=https://0.0.0.0:8181/", {QStringLiteral("0.0.0.0")});
        QVERIFY(any);
        QVERIFY(!checkAddresses(*any, {QHostAddress(QStringLiteral("0.0.0.0"))}, {QStringLiteral("0.0.0.0")},
                                8181));
    }
};

QTEST_GUILESS_MAIN(TestForwardTarget)
#include "tst_forward_target.moc"
