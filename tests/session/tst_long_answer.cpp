// SPDX-License-Identifier: MIT
// An answer that outgrows its memory: read, kept, masked and saved as if it had not, and no trace of it left.
#include "session/secret_watch.h"
#include "session/workbench.h"
#include "support/fault_server.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QDirIterator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace lavascope;
using namespace lavascope::fault;

namespace {

constexpr int patience = 60'000;
constexpr qint64 kibi = 1024;
const QByteArray key = "aks_test_long_0000_CANARY";
const QByteArray head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

QByteArray chatEvent(const QByteArray& text) {
    return R"(data: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":")" + text +
           "\"}}]}\n\n";
}

/// Two megabytes of an answer that quotes the key now and then.
QByteArray longBody() {
    QByteArray body;
    for (int i = 0; i < 20'000; ++i)
        body += chatEvent(i % 1000 == 7 ? "your key is " + key : "word " + QByteArray::number(i));
    body +=
        R"(data: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]})"
        "\n\ndata: [DONE]\n\n";
    return body;
}

QStringList filesIn(const QString& folder) {
    return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
}

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

Q_DECLARE_METATYPE(AnswerLimits)

class TestLongAnswer : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Run> send(const FaultServer& peer, const SendOptions& options) {
        RequestDraft draft;
        draft.gateway = "http://127.0.0.1:" + QByteArray::number(peer.port());
        draft.providerUrl = "https://api.openai.com/v1/chat/completions";
        draft.token.secretKey = Secret(key);
        draft.body = R"({"model":"gpt-4o-mini","stream":true,"messages":[]})";
        auto run = m_workbench.send(draft, options);
        if (!run)
            qFatal("%s", qPrintable(run.error().message));
        return *std::move(run);
    }
    /// A call with hardly any memory, whose temporary files are small and lie here.
    [[nodiscard]] SendOptions smallMemory() const {
        SendOptions options;
        options.limits.inMemory = 32 * kibi;
        options.limits.folder = m_spill.path();
        options.limits.fileBytes = 300 * kibi;
        return options;
    }
    std::unique_ptr<Run> sendToEnd(const FaultServer& peer, const SendOptions& options) {
        auto run = send(peer, options);
        QSignalSpy finished(run.get(), &Run::finished);
        if (!finished.wait(patience))
            qFatal("the call did not end");
        return run;
    }

    Workbench m_workbench;
    QTemporaryDir m_spill;
    QTemporaryDir m_saved;

private Q_SLOTS:
    void answerOnDisk_isTheSameAsOneInMemory() {
        const QByteArray body = longBody();
        const FaultServer peer({say(head + body), fin()});
        const auto inMemory = sendToEnd(peer, {});
        const FaultServer again({say(head + body), fin()});
        const auto onDisk = sendToEnd(again, smallMemory());

        QVERIFY(onDisk->succeeded());
        const Attempt& attempt = onDisk->recording().attempts[0];
        QVERIFY(attempt.chunks.back().owner);
        QVERIFY(!inMemory->recording().attempts[0].chunks.back().owner);
        QVERIFY(attempt.body() == body);
        QVERIFY(onDisk->reader().transcript() == inMemory->reader().transcript());
        QCOMPARE(onDisk->reader().eventCount(), inMemory->reader().eventCount());
        for (qsizetype i = 0; i < onDisk->reader().eventCount(); ++i) {
            const StreamEvent a = onDisk->reader().event(i);
            const StreamEvent b = inMemory->reader().event(i);
            QVERIFY(a.data == b.data && a.name == b.name && a.kind == b.kind);
        }
        QVERIFY(SecretWatch(*onDisk).lookOn(QDeadlineTimer(QDeadlineTimer::Forever)) ==
                SecretWatch::Seen::Some);
        QVERIFY(onDisk->redacted().recording().attempts[0].body() ==
                inMemory->redacted().recording().attempts[0].body());
        QVERIFY(onDisk->redactedReading().transcript() == inMemory->redactedReading().transcript());
        QVERIFY(!onDisk->redactedReading().transcript().first().text.contains(QStringLiteral("CANARY")));
    }

    void savedFiles_areWholeAndMasked() {
        const QByteArray body = longBody();
        const FaultServer peer({say(head + body), fin()});
        const auto run = sendToEnd(peer, smallMemory());
        const QString recordingPath = m_saved.filePath(QStringLiteral("call.jsonl"));
        const QString bodyPath = m_saved.filePath(QStringLiteral("answer.sse"));
        QVERIFY(m_workbench.saveRecording(recordingPath, *run));
        QVERIFY(m_workbench.saveBody(bodyPath, *run));

        const QByteArray masked = QByteArray(body).replace(key, QByteArray(key.size(), '*'));
        const QByteArray savedBody = contentOf(bodyPath);
        QCOMPARE(savedBody.size(), body.size());
        QVERIFY(!savedBody.contains("CANARY"));
        QCOMPARE(savedBody.count("word "), masked.count("word "));
        const Result<Recording> read = readRecording(contentOf(recordingPath));
        QVERIFY(read);
        QVERIFY(read->attempts[0].body() == savedBody);
        QCOMPARE(read->attempts[0].chunks.size(), run->recording().attempts[0].chunks.size());
    }

    void recordingKept_outlivesItsRun() {
        const QByteArray body = longBody();
        const FaultServer peer({say(head + body), fin()});
        auto run = sendToEnd(peer, smallMemory());
        const Recording kept = run->recording();
        const RedactedRecording safe = run->redacted();
        run.reset();
        QVERIFY(kept.attempts[0].body() == body);
        QCOMPARE(safe.recording().attempts[0].bodySize(), qint64(body.size()));
    }

    void noFile_everHoldsAnswerBytesUnderAName() {
        const FaultServer peer({say(head + longBody()), gate(), fin()});
        auto run = send(peer, smallMemory());
        QTRY_VERIFY_WITH_TIMEOUT(run->reader().transcript().endSignalSeen, patience);
#ifdef Q_OS_UNIX
        QCOMPARE(filesIn(m_spill.path()), QStringList());
#endif
        run.reset();
        QCOMPARE(filesIn(m_spill.path()), QStringList());
    }

    void folderThatCannotBeWritten_endsTheAnswerAndKeepsWhatCame() {
        SendOptions options = smallMemory();
        options.limits.folder = m_spill.filePath(QStringLiteral("missing"));
        const FaultServer peer({say(head), flood(chatEvent("word"), 1'000'000), fin()});
        const auto run = sendToEnd(peer, options);
        const Attempt& attempt = run->recording().attempts[0];
        QCOMPARE(attempt.ending->reason, EndReason::TooLarge);
        QVERIFY2(attempt.ending->detail.contains(QStringLiteral("temporary files cannot take more")),
                 qPrintable(attempt.ending->detail));
        QVERIFY(!attempt.ending->detail.contains(m_spill.path()));
        // How much that is depends on what came first, another piece or the table of events: both need room.
        QVERIFY(attempt.body().startsWith(chatEvent("word")));
        QCOMPARE(run->reader().timeline().bytes, attempt.bodySize());
        QVERIFY(run->diagnosis()->mayHaveBeenBilled);
    }

    void limits_endTheAnswerWithTheirName_data() {
        QTest::addColumn<AnswerLimits>("limits");
        QTest::addColumn<QByteArray>("piece");
        QTest::addColumn<QString>("sentence");
        AnswerLimits bytes;
        bytes.largest = 1024 * kibi;
        QTest::newRow("bytes") << bytes << chatEvent("word") << QStringLiteral("beyond 1 MiB");
        AnswerLimits events;
        events.mostEvents = 1000;
        QTest::newRow("events") << events << QByteArray(":\n") << QStringLiteral("more than 1000 events");
        AnswerLimits chunks;
        chunks.mostChunks = 2;
        QTest::newRow("pieces") << chunks << chatEvent("word") << QStringLiteral("more than 2 pieces");
        AnswerLimits text;
        text.largestText = 1024 * kibi;
        QTest::newRow("one line") << text << QByteArray("data: x")
                                  << QStringLiteral("more than 1 MiB of memory");
    }

    void limits_endTheAnswerWithTheirName() {
        QFETCH(AnswerLimits, limits);
        QFETCH(QByteArray, piece);
        QFETCH(QString, sentence);
        SendOptions options;
        options.limits = limits;
        const FaultServer peer({say(head), flood(piece.repeated(1000), 100'000), fin()});
        const auto run = sendToEnd(peer, options);
        const Attempt& attempt = run->recording().attempts[0];
        QCOMPARE(attempt.ending->reason, EndReason::TooLarge);
        QVERIFY2(attempt.ending->detail.contains(sentence), qPrintable(attempt.ending->detail));
        QVERIFY(attempt.ending->detail.contains(QStringLiteral("what came until then is kept")));
        QCOMPARE(run->reader().timeline().bytes, attempt.bodySize());
    }
};

QTEST_GUILESS_MAIN(TestLongAnswer)
#include "tst_long_answer.moc"
