// SPDX-License-Identifier: MIT
#include "core/stream/played_recording.h"
#include "core/stream/stream_reader.h"

#include <QTest>

using namespace lavascope;
using namespace std::chrono_literals;

namespace {

const QByteArray stream = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"High tide\"}}]}\n\n"
                          "data: [DONE]\n\n";
const QByteArray head = R"({"lavascope_recording":1,"started_at_ms":5,"request":{"method":"POST"}})"
                        "\n";

} // namespace

class TestPlayedRecording : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bareBody_isAnAnswerWithoutTimes() {
        const Result<Recording> recording = readRecordingOrBody(stream);
        QVERIFY(recording);
        QCOMPARE(recording->attempts.size(), size_t(1));
        QCOMPARE(recording->attempts[0].body(), stream);
        QVERIFY(!hasTimes(*recording));
        const StreamReader reader = readAttempt(recording->attempts[0], hintsFor(recording->request));
        QCOMPARE(reader.transcript().dialect, QStringLiteral("openai_chat"));
        QCOMPARE(reader.transcript().verdict, std::optional(Verdict::Complete));
    }

    void largeBody_comesInSlicesAsFromASocket() {
        const QByteArray body = QByteArray(700'000, 'x');
        const Recording recording = recordingOfBody(body);
        QCOMPARE(recording.attempts[0].chunks.size(), size_t(3));
        QCOMPARE(recording.attempts[0].body(), body);
    }

    void recording_isReadAsOne() {
        const Result<Recording> recording = readRecordingOrBody(
            head + R"({"attempt":1})" + '\n' + R"({"chunk":{"at_us":7,"text":"data: 1\n\n"}})" + '\n');
        QVERIFY(recording);
        QCOMPARE(recording->startedAtMs, qint64(5));
        QVERIFY(hasTimes(*recording));
    }

    void recordingWrittenByHand_hasNoTimes() {
        const Result<Recording> recording =
            readRecordingOrBody(head + R"({"chunk":{"text":"data: 1\n\n"}})" + '\n');
        QVERIFY(recording);
        QVERIFY(!hasTimes(*recording));
    }

    void whatCannotBePlayed_isToldWhy_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("code");
        QTest::newRow("nothing") << QByteArray() << QStringLiteral("recording_empty");
        QTest::newRow("no attempt") << head << QStringLiteral("recording_empty");
        QTest::newRow("broken line") << head + "{\"attempt\":1}\n{oops}\n{}\n"
                                     << QStringLiteral("recording_invalid");
        QTest::newRow("of the future")
            << QByteArray(R"({"lavascope_recording":99})") << QStringLiteral("recording_version");
    }
    void whatCannotBePlayed_isToldWhy() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, code);
        const Result<Recording> recording = readRecordingOrBody(bytes);
        QVERIFY(!recording);
        QCOMPARE(recording.error().code, code);
    }

    void attemptThatBrokeOff_isCutOffAtItsLastByte() {
        Attempt attempt;
        attempt.headersAt = 3us;
        QCOMPARE(endingOf(attempt).at, 3us);
        attempt.chunks.push_back({9us, "x"});
        QCOMPARE(endingOf(attempt).at, 9us);
        QCOMPARE(endingOf(attempt).reason, EndReason::CutOff);
        attempt.ending = Ending{EndReason::Finished, {}, 11us, 1};
        QCOMPARE(endingOf(attempt).at, 11us);
    }
};

QTEST_GUILESS_MAIN(TestPlayedRecording)
#include "tst_played_recording.moc"
