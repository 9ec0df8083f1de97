// SPDX-License-Identifier: MIT
// Asking for the latest release over a real socket.
#include "session/update_check.h"
#include "support/fault_server.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace lavascope;
using namespace lavascope::fault;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 60'000;

QByteArray answer(const QByteArray& status, const QByteArray& body, const QByteArray& fields = {}) {
    return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\n" + fields +
           "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

QByteArray release(const QByteArray& tag) {
    return answer("200 OK", "{\"tag_name\":\"" + tag +
                                "\",\"body\":\"What is new\",\"html_url\":\"https://127.0.0.1/r\"}");
}

Result<UpdateNews> ask(const QByteArray& address, std::chrono::milliseconds limit = 15s) {
    UpdateCheck check({address, QStringLiteral("1.2.0"), limit});
    const QSignalSpy finished(&check, &UpdateCheck::finished);
    check.start();
    if (!QTest::qWaitFor([&] { return !finished.isEmpty(); }, patience) || !check.news())
        return fail(QStringLiteral("never_ended"), {});
    return *check.news();
}

Result<UpdateNews> askServer(const FaultScript& script, std::chrono::milliseconds limit = 15s) {
    const FaultServer server(script);
    return ask(server.url("/latest"), limit);
}

} // namespace

Q_DECLARE_METATYPE(FaultScript)

class TestUpdateCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void latestRelease_isComparedWithTheRunningProgram_data() {
        QTest::addColumn<QByteArray>("tag");
        QTest::addColumn<int>("state");
        using State = UpdateNews::State;
        QTest::newRow("same") << QByteArray("v1.2.0") << int(State::Newest);
        QTest::newRow("newer") << QByteArray("v1.10.0") << int(State::NewerExists);
        QTest::newRow("older") << QByteArray("1.1.9") << int(State::AheadOfRelease);
        QTest::newRow("our pre-release") << QByteArray("1.2.0-rc.3") << int(State::AheadOfRelease);
        QTest::newRow("pre-release of the next") << QByteArray("1.3.0-rc.1") << int(State::NewerExists);
    }
    void latestRelease_isComparedWithTheRunningProgram() {
        QFETCH(QByteArray, tag);
        QFETCH(int, state);
        const Result<UpdateNews> news = askServer({say(release(tag)), fin()});
        QVERIFY2(news, news ? "" : qPrintable(news.error().message));
        QCOMPARE(int(news->state), state);
        QCOMPARE(news->running.text(), QStringLiteral("1.2.0"));
        QCOMPARE(news->release.notes, QStringLiteral("What is new"));
        QCOMPARE(news->release.page, QStringLiteral("https://127.0.0.1/r"));
    }

    void question_saysNothingAboutTheUser() {
        FaultServer server({say(release("1.2.0")), fin()});
        QVERIFY(ask(server.url("/latest")));
        server.settle();
        QCOMPARE(server.requests(), 1);
        QByteArray expected = "GET /latest HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(server.port());
        QVERIFY2(server.received().first().startsWith(expected), server.received().first().constData());
        QList<QByteArray> names;
        for (const QByteArray& line : server.received().first().trimmed().split('\n').mid(1))
            names += line.left(line.indexOf(':')).toLower();
        std::sort(names.begin(), names.end());
        QCOMPARE(
            names.join(' '),
            QByteArray("accept accept-encoding accept-language connection content-length host user-agent"));
        QVERIFY(server.received().first().contains("\r\nUser-Agent: Lavascope/" LAVASCOPE_VERSION "\r\n"));
    }

    void anythingElse_isToldWithItsReason_data() {
        QTest::addColumn<FaultScript>("script");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* name, const FaultScript& script, const char* code) {
            QTest::newRow(name) << script << QString::fromLatin1(code);
        };
        row("malformed JSON", {say(answer("200 OK", "{\"tag_name\":")), fin()}, "release_unreadable");
        row("HTML", {say(answer("200 OK", "<html>")), fin()}, "release_unreadable");
        row("no version", {say(answer("200 OK", "{\"tag_name\":\"nightly\"}")), fin()},
            "release_without_version");
        row("not found", {say(answer("404 Not Found", "{}")), fin()}, "update_missing");
        row("limited", {say(answer("403 Forbidden", "{}")), fin()}, "update_limited");
        row("login wanted",
            {say(answer("401 Unauthorized", "{}", "WWW-Authenticate: Basic realm=x\r\n")), fin()},
            "update_status");
        row("server error", {say(answer("500 Oops", "{}")), fin()}, "update_status");
        row("no content", {say("HTTP/1.1 204 No Content\r\n\r\n"), fin()}, "update_status");
        row("cut off", {say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"tag_name\":\"9.0.0\"}"), fin()},
            "update_unasked");
        row("reset", {reset()}, "update_unasked");
    }
    void anythingElse_isToldWithItsReason() {
        QFETCH(FaultScript, script);
        QFETCH(QString, code);
        const Result<UpdateNews> news = askServer(script);
        QVERIFY(!news);
        QCOMPARE(news.error().code, code);
        QVERIFY(news.error().message.endsWith(QLatin1Char('.')));
    }

    void redirect_isNotFollowed() {
        FaultServer other({say(release("9.0.0")), fin()});
        const Result<UpdateNews> news =
            askServer({say(answer("302 Found", "{}", "Location: " + other.url("/evil") + "\r\n")), fin()});
        QVERIFY(!news);
        QCOMPARE(news.error().code, QStringLiteral("update_redirected"));
        other.settle();
        QCOMPARE(other.connections(), 0);
    }

    void endlessAnswer_isEndedAtItsLimit() {
        constexpr qint64 pieces = 10'000;
        FaultServer server(
            {say("HTTP/1.1 200 OK\r\n\r\n{\"body\":\""), flood(QByteArray(64 * 1024, 'x'), pieces)});
        const Result<UpdateNews> news = ask(server.url("/latest"));
        QVERIFY(!news);
        QCOMPARE(news.error().code, QStringLiteral("update_too_large"));
        QVERIFY(server.bytesSent() < qint64(64) << 20);
    }

    void silentServer_isNotWaitedForLonger() {
        const Result<UpdateNews> news = askServer({hang()}, 50ms);
        QVERIFY(!news);
        QCOMPARE(news.error().code, QStringLiteral("update_unasked"));
    }

    void addressThatIsNotSafe_isNotAsked_data() {
        QTest::addColumn<QByteArray>("address");
        for (const char* address :
             {"http://releases.example/latest", "ftp://127.0.0.1/x", "file:///etc/passwd",
              "https://user:word@127.0.0.1/x", "not an address", "https://"})
            QTest::newRow(address) << QByteArray(address);
    }
    void addressThatIsNotSafe_isNotAsked() {
        QFETCH(QByteArray, address);
        const Result<UpdateNews> news = ask(address);
        QVERIFY(!news);
        QCOMPARE(news.error().code, QStringLiteral("update_unasked"));
        QVERIFY(!news.error().message.isEmpty());
    }

    void checkThatIsNotStarted_asksNothing() {
        FaultServer server({say(release("1.2.0")), fin()});
        { const UpdateCheck check({server.url("/latest"), {}, 15s}); }
        server.settle();
        QCOMPARE(server.connections(), 0);
    }

    void checkThatIsDeletedInTheMiddle_ends() {
        FaultServer server({hang()});
        auto check = std::make_unique<UpdateCheck>(UpdateCheck::Settings{server.url("/latest"), {}, 15s});
        check->start();
        QTRY_COMPARE_WITH_TIMEOUT(server.requests(), 1, patience);
        check.reset();
        QTRY_COMPARE_WITH_TIMEOUT(server.openConnections(), 0, patience);
    }

    void address_isTheEnvironmentsThenTheUsersThenTheProjects() {
        qunsetenv("LAVASCOPE_UPDATES_URL");
        QCOMPARE(releasesAddress({}),
                 QByteArray("https://api.github.com/repos/lavascope/lavascope/releases/latest"));
        QCOMPARE(releasesAddress(QStringLiteral(" https://a.example/l ")), QByteArray("https://a.example/l"));
        qputenv("LAVASCOPE_UPDATES_URL", "https://b.example/l");
        QCOMPARE(releasesAddress(QStringLiteral("https://a.example/l")), QByteArray("https://b.example/l"));
        qputenv("LAVASCOPE_UPDATES_URL", " ");
        QCOMPARE(releasesAddress(QStringLiteral("https://a.example/l")), QByteArray("https://a.example/l"));
        qunsetenv("LAVASCOPE_UPDATES_URL");
    }
};

QTEST_GUILESS_MAIN(TestUpdateCheck)
#include "tst_update_check.moc"
