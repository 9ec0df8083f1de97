// SPDX-License-Identifier: MIT
#include "core/stream/reading.h"

#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <algorithm>
#include <array>
#include <vector>

using namespace lavascope;

namespace {

const QString storedAnswers = QStringLiteral(LAVASCOPE_SOURCE_DIR "/tests/fixtures/streams/");

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The body without what ends an answer, so that it can go on.
QByteArray withoutEnds(QByteArray body) {
    constexpr std::array<std::array<const char*, 2>, 12> ends = {{
        {"data: [DONE]", ": done"},
        {"\"done\":true", "\"done\":false"},
        {"message-end", "message-fin"},
        {"stream-end", "stream-fin"},
        {"response.completed", "response.queued"},
        {"response.incomplete", "response.queued"},
        {"response.failed", "response.queued"},
        {"response.done", "response.fin"},
        {"response.error", "response.noise"},
        {"interaction.completed", "interaction.created"},
        {"\"type\":\"error\"", "\"type\":\"noise\""},
        {"event: error", "event: noise"},
    }};
    for (const auto& [end, instead] : ends)
        body.replace(end, instead);
    return body;
}

QByteArray repeated(const QByteArray& body, qsizetype size) {
    QByteArray made;
    made.reserve(size + body.size());
    while (made.size() < size)
        made += body;
    return made;
}

/// Nanoseconds for the body in pieces of a usual size.
qint64 timeFor(const QString& dialect, const QByteArray& body) {
    constexpr qsizetype piece = 16 * 1024;
    std::vector<qsizetype> cuts;
    for (qsizetype at = piece; at < body.size(); at += piece)
        cuts.push_back(at);
    test::Answer answer;
    answer.body = body;
    answer.hints.forcedDialect = dialect;
    QElapsedTimer timer;
    timer.start();
    const StreamReader reader = test::read(answer, cuts);
    return reader.timeline().bytes == body.size() ? std::max<qint64>(timer.nsecsElapsed(), 1) : -1;
}

} // namespace

/// Checks that no kind of answer costs more for each byte because it is long.
class TestStreamGrowth : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eightTimesTheBytes_areReadInLinearTime_data();
    void eightTimesTheBytes_areReadInLinearTime();
    void millionReasonsForANote_areNoBurden();
    void oneQuoteUnderManySources_isHeldOnce();
};

void TestStreamGrowth::eightTimesTheBytes_areReadInLinearTime_data() {
    QTest::addColumn<QString>("dialect");
    QTest::addColumn<QByteArray>("body");
    const QDir folder(storedAnswers);
    for (const QString& dialect : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        if (dialect == QLatin1String("other"))
            continue;
        // All answers of a dialect behind one another hold every kind of event that it has.
        for (const char* suffix : {"sse", "ndjson", "bin"}) {
            QByteArray body;
            const QDir answers(folder.filePath(dialect));
            for (const QString& name :
                 answers.entryList({QLatin1String("*.") + QLatin1String(suffix)}, QDir::Files, QDir::Name)) {
                // A frame that is cut loses all that follows, and a failure's frame ends the answer.
                const bool isEnd =
                    name.contains(QLatin1String("cut")) || name.startsWith(QLatin1String("bad_")) ||
                    name.contains(QLatin1String("exception")) || name == QLatin1String("model_error.bin");
                const QByteArray answer = contentOf(answers.filePath(name));
                if (qstrcmp(suffix, "bin") != 0)
                    body += withoutEnds(answer) + '\n';
                else if (!isEnd)
                    body += answer;
            }
            if (!body.isEmpty())
                QTest::newRow(qPrintable(dialect + QLatin1Char(' ') + QLatin1String(suffix)))
                    << dialect << body;
        }
    }
}

void TestStreamGrowth::eightTimesTheBytes_areReadInLinearTime() {
    QFETCH(QString, dialect);
    QFETCH(QByteArray, body);
    constexpr qsizetype few = 256 * 1024;
    const QByteArray small = repeated(body, few);
    const QByteArray large = repeated(body, 8 * few);
    // A machine that is busy with something else is slow once, not three times.
    qint64 fewTime = 0;
    qint64 manyTime = 0;
    for (int attempt = 0; attempt < 3; ++attempt) {
        fewTime = timeFor(dialect, small);
        manyTime = timeFor(dialect, large);
        QVERIFY(fewTime > 0 && manyTime > 0);
        if (manyTime < fewTime * 8 * 3)
            return;
    }
    QFAIL(qPrintable(QStringLiteral("%1 ns, then %2 ns").arg(fewTime).arg(manyTime)));
}

void TestStreamGrowth::millionReasonsForANote_areNoBurden() {
    QByteArray body;
    for (int i = 0; i < 200'000; ++i)
        body += "data: {\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":-" +
                QByteArray::number(i + 1) + ",\"delta\":{\"content\":\"x\"}}]}\n\n";
    test::Answer answer;
    answer.body = body;
    QElapsedTimer timer;
    timer.start();
    const StreamReader reader = test::read(answer);
    QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(reader.transcript().events, 200'000);
    QVERIFY(reader.transcript().notes.size() < 110);
    QVERIFY(reader.transcript().notes.contains(QStringLiteral("a choice has the index -1")));
}

void TestStreamGrowth::oneQuoteUnderManySources_isHeldOnce() {
    const QByteArray quote(2 * 1024 * 1024, 'q');
    QByteArray ids;
    QByteArray sources;
    for (int i = 0; i < 900; ++i) {
        ids += (i == 0 ? "\"d" : ",\"d") + QByteArray::number(i) + '"';
        sources += (i == 0 ? "{\"id\":\"d" : ",{\"id\":\"d") + QByteArray::number(i) + "\"}";
    }
    test::Answer v1;
    v1.hints.forcedDialect = QStringLiteral("cohere_v1");
    v1.body = "{\"event_type\":\"citation-generation\",\"citations\":[{\"text\":\"" + quote +
              "\",\"document_ids\":[" + ids +
              "]}]}\n{\"event_type\":\"stream-end\",\"finish_reason\":\"COMPLETE\"}\n";
    test::Answer v2;
    v2.hints.forcedDialect = QStringLiteral("cohere_chat");
    v2.body =
        "data: {\"type\":\"citation-start\",\"index\":0,\"delta\":{\"message\":{\"citations\":{\"text\":\"" +
        quote + "\",\"sources\":[" + sources + "]}}}}\n\n";
    for (const test::Answer& answer : {v1, v2}) {
        const StreamReader reader = test::read(answer);
        const std::vector<Citation>& citations = reader.transcript().first().citations;
        QCOMPARE(citations.size(), size_t(900));
        QCOMPARE(citations.back().quote.size(), quote.size());
        QVERIFY(citations.front().quote.constData() == citations.back().quote.constData());
    }
}

QTEST_GUILESS_MAIN(TestStreamGrowth)
#include "tst_stream_growth.moc"
