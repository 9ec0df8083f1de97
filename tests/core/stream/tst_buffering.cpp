// SPDX-License-Identifier: MIT
// Which arrivals are taken for an answer that somebody held back, and which are not.
#include "core/stream/stream_reader.h"

#include <QTest>

using namespace lavascope;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype eventSize = 128;

/// An event of a chat answer, of that many bytes in all.
QByteArray event(qsizetype size = eventSize) {
    const QByteArray begin =
        "data: {\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"";
    const QByteArray end = "\"}}]}\n\n";
    return begin + QByteArray(size - begin.size() - end.size(), 'x') + end;
}

const QByteArray theEnd = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";

/// An answer as it arrives: grows by what is said, in the order of saying.
class Answer {
public:
    Answer() { m_headers.append("Content-Type", "text/event-stream"); }
    Answer& header(const char* name, const char* value) {
        m_headers.append(name, value);
        return *this;
    }
    Answer& type(const char* value) {
        m_headers = {};
        return header("Content-Type", value);
    }
    Answer& silence(std::chrono::microseconds time) {
        m_now += time;
        return *this;
    }
    Answer& bytes(const QByteArray& bytes) {
        m_chunks.push_back({m_now, bytes});
        return *this;
    }
    /// Events at the same moment.
    Answer& atOnce(int count, qsizetype size = eventSize) { return bytes(event(size).repeated(count)); }
    /// Events, each after a pause.
    Answer& paced(int count, std::chrono::microseconds pause, int together = 1) {
        for (int i = 0; i < count; ++i)
            silence(pause).atOnce(together);
        return *this;
    }
    Answer& end() { return bytes(theEnd); }

    [[nodiscard]] StreamReader read() const {
        StreamReader reader{StreamHints{"https://api.openai.com/v1/chat/completions"}};
        reader.takeHeaders(200, m_headers, 0ms);
        for (const Chunk& chunk : m_chunks)
            reader.take(chunk);
        return reader;
    }
    /// `Pattern: sentence` of a running and of an ended answer; `none` where there is nothing to say.
    [[nodiscard]] static QString said(const StreamReader& reader) {
        const auto found = reader.buffering();
        return found ? QLatin1String(bufferingPatternName(found->pattern)) + QStringLiteral(": ") +
                           found->sentence
                     : QStringLiteral("none");
    }
    [[nodiscard]] QString verdict() const {
        StreamReader reader = read();
        Ending ending;
        ending.at = m_now;
        reader.takeEnding(ending);
        return said(reader);
    }

private:
    Headers m_headers;
    std::vector<Chunk> m_chunks;
    std::chrono::microseconds m_now{0};
};

} // namespace

Q_DECLARE_METATYPE(Answer)

class TestBuffering : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anAnswerThatCanBeExplainedOtherwise_isNotAccused_data() {
        QTest::addColumn<Answer>("answer");
        const auto row = [](const char* name) -> QTestData& { return QTest::newRow(name); };
        row("nothing at all") << Answer();
        row("a model that writes 50 tokens a second") << Answer().silence(800ms).paced(300, 20ms).end();
        row("a slow model") << Answer().silence(2s).paced(100, 450ms).end();
        row("a short answer after long thinking") << Answer().silence(5s).atOnce(12).end();
        row("a server on this computer") << Answer().silence(4ms).atOnce(500).end();
        row("a million events from this computer") << Answer().silence(500ms).paced(100, 1ms, 1000).end();
        row("a file that is sent after a pause") << Answer().silence(1600ms).atOnce(20'000).end();
        row("a fast model") << Answer().silence(2s).paced(200, 800us).end();
        row("a model that thinks unseen") << Answer().silence(6s).atOnce(90).end().bytes(
            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":600,"
            "\"total_tokens\":609,\"completion_tokens_details\":{\"reasoning_tokens\":510}}}\n\n");
        row("a server that writes ten tokens in one go")
            << Answer().silence(700ms).paced(40, 300ms, 10).end();
        row("one lump in a steady stream")
            << Answer().silence(500ms).paced(100, 20ms).silence(2s).atOnce(60).paced(100, 20ms).end();
        row("a beginning that was held back") << Answer().silence(2s).atOnce(60).paced(200, 20ms).end();
        row("two lumps") << Answer().silence(2s).atOnce(60).silence(2s).atOnce(60).end();
        row("stalls in a steady stream")
            << Answer().silence(900ms).paced(50, 20ms).silence(4s).paced(50, 20ms).silence(3s).paced(50,
                                                                                                     20ms);
        row("few and large events") << Answer().silence(3s).paced(6, 1500ms, 2).end();
        row("keep-alive comments came through")
            << Answer().silence(500ms).bytes(": wait\n\n").silence(4s).atOnce(200).end();
        row("a compressed error page") << Answer()
                                              .type("application/json")
                                              .header("Content-Encoding", "gzip")
                                              .silence(2s)
                                              .bytes("\x1f\x8b\x08");
        row("compressed in name only, and paced")
            << Answer().header("Content-Encoding", "gzip").silence(500ms).paced(100, 30ms).end();
    }
    void anAnswerThatCanBeExplainedOtherwise_isNotAccused() {
        QFETCH(const Answer, answer);
        QCOMPARE(answer.verdict(), QStringLiteral("none"));
    }

    void anAnswerThatWasHeldBack_isNamedWithItsFigures_data() {
        QTest::addColumn<Answer>("answer");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name) -> QTestData& { return QTest::newRow(name); };
        const QString whole = QStringLiteral(
            "all_at_once: All %1 events came %2 after %3 s of silence: no model writes "
            "that fast, so the answer was collected on the way, or by the server itself, and sent "
            "as a whole.");
        const QString now = QStringLiteral("at one moment");
        const QString compressor = QStringLiteral(
            " It is compressed (Content-Encoding: gzip), and a compressor passes on what it has "
            "only when a block of it is full.");
        row("the whole answer at once") << Answer().silence(4200ms).atOnce(200).end()
                                        << whole.arg(201).arg(now).arg(QStringLiteral("4.2"));
        row("in the flights of a connection that has just begun")
            << Answer().silence(4s).atOnce(80).silence(30ms).atOnce(160).silence(30ms).atOnce(40).end()
            << whole.arg(281).arg(QStringLiteral("within 60 ms")).arg(QStringLiteral("4.0"));
        row("the whole answer at once, compressed")
            << Answer().header("Content-Encoding", "gzip").silence(3s).atOnce(99).end()
            << whole.arg(100).arg(now).arg(QStringLiteral("3.0")) + compressor;
        row("a proxy's buffer, filled again and again")
            << Answer().paced(5, 1200ms, 32).silence(600ms).atOnce(9).end()
            << QStringLiteral("blocks: 160 of 170 events came in 5 blocks of about 4 KiB, the size of a "
                              "usual buffer, each at "
                              "once after 1.2 s of silence: something on the way collects events "
                              "before it passes them "
                              "on.");
        row("blocks of any size")
            << Answer().paced(2, 900ms, 50).paced(2, 1500ms, 75).end()
            << QStringLiteral(
                   "blocks: 251 of 251 events came in 4 blocks, each at once after 0.9 to 1.5 s of silence: "
                   "something on the way collects events before it passes them on.");
        row("two compressed blocks") << Answer().header("Content-Encoding", "gzip").paced(2, 2s, 100).end()
                                     << QStringLiteral(
                                            "blocks: 201 of 201 events came in 2 blocks, each at once after "
                                            "2.0 s of silence: something "
                                            "on the way collects events before it passes them on.") +
                                            compressor;
        row("a stream that cannot be read for its compression")
            << Answer().header("Content-Encoding", "gzip").silence(10ms).bytes("\x1f\x8b\x08 \xff\x01")
            << QStringLiteral("compressed: The event stream is compressed (Content-Encoding: gzip) although "
                              "plain bytes were "
                              "asked for: its events cannot be seen, and a compressor holds them back until "
                              "a block is full.");
    }
    void anAnswerThatWasHeldBack_isNamedWithItsFigures() {
        QFETCH(const Answer, answer);
        QFETCH(const QString, says);
        QCOMPARE(answer.verdict(), says);
    }

    void aFirstLump_isJudgedWhenTheAnswerIsOver() {
        Answer answer;
        answer.silence(4s).atOnce(200);
        QCOMPARE(Answer::said(answer.read()), QStringLiteral("none"));
        answer.end();
        QVERIFY(Answer::said(answer.read()).startsWith(QStringLiteral("all_at_once")));
    }

    void blocks_areNamedWhileTheAnswerStillComes() {
        Answer answer;
        answer.paced(2, 1s, 64);
        QCOMPARE(Answer::said(answer.read()), QStringLiteral("none"));
        answer.paced(1, 1s, 64);
        QVERIFY(Answer::said(answer.read()).contains(QStringLiteral("3 blocks of about 8 KiB")));
    }

    void advice_namesWhatTheHeadersShow_data() {
        QTest::addColumn<Answer>("answer");
        QTest::addColumn<QString>("word");
        QTest::newRow("unknown") << Answer().paced(4, 1s, 64) << QStringLiteral("X-Accel-Buffering: no");
        QTest::newRow("nginx") << Answer().header("Server", "nginx/1.25").paced(4, 1s, 64)
                               << QStringLiteral("as the Server header names nginx");
        QTest::newRow("compressed") << Answer().header("Content-Encoding", "br").paced(4, 1s, 64)
                                    << QStringLiteral("Turn compression off");
    }
    void advice_namesWhatTheHeadersShow() {
        QFETCH(const Answer, answer);
        QFETCH(const QString, word);
        const auto found = answer.read().buffering();
        QVERIFY(found);
        QVERIFY2(found->advice.contains(word), qPrintable(found->advice));
    }

    void aHostileHeader_isCut() {
        const QByteArray name = "x\n" + QByteArray(5000, 'y');
        const StreamReader reader =
            Answer().header("Content-Encoding", name.constData()).paced(3, 1s, 64).read();
        const auto found = reader.buffering();
        QVERIFY(found);
        QVERIFY(found->sentence.size() < 500);
        QVERIFY(!found->sentence.contains(QLatin1Char('\n')));
    }
};

QTEST_APPLESS_MAIN(TestBuffering)
#include "tst_buffering.moc"
