// SPDX-License-Identifier: MIT
#include "sandbox/raw_client.h"
#include "sandbox/sandbox_server.h"

#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryFile>
#include <QTest>

using namespace lavascope;

namespace {

struct CurlResult {
    int exitCode = -1;
    QByteArray out;
    QByteArray err;
};

// The gateway lives in this process: its events must go on while curl runs.
CurlResult curl(const QStringList& arguments) {
    QProcess process;
    QSignalSpy finished(&process, &QProcess::finished);
    process.start(QStringLiteral("curl"),
                  QStringList{QStringLiteral("-q"), QStringLiteral("-sS"), QStringLiteral("--noproxy"),
                              QStringLiteral("*"), QStringLiteral("--max-time"), QStringLiteral("20")} +
                      arguments);
    if (!process.waitForStarted() || (process.state() != QProcess::NotRunning && !finished.wait(25000)))
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

QString bearer() {
    return QStringLiteral("Authorization: Bearer ") + QString::fromLatin1(testKey);
}

struct Running {
    Running()
        : server([] {
            SandboxConfig config = SandboxConfig::standard();
            config.pace = 0;
            return config;
        }()) {
        const auto listening = server.listen();
        Q_ASSERT(listening);
    }
    [[nodiscard]] QString url(const QString& path) const {
        return QString::fromLatin1(server.origin()) + path;
    }
    [[nodiscard]] QString forward() const {
        return url(QStringLiteral("/v1/forward?u=") +
                   QString::fromLatin1(QByteArray(chatUrl).toPercentEncoding()));
    }

    SandboxServer server;
};

} // namespace

class TestSandboxCurl : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void json_isAnswered();
    void rawTarget_isAnswered();
    void stream_isAnswered();
    void chunkedUpload_isTaken();
    void largeUploadWithExpect_isTaken();
    void twoRequests_shareAConnection();
    void headRequest_isAnswered();
    void cutStream_isReported();
    void hang_runsIntoCurlsTimeLimit();
    void wrappedToken_isRefused();
};

void TestSandboxCurl::initTestCase() {
    QVERIFY2(!QStandardPaths::findExecutable(QStringLiteral("curl")).isEmpty(), "this test needs curl");
}

void TestSandboxCurl::json_isAnswered() {
    const Running running;
    const CurlResult result =
        curl({QStringLiteral("--fail"), QStringLiteral("-H"), bearer(), QStringLiteral("--json"),
              QString::fromLatin1(chatBody(false)), running.forward()});
    QVERIFY2(result.exitCode == 0, result.err.constData());
    QVERIFY(result.out.contains("How deep is the harbour?"));
}

void TestSandboxCurl::rawTarget_isAnswered() {
    const Running running;
    const CurlResult result =
        curl({QStringLiteral("--fail"), QStringLiteral("-H"), bearer(),
              running.url(QStringLiteral("/v1/forward?u=https://api.openai.com/v1/models"))});
    QVERIFY2(result.exitCode == 0, result.err.constData());
    QVERIFY(result.out.contains("gpt-4o-mini"));
}

void TestSandboxCurl::stream_isAnswered() {
    const Running running;
    const CurlResult result =
        curl({QStringLiteral("--fail"), QStringLiteral("-N"), QStringLiteral("-i"), QStringLiteral("-H"),
              bearer(), QStringLiteral("--json"), QString::fromLatin1(chatBody(true)), running.forward()});
    QVERIFY2(result.exitCode == 0, result.err.constData());
    QVERIFY(result.out.contains("x-lava-request-id: req_test_"));
    QVERIFY(result.out.endsWith("data: [DONE]\n\n"));
}

void TestSandboxCurl::chunkedUpload_isTaken() {
    const Running running;
    const CurlResult result =
        curl({QStringLiteral("--fail"), QStringLiteral("-H"), bearer(), QStringLiteral("-H"),
              QStringLiteral("Transfer-Encoding: chunked"), QStringLiteral("--json"),
              QString::fromLatin1(chatBody(false)), running.forward()});
    QVERIFY2(result.exitCode == 0, result.err.constData());
    QVERIFY(result.out.contains("How deep is the harbour?"));
}

void TestSandboxCurl::largeUploadWithExpect_isTaken() {
    const Running running;
    QTemporaryFile body;
    QVERIFY(body.open());
    const QByteArray image(20 * 1024 * 1024, 'A');
    body.write(chatBody(false, ",\"image\":\"" + image + '"'));
    body.close();
    const CurlResult result =
        curl({QStringLiteral("-v"), QStringLiteral("--fail"), QStringLiteral("-H"), bearer(),
              QStringLiteral("-H"), QStringLiteral("Expect: 100-continue"), QStringLiteral("--json"),
              QLatin1Char('@') + body.fileName(), running.forward()});
    QVERIFY2(result.exitCode == 0, result.err.right(500).constData());
    QVERIFY(result.err.contains("100 Continue"));
    QVERIFY(result.out.contains("How deep is the harbour?"));
}

void TestSandboxCurl::twoRequests_shareAConnection() {
    const Running running;
    const QStringList one{QStringLiteral("-w"), QStringLiteral("connects=%{num_connects}"),
                          QStringLiteral("-H"), bearer(), running.url(QStringLiteral("/v1/models"))};
    const CurlResult result = curl(one + QStringList{QStringLiteral("--next")} + one);
    QVERIFY2(result.exitCode == 0, result.err.constData());
    QCOMPARE(result.out.count("\"object\":\"list\""), 2);
    QCOMPARE(result.out.count("connects=1"), 1);
    QCOMPARE(result.out.count("connects=0"), 1);
}

void TestSandboxCurl::headRequest_isAnswered() {
    const Running running;
    const CurlResult result = curl({QStringLiteral("--fail"), QStringLiteral("-I"), QStringLiteral("-H"),
                                    bearer(), running.url(QStringLiteral("/v1/models"))});
    QVERIFY2(result.exitCode == 0, result.err.constData());
    QVERIFY(result.out.startsWith("HTTP/1.1 200 OK"));
}

void TestSandboxCurl::cutStream_isReported() {
    Running running;
    running.server.setFaults({*parseFault(QStringLiteral("cut:after=2"))});
    const CurlResult result =
        curl({QStringLiteral("-N"), QStringLiteral("-H"), bearer(), QStringLiteral("--json"),
              QString::fromLatin1(chatBody(true)), running.forward()});
    constexpr int partialFile = 18;
    QCOMPARE(result.exitCode, partialFile);
    QCOMPARE(result.out.count("data: "), 2);
}

void TestSandboxCurl::hang_runsIntoCurlsTimeLimit() {
    Running running;
    running.server.setFaults({*parseFault(QStringLiteral("hang"))});
    const CurlResult result =
        curl({QStringLiteral("--max-time"), QStringLiteral("0.3"), QStringLiteral("-H"), bearer(),
              QStringLiteral("--json"), QString::fromLatin1(chatBody(true)), running.forward()});
    constexpr int operationTimedOut = 28;
    QCOMPARE(result.exitCode, operationTimedOut);
    QVERIFY(result.out.isEmpty());
}

// GNU base64 wraps at 76 characters, and curl sends the rest as a header line of its own.
void TestSandboxCurl::wrappedToken_isRefused() {
    const Running running;
    const QString token = QStringLiteral("eyJzZWNyZXRfa2V5IjoiYWtzX3Rlc3RfRVhBTVBMRW5vdEFSZWFsS2V5MDAwMCJ9");
    const CurlResult result =
        curl({QStringLiteral("-H"),
              QStringLiteral("Authorization: Bearer ") + token.left(40) + QLatin1Char('\n') + token.mid(40),
              running.url(QStringLiteral("/v1/models"))});
    QVERIFY2(result.out.contains("\"status\":40"), result.out.constData());
}

QTEST_GUILESS_MAIN(TestSandboxCurl)
#include "tst_sandbox_curl.moc"
