// SPDX-License-Identifier: MIT
#include "net/call_outcome.h"

#include <QTest>

using namespace lavascope;
using NetworkError = QNetworkReply::NetworkError;

namespace {

CallEvidence answered(int status, const Headers& headers, qint64 received,
                      NetworkError error = QNetworkReply::NoError) {
    CallEvidence seen;
    seen.method = "POST";
    seen.host = QStringLiteral("api.test");
    seen.timesSent = 1;
    seen.status = status;
    seen.headers = headers;
    seen.received = received;
    seen.error = error;
    return seen;
}

CallEvidence unanswered(NetworkError error, int timesSent = 0) {
    CallEvidence seen = answered(0, {}, 0, error);
    seen.timesSent = timesSent;
    return seen;
}

CallEvidence stopped(Stop stop, CallEvidence seen) {
    seen.stop = stop;
    return seen;
}

CallEvidence by(const QByteArray& method, CallEvidence seen) {
    seen.method = method;
    return seen;
}

CallEvidence overTls(CallEvidence seen, bool isEncrypted) {
    seen.isHttps = true;
    seen.isEncrypted = isEncrypted;
    return seen;
}

CallEvidence through(const QString& proxy, CallEvidence seen) {
    seen.proxy = proxy;
    return seen;
}

const Headers json{{"Content-Type", "application/json"}};
const Headers five{{"Content-Length", "5"}};
const QString proxyName = QStringLiteral("proxy.test:8080");

} // namespace

Q_DECLARE_METATYPE(CallEvidence)

class tst_CallOutcome : public QObject { // NOLINT(readability-identifier-naming)
    Q_OBJECT

private Q_SLOTS:
    void evidence_givesReason_data();
    void evidence_givesReason();
    void everySingleEnding_isOneOrMoreSentences();
};

void tst_CallOutcome::evidence_givesReason_data() {
    QTest::addColumn<CallEvidence>("seen");
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<QString>("detail"); // a part of it; empty: nothing is said
    const auto row = [](const char* name, const CallEvidence& seen, const QByteArray& reason,
                        const char* detail = "") {
        QTest::newRow(name) << seen << reason << QString::fromLatin1(detail);
    };

    row("whole", answered(200, five, 5), "finished");
    row("no length", answered(200, json, 5), "finished");
    row("error status without a broken connection",
        answered(500, five, 5, QNetworkReply::InternalServerError), "finished");
    row("unknown content error is a status", answered(422, five, 5, QNetworkReply::UnknownContentError),
        "finished");
    row("redirect that Qt could not send again", answered(307, five, 5, QNetworkReply::ContentReSendError),
        "finished");
    row("answer to HEAD", by("HEAD", answered(200, five, 0)), "finished");
    row("304 with the length of what it stands for", answered(304, five, 0), "finished");
    row("204", answered(204, five, 0), "finished");

    row("short, though Qt is content", answered(200, five, 3), "cut_off", "after 3 of 5 announced bytes");
    row("short error answer", answered(503, five, 3, QNetworkReply::RemoteHostClosedError), "cut_off",
        "3 of 5");
    row("broken without a length", answered(200, json, 7, QNetworkReply::RemoteHostClosedError), "cut_off",
        "after 7 bytes");
    row("TLS broke", answered(200, json, 7, QNetworkReply::UnknownNetworkError), "cut_off");
    row("chunked is not counted by length",
        answered(200, {{"Content-Length", "50"}, {"Transfer-Encoding", "chunked"}}, 3), "finished",
        "smuggling");

    row("no headers", answered(200, {}, 9), "malformed_answer", "no readable header field");
    row("no headers and silence", stopped(Stop::Idle, answered(200, {}, 9)), "malformed_answer");
    row("no headers and stopped", stopped(Stop::ByUser, answered(200, {}, 9)), "stopped_by_user");
    row("103", answered(103, json, 0), "malformed_answer", "interim answer 103");
    row("odd status", answered(999, json, 0), "finished", "Status 999 is outside");
    row("length twice", answered(200, {{"Content-Length", "5, 5"}}, 5), "finished", "more than once");
    row("length no number", answered(200, {{"Content-Length", "+5"}}, 5), "finished", "not a plain number");
    row("length beyond all bounds", answered(200, {{"Content-Length", "99999999999999999999"}}, 5),
        "finished", "not a plain number");
    row("NUL in a field", answered(200, {{"X", QByteArray("a\0b", 3)}}, 5), "finished", "control character");
    row("ESC in a field", answered(200, {{"X", "\x1b[31m"}}, 5), "finished", "control character");
    row("tab in a field", answered(200, {{"X", "a\tb"}}, 5), "finished");
    row("encoded", answered(200, {{"Content-Encoding", "gzip"}}, 5), "finished", "kept as they came");
    row("identity", answered(200, {{"Content-Encoding", "identity"}}, 5), "finished");
    row("large 401", answered(401, json, readBufferBytes, QNetworkReply::AuthenticationRequiredError),
        "finished", "one MiB");

    for (const NetworkError error : {QNetworkReply::ContentReSendError, QNetworkReply::RemoteHostClosedError,
                                     QNetworkReply::UnknownNetworkError, QNetworkReply::NoError})
        row("sent, nothing came", unanswered(error, 1), "no_answer", "billed");
    row("closed before sending", unanswered(QNetworkReply::ContentReSendError), "unreachable");
    row("no such host", unanswered(QNetworkReply::HostNotFoundError), "host_not_found", "api.test");
    row("refused", unanswered(QNetworkReply::ConnectionRefusedError), "connection_refused", "api.test");
    row("no route", unanswered(QNetworkReply::UnknownNetworkError), "unreachable");
    row("anything else", unanswered(QNetworkReply::ProtocolUnknownError), "other_failure", "301");

    row("handshake failed", overTls(unanswered(QNetworkReply::SslHandshakeFailedError), false), "tls_failed");
    row("closed in the handshake", overTls(unanswered(QNetworkReply::RemoteHostClosedError), false),
        "tls_failed");
    row("closed after the handshake", overTls(unanswered(QNetworkReply::RemoteHostClosedError, 1), true),
        "no_answer");
    CallEvidence expired = overTls(unanswered(QNetworkReply::SslHandshakeFailedError), false);
    expired.tlsProblems = {QStringLiteral("The certificate has expired"), QStringLiteral("Other")};
    row("expired", expired, "tls_failed", "The certificate has expired; Other");

    row("proxy refused", through(proxyName, unanswered(QNetworkReply::ProxyConnectionRefusedError)),
        "proxy_failed", "proxy.test:8080");
    row("proxy wants a login",
        through(proxyName, unanswered(QNetworkReply::ProxyAuthenticationRequiredError)), "proxy_failed",
        "login");
    row("proxy broke", through(proxyName, unanswered(QNetworkReply::ContentReSendError)), "proxy_failed",
        "proxy.test:8080");
    row("407 of the host itself", answered(407, five, 5, QNetworkReply::ProxyAuthenticationRequiredError),
        "finished");

    row("by user", stopped(Stop::ByUser, answered(200, json, 5)), "stopped_by_user", "Stopped by you.");
    row("by user before anything", stopped(Stop::ByUser, unanswered(QNetworkReply::NoError)),
        "stopped_by_user");
    row("connect", stopped(Stop::Connect, unanswered(QNetworkReply::NoError)), "connect_timeout",
        "api.test within 10 s");
    row("connect to proxy", stopped(Stop::Connect, through(proxyName, unanswered(QNetworkReply::NoError))),
        "connect_timeout", "proxy.test:8080 within 10 s");
    row("first byte", stopped(Stop::FirstByte, unanswered(QNetworkReply::NoError, 1)), "first_byte_timeout",
        "60 s");
    row("idle", stopped(Stop::Idle, answered(200, five, 3)), "idle_timeout", "60 s after 3 of 5");
    row("total", stopped(Stop::Total, answered(200, json, 3)), "total_timeout", "600 s");
}

void tst_CallOutcome::evidence_givesReason() {
    QFETCH(CallEvidence, seen);
    QFETCH(QByteArray, reason);
    QFETCH(QString, detail);
    const Ending ending = tellEnding(seen);
    QCOMPARE(endReasonName(ending.reason), reason);
    QCOMPARE(ending.timesSent, seen.timesSent);
    if (detail.isEmpty() && reason == "finished")
        QCOMPARE(ending.detail, QString());
    QVERIFY2(ending.detail.contains(detail), qPrintable(ending.detail));
}

void tst_CallOutcome::everySingleEnding_isOneOrMoreSentences() {
    for (int error = 0; error < 500; ++error)
        for (const CallEvidence& seen : {unanswered(NetworkError(error)), unanswered(NetworkError(error), 1),
                                         through(proxyName, unanswered(NetworkError(error))),
                                         overTls(unanswered(NetworkError(error)), false)}) {
            const Ending ending = tellEnding(seen);
            QVERIFY(ending.reason != EndReason::Finished);
            QVERIFY(ending.detail.endsWith(QLatin1Char('.')));
        }
}

QTEST_GUILESS_MAIN(tst_CallOutcome)
#include "tst_call_outcome.moc"
