// SPDX-License-Identifier: MIT
// What becomes of a call that finds no way to the gateway: names, ports, certificates, proxies. Each says
// what failed, whose fault it is and whether to try again; nothing is sent.
#include "session/run_peer.h"

#include <QSignalSpy>
#include <QSslConfiguration>
#include <QTemporaryDir>
#include <QTest>

using namespace lavascope;
using namespace lavascope::fault;
using namespace std::chrono_literals;

namespace {

/// The proxy and the authorities of this process, set for one test.
class Surroundings {
public:
    Surroundings() { clear(); }
    ~Surroundings() {
        clear();
        QSslConfiguration::setDefaultConfiguration(m_before);
    }
    Surroundings(const Surroundings&) = delete;
    Surroundings& operator=(const Surroundings&) = delete;

    void useProxy(quint16 port) {
        for (const char* name : {"https_proxy", "HTTPS_PROXY"})
            qputenv(name, "http://127.0.0.1:" + QByteArray::number(port));
    }
    void trustTestAuthority() {
        QSslConfiguration trusting = m_before;
        if (!trusting.addCaCertificates(FaultServer::certificateFile()))
            qFatal("the test authority cannot be read");
        QSslConfiguration::setDefaultConfiguration(trusting);
    }

private:
    static void clear() {
        for (const char* name :
             {"http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "no_proxy", "NO_PROXY"})
            qunsetenv(name);
    }
    const QSslConfiguration m_before = QSslConfiguration::defaultConfiguration();
};

/// A call to its end.
struct Told {
    Ending ending;
    Diagnosis diagnosis;
    Recording recording;
    QStringList replayed; ///< the evidence after saving, reading and playing it
};

Told callTo(const RequestDraft& draft, const SendOptions& options = {}) {
    Workbench workbench;
    const auto run = startRun(workbench, draft, options);
    QSignalSpy finished(run.get(), &Run::finished);
    if (!finished.wait(runPatience) || !run->diagnosis())
        qFatal("the call did not end with a diagnosis");
    Told told{*run->recording().attempts.back().ending, *run->diagnosis(), run->recording(), {}};
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("call.jsonl"));
    if (!workbench.saveRecording(path, *run))
        qFatal("the recording cannot be saved");
    const auto played = workbench.replay(workbench.loadRecording(path).value(), ReplayPace::atOnce());
    QSignalSpy playedToTheEnd(played->get(), &Run::finished);
    if (!playedToTheEnd.wait(runPatience) || !(*played)->diagnosis())
        qFatal("the recording did not end with a diagnosis");
    if ((*played)->diagnosis()->rule != told.diagnosis.rule)
        qFatal("the recording is diagnosed otherwise");
    told.replayed = (*played)->diagnosis()->evidence;
    return told;
}

QByteArray blameOf(const Diagnosis& diagnosis) {
    return diagnosis.kind.toUtf8() + ' ' + faultName(diagnosis.fault) + ' ' + retryName(diagnosis.retry);
}

RequestDraft draftThroughProxy() {
    return draftTo(QByteArray("https://gateway.test"));
}

} // namespace

Q_DECLARE_METATYPE(FaultServer::Tls)
Q_DECLARE_METATYPE(FaultScript)

class TestRunConnections : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void portNobodyListensOn_isToldAsRefused() {
        const Surroundings surroundings;
        const quint16 port = FaultServer(FaultScript{}).port(); // free again now
        const Told told = callTo(draftTo("http://127.0.0.1:" + QByteArray::number(port)));
        QCOMPARE(blameOf(told.diagnosis), "connection_refused you backoff");
        QCOMPARE(told.ending.timesSent, 0);
        QVERIFY(!told.diagnosis.mayHaveBeenBilled);
    }

    void unknownHost_isToldAsNotFound() {
        const Surroundings surroundings;
        const Told told = callTo(draftTo(QByteArray("https://gateway.invalid")));
        QCOMPARE(blameOf(told.diagnosis), "host_not_found network backoff");
        QCOMPARE(told.ending.timesSent, 0);
    }

    void refusedCertificate_isToldWithItsChain_data() {
        QTest::addColumn<FaultServer::Tls>("tls");
        QTest::addColumn<QByteArray>("blame");
        QTest::addColumn<QString>("words");
        QTest::newRow("expired") << FaultServer::Tls::Expired << QByteArray("tls_expired unknown no")
                                 << QStringLiteral("valid 2020-01-01 to 2020-01-02, for 127.0.0.1, "
                                                   "gateway.test, localhost: expired");
        QTest::newRow("self-signed") << FaultServer::Tls::SelfSigned
                                     << QByteArray("tls_self_signed network no")
                                     << QStringLiteral("(issued by self.test)");
        QTest::newRow("wrong host") << FaultServer::Tls::WrongHost << QByteArray("tls_wrong_host network no")
                                    << QStringLiteral("for elsewhere.test: not for the host that was called");
    }
    void refusedCertificate_isToldWithItsChain() {
        QFETCH(FaultServer::Tls, tls);
        QFETCH(QByteArray, blame);
        QFETCH(QString, words);
        Surroundings surroundings;
        surroundings.trustTestAuthority();
        FaultServer peer({{{say(counted("200 OK", {}, "x"))}}, tls});
        const Told told = callTo(draftTo(peer));
        peer.settle();
        QCOMPARE(blameOf(told.diagnosis), blame);
        const QStringList chain = told.diagnosis.evidence.filter(QStringLiteral("Certificate 1. "));
        QCOMPARE(chain.size(), 1);
        QVERIFY2(chain.first().contains(words), qPrintable(chain.first()));
        QCOMPARE(told.replayed, told.diagnosis.evidence);
        QCOMPARE(told.ending.timesSent, 0);
        QCOMPARE(peer.requests(), 0);
        QCOMPARE(peer.everything(), QByteArray());
    }

    void unknownAuthority_isTold() {
        const Surroundings surroundings;
        FaultServer peer({{{say(counted("200 OK", {}, "x"))}}, FaultServer::Tls::Trusted});
        const Told told = callTo(draftTo(peer));
        peer.settle();
        QCOMPARE(blameOf(told.diagnosis), "tls_unknown_authority network no");
        QVERIFY(!told.diagnosis.evidence.filter(QStringLiteral("Lavascope test authority")).isEmpty());
        QCOMPARE(peer.requests(), 0);
    }

    void plainHttpOnTheTlsPort_isToldInItsOwnWords() {
        const Surroundings surroundings;
        FaultServer peer({{{say(counted("400 Bad Request", {}, "no TLS here")), fin()}},
                          FaultServer::Tls::None,
                          FaultServer::When::OnConnect});
        const Told told = callTo(draftTo("https://127.0.0.1:" + QByteArray::number(peer.port())));
        peer.settle();
        QCOMPARE(blameOf(told.diagnosis), "tls_not_spoken you no");
        QVERIFY2(told.ending.detail.contains(QStringLiteral("plain HTTP")), qPrintable(told.ending.detail));
        QCOMPARE(peer.requests(), 0);
        QVERIFY(!peer.everything().contains(runKey));
    }

    void portThatSaysNothing_isToldAsNoConnection() {
        const Surroundings surroundings;
        FaultServer peer({{{hang()}}, FaultServer::Tls::None, FaultServer::When::OnConnect});
        SendOptions options;
        options.connectLimit = 150ms;
        const Told told = callTo(draftTo("https://127.0.0.1:" + QByteArray::number(peer.port())), options);
        QCOMPARE(blameOf(told.diagnosis), "connect_timeout network backoff");
        QCOMPARE(told.ending.timesSent, 0);
        QCOMPARE(peer.requests(), 0);
    }

    void proxy_isToldAsItFails_data() {
        QTest::addColumn<FaultScript>("script");
        QTest::addColumn<QByteArray>("blame");
        const QByteArray refuses = "proxy_failed network backoff";
        QTest::newRow("wants a login")
            << FaultScript{say("HTTP/1.1 407 Login\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
                               "Content-Length: 0\r\n\r\n")}
            << refuses;
        QTest::newRow("forbids") << FaultScript{say("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n")}
                                 << refuses;
        QTest::newRow("cannot") << FaultScript{say("HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n")}
                                << refuses;
        QTest::newRow("no HTTP") << FaultScript{say("hello\r\n\r\n"), fin()} << refuses;
        QTest::newRow("silence") << FaultScript{hang()} << QByteArray("connect_timeout network backoff");
    }
    void proxy_isToldAsItFails() {
        QFETCH(FaultScript, script);
        QFETCH(QByteArray, blame);
        Surroundings surroundings;
        FaultServer proxy(script);
        surroundings.useProxy(proxy.port());
        SendOptions options;
        if (blame.startsWith("connect_timeout"))
            options.connectLimit = 200ms;
        const Told told = callTo(draftThroughProxy(), options);
        proxy.settle();
        QCOMPARE(blameOf(told.diagnosis), blame);
        QCOMPARE(proxy.requests(), 1); // CONNECT
        QVERIFY(proxy.everything().startsWith("CONNECT gateway.test:443 "));
        QVERIFY(!proxy.everything().contains(runKey));
        QVERIFY(!proxy.everything().contains("eyJ"));
        QCOMPARE(told.ending.timesSent, 0);
    }

    void deadProxy_isTold() {
        Surroundings surroundings;
        surroundings.useProxy(FaultServer(FaultScript{}).port()); // free again now
        const Told told = callTo(draftThroughProxy());
        QCOMPARE(blameOf(told.diagnosis), "proxy_failed network backoff");
        QCOMPARE(told.ending.timesSent, 0);
    }
};

QTEST_GUILESS_MAIN(TestRunConnections)
#include "tst_run_connections.moc"
