// SPDX-License-Identifier: MIT
// TLS and proxies: what is not trusted gets no request, and a proxy never sees the credential.
#include "net/call_watch.h"
#include "net/qnam_transport.h"
#include "net/test_requests.h"
#include "support/fault_server.h"

#include <QRegularExpression>
#include <QTest>

using namespace lavascope;
using namespace lavascope::fault;
using namespace std::chrono_literals;

namespace {

const QByteArray canary = "canary-credential";

QnamTransport::Settings trusting() {
    return {FaultServer::certificateFile(), false};
}

/// Sets the proxy of this process for one test.
class ProxyEnvironment {
public:
    explicit ProxyEnvironment(quint16 port) {
        for (const char* name : {"http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"})
            qputenv(name, "http://127.0.0.1:" + QByteArray::number(port));
    }
    ~ProxyEnvironment() {
        for (const char* name : {"http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"})
            qunsetenv(name);
    }
    ProxyEnvironment(const ProxyEnvironment&) = delete;
    ProxyEnvironment& operator=(const ProxyEnvironment&) = delete;
};

} // namespace

Q_DECLARE_METATYPE(FaultServer::Tls)
Q_DECLARE_METATYPE(FaultScript)

class tst_QnamTransportTls : public QObject { // NOLINT(readability-identifier-naming)
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void trustedCertificate_isSpokenTo();
    void untrustedCertificate_getsNoRequest_data();
    void untrustedCertificate_getsNoRequest();
    void authorityNotGiven_getsNoRequest();
    void unreadableCertificateFile_refuses();
    void brokenAnswer_isToldAndAskedForOnce_data();
    void brokenAnswer_isToldAndAskedForOnce();
    void endlessHeader_endsAtTheHeaderDeadline();
    void redirectToPlainHttp_isShownNotFollowed();
    void plainServerOnTlsPort_isTlsFailure();
    void serverThatNeverShakesHands_isConnectTimeout();

    void proxyTunnel_hidesTheCredential();
    void proxyRefusing_isNamed_data();
    void proxyRefusing_isNamed();
    void deadProxy_isNamed();
    void loopback_goesPastTheProxy();
    void proxySwitchedOff_isNotUsed();
};

void tst_QnamTransportTls::initTestCase() {
    for (const char* name :
         {"http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "no_proxy", "NO_PROXY"})
        qunsetenv(name);
}

void tst_QnamTransportTls::trustedCertificate_isSpokenTo() {
    for (const Ask ask : {Ask::Post, Ask::Get}) {
        FaultServer peer({{{say(answer("hello"))}}, FaultServer::Tls::Trusted});
        QnamTransport transport(trusting());
        CallWatch call(transport.send(request(peer.url(), ask), patient()));
        QVERIFY(call.waitForEnd());
        peer.settle();
        QVERIFY2(call.ending->reason == EndReason::Finished, qPrintable(call.ending->detail));
        QCOMPARE(call.body(), "hello");
        QCOMPARE(peer.requests(), 1);
        QCOMPARE(call.ending->timesSent, 1);
    }
}

void tst_QnamTransportTls::untrustedCertificate_getsNoRequest_data() {
    QTest::addColumn<FaultServer::Tls>("tls");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QByteArray>("fault");
    QTest::addColumn<QString>("certificate");
    QTest::newRow("self-signed") << FaultServer::Tls::SelfSigned << QStringLiteral("self-signed")
                                 << QByteArray("self_signed")
                                 << QStringLiteral("1. self.test (issued by self.test) \u2014 valid .*: "
                                                   "signed by itself, which proves nothing");
    QTest::newRow("expired")
        << FaultServer::Tls::Expired << QStringLiteral("expired") << QByteArray("expired")
        << QStringLiteral("1. expired.test (issued by Lavascope test authority) \u2014 valid "
                          "2020-01-01 to 2020-01-02, for 127.0.0.1, gateway.test, localhost: expired");
    QTest::newRow("wrong host") << FaultServer::Tls::WrongHost << QStringLiteral("host name did not match")
                                << QByteArray("wrong_host")
                                << QStringLiteral("for elsewhere.test: not for the host that was called");
}

void tst_QnamTransportTls::untrustedCertificate_getsNoRequest() {
    QFETCH(FaultServer::Tls, tls);
    QFETCH(QString, words);
    QFETCH(QByteArray, fault);
    QFETCH(QString, certificate);
    for (const Ask ask : {Ask::Post, Ask::Get}) {
        FaultServer peer({{{say(answer("hello"))}}, tls});
        QnamTransport transport(trusting());
        CallWatch call(transport.send(request(peer.url(), ask), patient()));
        QVERIFY(call.waitForEnd());
        peer.settle();
        QCOMPARE(endReasonName(call.ending->reason), "tls_failed");
        QVERIFY2(call.ending->detail.contains(words), qPrintable(call.ending->detail));
        QCOMPARE(QByteArray(tlsFaultName(call.ending->tlsFault)), fault);
        QCOMPARE(call.ending->certificates.size(), 1);
        QVERIFY2(QRegularExpression(QString(certificate)
                                        .replace(QLatin1Char('('), QLatin1String("\\("))
                                        .replace(QLatin1Char(')'), QLatin1String("\\)")))
                     .match(call.ending->certificates.first())
                     .hasMatch(),
                 qPrintable(call.ending->certificates.first()));
        QCOMPARE(call.ending->timesSent, 0);
        QCOMPARE(peer.everything(), QByteArray());
    }
}

void tst_QnamTransportTls::authorityNotGiven_getsNoRequest() {
    FaultServer peer({{{say(answer("hello"))}}, FaultServer::Tls::Trusted});
    QnamTransport transport({{}, false});
    CallWatch call(transport.send(request(peer.url(), Ask::Post), patient()));
    QVERIFY(call.waitForEnd());
    peer.settle();
    QCOMPARE(endReasonName(call.ending->reason), "tls_failed");
    QCOMPARE(QByteArray(tlsFaultName(call.ending->tlsFault)), "unknown_authority");
    QVERIFY2(call.ending->certificates.join(QLatin1Char(' '))
                 .contains(QStringLiteral("no authority that this computer trusts vouches for it")),
             qPrintable(call.ending->certificates.join(QLatin1Char(' '))));
    QCOMPARE(peer.everything(), QByteArray());
}

void tst_QnamTransportTls::unreadableCertificateFile_refuses() {
    FaultServer peer({{{say(answer("hello"))}}, FaultServer::Tls::Trusted});
    QnamTransport transport({QStringLiteral("/nowhere/ca.pem"), false});
    CallWatch call(transport.send(request(peer.url(), Ask::Post), patient()));
    QVERIFY(call.waitForEnd());
    peer.settle();
    QCOMPARE(endReasonName(call.ending->reason), "refused");
    QCOMPARE(call.ending->timesSent, 0);
    QCOMPARE(peer.connections(), 0);
}

void tst_QnamTransportTls::brokenAnswer_isToldAndAskedForOnce_data() {
    QTest::addColumn<FaultScript>("script");
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<QByteArray>("body");
    const QByteArray chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";
    const QByteArray counted = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello";
    const QByteArray open = "HTTP/1.1 200 OK\r\nX: y\r\n\r\nhello";
    QTest::newRow("closes") << FaultScript{fin()} << QByteArray("no_answer") << QByteArray();
    QTest::newRow("closes TCP alone") << FaultScript{bareFin()} << QByteArray("no_answer") << QByteArray();
    QTest::newRow("resets") << FaultScript{reset()} << QByteArray("no_answer") << QByteArray();
    QTest::newRow("closes in headers")
        << FaultScript{say("HTTP/1.1 200 OK\r\n"), fin()} << QByteArray("no_answer") << QByteArray();
    QTest::newRow("chunked, closes") << FaultScript{say(chunked), fin()} << QByteArray("cut_off")
                                     << QByteArray("hello");
    QTest::newRow("chunked, closes TCP alone")
        << FaultScript{say(chunked), gate(), bareFin()} << QByteArray("cut_off") << QByteArray("hello");
    // The gate: bytes that come in one piece with an end of TCP alone are lost inside Qt, which reports the
    // end before it offers the bytes.
    QTest::newRow("chunked, resets") << FaultScript{say(chunked), gate(), reset()} << QByteArray("cut_off")
                                     << QByteArray("hello");
    QTest::newRow("counted, closes") << FaultScript{say(counted), fin()} << QByteArray("cut_off")
                                     << QByteArray("hello");
    QTest::newRow("counted, closes TCP alone")
        << FaultScript{say(counted), gate(), bareFin()} << QByteArray("cut_off") << QByteArray("hello");
    QTest::newRow("close-delimited") << FaultScript{say(open), fin()} << QByteArray("finished")
                                     << QByteArray("hello");
    QTest::newRow("close-delimited, closes TCP alone")
        << FaultScript{say(open), gate(), bareFin()} << QByteArray("finished") << QByteArray("hello");
}

void tst_QnamTransportTls::brokenAnswer_isToldAndAskedForOnce() {
    QFETCH(FaultScript, script);
    QFETCH(QByteArray, reason);
    QFETCH(QByteArray, body);
    for (const Ask ask : {Ask::Post, Ask::Get}) {
        FaultServer peer({{script}, FaultServer::Tls::Trusted});
        QnamTransport transport(trusting());
        CallWatch call(transport.send(request(peer.url(), ask), patient()));
        QTRY_COMPARE(call.body(), body);
        peer.openGate();
        QVERIFY(call.waitForEnd());
        peer.settle();
        QCOMPARE(endReasonName(call.ending->reason), reason);
        QCOMPARE(call.body(), body);
        QCOMPARE(peer.requests(), 1);
        QCOMPARE(call.ending->timesSent, 1);
    }
}

void tst_QnamTransportTls::endlessHeader_endsAtTheHeaderDeadline() {
    // Over TLS alone: on a plain socket Qt reads such a header byte by byte in one go, and while the peer is
    // faster than that it sees neither our abort nor its own end. Plain http is loopback only here.
    FaultServer peer({{{say("HTTP/1.1 200 OK\r\n"), flood("X-More: and more of it\r\n", 1LL << 40)}},
                      FaultServer::Tls::Trusted});
    QnamTransport transport(trusting());
    TimeLimits limits = patient();
    limits.firstByte = 300ms;
    CallWatch call(transport.send(request(peer.url(), Ask::Post), limits));
    QVERIFY(call.waitForEnd());
    QCOMPARE(endReasonName(call.ending->reason), "first_byte_timeout");
    QTRY_COMPARE(peer.openConnections(), 0);
    QCOMPARE(peer.requests(), 1);
}

void tst_QnamTransportTls::redirectToPlainHttp_isShownNotFollowed() {
    for (int status : {302, 307, 308}) {
        FaultServer other({say(answer("stolen"))});
        const QByteArray location = other.url();
        FaultServer peer({{{say("HTTP/1.1 " + QByteArray::number(status) + " Moved\r\nLocation: " + location +
                                "\r\nContent-Length: 4\r\n\r\ngone")}},
                          FaultServer::Tls::Trusted});
        QnamTransport transport(trusting());
        CallWatch call(transport.send(request(peer.url(), Ask::Post), patient()));
        QVERIFY(call.waitForEnd());
        peer.settle();
        other.settle();
        QCOMPARE(endReasonName(call.ending->reason), "finished");
        QCOMPARE(call.status, status);
        QCOMPARE(call.body(), "gone");
        QCOMPARE(call.headers.value("location").value_or(QByteArray()), location);
        QCOMPARE(peer.requests(), 1);
        QCOMPARE(other.connections(), 0);
    }
}

void tst_QnamTransportTls::plainServerOnTlsPort_isTlsFailure() {
    FaultServer peer({{{say("HTTP/1.1 400 Bad Request\r\n\r\n"), fin()}},
                      FaultServer::Tls::None,
                      FaultServer::When::OnConnect});
    QnamTransport transport(trusting());
    CallWatch call(transport.send(
        request("https://127.0.0.1:" + QByteArray::number(peer.port()) + "/", Ask::Post), patient()));
    QVERIFY(call.waitForEnd());
    QCOMPARE(endReasonName(call.ending->reason), "tls_failed");
    QVERIFY2(call.ending->detail.contains(QStringLiteral("plain HTTP")), qPrintable(call.ending->detail));
    QCOMPARE(QByteArray(tlsFaultName(call.ending->tlsFault)), "not_spoken");
    QVERIFY(call.ending->certificates.isEmpty());
    QVERIFY(!peer.everything().contains(canary));
}

void tst_QnamTransportTls::serverThatNeverShakesHands_isConnectTimeout() {
    FaultServer peer({{{hang()}}, FaultServer::Tls::None, FaultServer::When::OnConnect});
    QnamTransport transport(trusting());
    TimeLimits limits = patient();
    limits.connect = 150ms;
    for (const Ask ask : {Ask::Post, Ask::Get}) {
        CallWatch call(transport.send(
            request("https://127.0.0.1:" + QByteArray::number(peer.port()) + "/", ask), limits));
        QVERIFY(call.waitForEnd());
        QCOMPARE(endReasonName(call.ending->reason), "connect_timeout");
        QCOMPARE(call.ending->timesSent, 0);
    }
}

void tst_QnamTransportTls::proxyTunnel_hidesTheCredential() {
    for (const Ask ask : {Ask::Post, Ask::Get}) {
        // The first script is the proxy's, the second that of the host behind it, on the same connection.
        FaultServer proxy(
            {{{say("HTTP/1.1 200 Connection established\r\n\r\n"), startTls()}, {say(answer("behind"))}}});
        const ProxyEnvironment environment(proxy.port());
        QnamTransport transport({FaultServer::certificateFile(), true});
        CallWatch call(transport.send(request("https://gateway.test/v1/forward?u=x", ask), patient()));
        QVERIFY(call.waitForEnd());
        proxy.settle();
        QVERIFY2(call.ending->reason == EndReason::Finished, qPrintable(call.ending->detail));
        QCOMPARE(call.body(), "behind");
        QCOMPARE(proxy.requests(), 2);
        QVERIFY(proxy.received().at(0).startsWith("CONNECT gateway.test:443 "));
        QVERIFY(!proxy.received().at(0).contains(canary));
        QVERIFY(proxy.received().at(1).contains(canary));
        QCOMPARE(call.ending->timesSent, 1);
    }
}

void tst_QnamTransportTls::proxyRefusing_isNamed_data() {
    QTest::addColumn<FaultScript>("script");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char* name, const QByteArray& reason, const FaultScript& script) {
        QTest::newRow(name) << script << reason;
    };
    row("407", "proxy_failed",
        {say("HTTP/1.1 407 Login\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
             "Content-Length: 0\r\n\r\n")});
    row("403", "proxy_failed", {say("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n")});
    row("502", "proxy_failed", {say("HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n")});
    row("garbage", "proxy_failed", {say("hello\r\n\r\n"), fin()});
    // Qt wants to connect again and forgets to, so the limit has to speak.
    row("407 NTLM", "connect_timeout",
        {say("HTTP/1.1 407 Login\r\nProxy-Authenticate: NTLM\r\nContent-Length: 0\r\n\r\n")});
    row("closes", "connect_timeout", {fin()});
    row("resets", "connect_timeout", {reset()});
    row("silence", "connect_timeout", {hang()});
}

void tst_QnamTransportTls::proxyRefusing_isNamed() {
    QFETCH(FaultScript, script);
    QFETCH(QByteArray, reason);
    TimeLimits limits = patient();
    if (reason == "connect_timeout")
        limits.connect = 200ms;
    for (const Ask ask : {Ask::Post, Ask::Get}) {
        FaultServer proxy(script);
        const ProxyEnvironment environment(proxy.port());
        QnamTransport transport({FaultServer::certificateFile(), true});
        CallWatch call(transport.send(request("https://gateway.test/v1/forward?u=x", ask), limits));
        QVERIFY(call.waitForEnd());
        proxy.settle();
        QCOMPARE(endReasonName(call.ending->reason), reason);
        QVERIFY2(call.ending->detail.contains(QStringLiteral("127.0.0.1:%1").arg(proxy.port())),
                 qPrintable(call.ending->detail));
        QCOMPARE(call.ending->timesSent, 0);
        QVERIFY(!proxy.everything().contains(canary));
    }
}

void tst_QnamTransportTls::deadProxy_isNamed() {
    const quint16 port = FaultServer(FaultScript{}).port(); // free again now
    const ProxyEnvironment environment(port);
    QnamTransport transport({FaultServer::certificateFile(), true});
    CallWatch call(transport.send(request("https://gateway.test/", Ask::Post), patient()));
    QVERIFY(call.waitForEnd());
    QCOMPARE(endReasonName(call.ending->reason), "proxy_failed");
    QVERIFY(call.ending->detail.contains(QStringLiteral("127.0.0.1:%1").arg(port)));
}

void tst_QnamTransportTls::loopback_goesPastTheProxy() {
    FaultServer proxy({say(answer("proxied"))});
    FaultServer peer({say(answer("direct"))});
    const ProxyEnvironment environment(proxy.port());
    QnamTransport transport({{}, true});
    for (const QByteArray host : {"127.0.0.1", "localhost"}) {
        CallWatch call(transport.send(
            request("http://" + host + ':' + QByteArray::number(peer.port()) + "/", Ask::Post), patient()));
        QVERIFY(call.waitForEnd());
        QCOMPARE(call.body(), "direct");
    }
    proxy.settle();
    QCOMPARE(proxy.connections(), 0);
}

void tst_QnamTransportTls::proxySwitchedOff_isNotUsed() {
    FaultServer proxy({say(answer("proxied"))});
    const ProxyEnvironment environment(proxy.port());
    QnamTransport transport({{}, false});
    CallWatch call(transport.send(request("https://host.invalid/", Ask::Post), patient()));
    QVERIFY(call.waitForEnd());
    proxy.settle();
    QCOMPARE(endReasonName(call.ending->reason), "host_not_found");
    QCOMPARE(proxy.connections(), 0);
}

QTEST_GUILESS_MAIN(tst_QnamTransportTls)
#include "tst_qnam_transport_tls.moc"
