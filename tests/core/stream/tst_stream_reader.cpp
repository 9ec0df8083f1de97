// SPDX-License-Identifier: MIT
#include "core/stream/reading.h"

#include <QElapsedTimer>
#include <QTest>

using namespace lavascope;
using namespace std::chrono_literals;

namespace {

const Headers eventStream = {{"content-type", "text/event-stream; charset=utf-8"}};

QByteArray chat(const char* delta, const char* finish = "null") {
    return QByteArray("data: {\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{") +
           delta + "},\"finish_reason\":" + finish + "}]}\n\n";
}

Ending ending(EndReason reason, std::chrono::microseconds at) {
    Ending made;
    made.reason = reason;
    made.at = at;
    return made;
}

StreamReader chatReader() {
    return StreamReader({"https://api.openai.com/v1/chat/completions"});
}

} // namespace

/// Checks what the reader says while an answer arrives, and its clock. What the answers mean is checked by
/// the fixtures.
class TestStreamReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingRead_isAnEmptyTranscript();
    void timeline_tellsFirstByteFromFirstVisibleText();
    void whiteSpaceAndReasoning_areNoVisibleText();
    void aWholeBody_hasNoEventsAndItsTextAtTheLastByte();
    void text_isThereAsSoonAsItsEventIs();
    void endSignal_isSeenBeforeTheConnectionCloses();
    void events_haveTheirArrivalAndTheGapBefore();
    void partsOfAnEvent_areThoseOfTheWholeOne();
    void clockThatJumpsBack_givesNoNegativeGap();
    void unterminatedEvent_isMarkedInTheTable();
    void speed_comesFromUsageOnceTheEndCame();
    void speed_leavesReasoningAndIdleTimeOut();
    void speed_isAnEstimateWithoutUsage();
    void speed_isUnknownWithoutTime();
    void aStrayObjectBeforeTheStream_keepsArrivalTimes();
    void aLaterDialect_readsTheTimesAnewToo();
    void contentTypeOfTheStandard_isNoCondition_data();
    void contentTypeOfTheStandard_isNoCondition();
    void everyDialectName_isAccepted();
    void hints_comeFromTheRequest();
    void aRecordedAttempt_readsAsTheLiveOne();
    void aRecordingThatBrokeOff_readsAsCutOff();
    void tenThousandChoices_areShownAsSuch();
    void aHugeEvent_isRead();
    void manySmallEvents_areReadInLinearTime();
};

void TestStreamReader::nothingRead_isAnEmptyTranscript() {
    const StreamReader reader{StreamHints()};
    QCOMPARE(reader.transcript().dialect, QStringLiteral("unknown"));
    QVERIFY(!reader.transcript().verdict);
    QVERIFY(reader.transcript().choices.empty());
    QCOMPARE(reader.transcript().first(), Choice());
    QCOMPARE(reader.timeline(), Timeline());
    QVERIFY(!reader.speed());
    QCOMPARE(reader.eventCount(), 0);
}

void TestStreamReader::timeline_tellsFirstByteFromFirstVisibleText() {
    StreamReader reader = chatReader();
    reader.takeHeaders(200, eventStream, 40ms);
    reader.take({50ms, ": ping\n\n"});
    reader.take({60ms, ""});
    reader.take({70ms, chat("\"role\":\"assistant\",\"content\":\"\"")});
    const QByteArray event = chat("\"content\":\"High\"");
    reader.take({80ms, event.first(20)});
    reader.take({180ms, event.sliced(20)});
    reader.take({190ms, chat("", "\"stop\"")});
    QVERIFY(!reader.timeline().end);
    reader.takeEnding(ending(EndReason::Finished, 200ms));

    const Timeline& timeline = reader.timeline();
    QCOMPARE(timeline.headers, std::optional<std::chrono::microseconds>(40ms));
    QCOMPARE(timeline.firstByte, std::optional<std::chrono::microseconds>(50ms));
    QCOMPARE(timeline.firstEvent, std::optional<std::chrono::microseconds>(70ms));
    QCOMPARE(timeline.firstText, std::optional<std::chrono::microseconds>(180ms));
    QCOMPARE(timeline.end, std::optional<std::chrono::microseconds>(200ms));
    QCOMPARE(timeline.longestGap, 100ms);
    QCOMPARE(timeline.bytes, qint64(8 + chat("\"role\":\"assistant\",\"content\":\"\"").size() +
                                    event.size() + chat("", "\"stop\"").size()));
}

void TestStreamReader::whiteSpaceAndReasoning_areNoVisibleText() {
    StreamReader reader = chatReader();
    reader.take({1ms, chat("\"reasoning_content\":\"Look it up\"")});
    reader.take({2ms, chat("\"content\":\" \\n\\t\"")});
    QVERIFY(!reader.timeline().firstText);
    reader.take({3ms, chat("\"content\":\"x\"")});
    QCOMPARE(reader.timeline().firstText, std::optional<std::chrono::microseconds>(3ms));
}

void TestStreamReader::aWholeBody_hasNoEventsAndItsTextAtTheLastByte() {
    StreamReader reader = chatReader();
    reader.takeHeaders(200, {{"content-type", "application/json"}}, 1ms);
    reader.take({2ms, R"({"object":"chat.completion","choices":[{"index":0,"mess)"});
    reader.take({9ms, R"(age":{"content":"High tide"},"finish_reason":"stop"}]})"});
    QVERIFY(!reader.timeline().firstText);
    reader.takeEnding(ending(EndReason::Finished, 10ms));
    QCOMPARE(reader.transcript().first().text, QStringLiteral("High tide"));
    QCOMPARE(reader.timeline().firstText, std::optional<std::chrono::microseconds>(9ms));
    QVERIFY(!reader.timeline().firstEvent);
    QCOMPARE(reader.eventCount(), 0);
    QVERIFY(!reader.speed());
}

void TestStreamReader::text_isThereAsSoonAsItsEventIs() {
    StreamReader reader = chatReader();
    const QByteArray event = chat("\"content\":\"High\"");
    for (qsizetype i = 0; i + 1 < event.size(); ++i)
        reader.take({1ms, event.sliced(i, 1)});
    QCOMPARE(reader.transcript().first().text, QString());
    reader.take({2ms, event.last(1)});
    QCOMPARE(reader.transcript().first().text, QStringLiteral("High"));
}

void TestStreamReader::endSignal_isSeenBeforeTheConnectionCloses() {
    StreamReader reader = chatReader();
    reader.take({1ms, chat("\"content\":\"High\"")});
    QVERIFY(!reader.transcript().endSignalSeen);
    reader.take({2ms, "data: [DONE]\n\n"});
    QVERIFY(reader.transcript().endSignalSeen);
    QVERIFY(!reader.transcript().verdict);
    reader.takeEnding(ending(EndReason::IdleTimeout, 60s));
    QCOMPARE(reader.transcript().verdict, std::optional(Verdict::Complete));
}

void TestStreamReader::events_haveTheirArrivalAndTheGapBefore() {
    StreamReader reader = chatReader();
    reader.take({10ms, chat("\"content\":\"a\"") + chat("\"content\":\"b\"") + ": pi"});
    reader.take({25ms, "ng\n\ndata: [DONE]\n\n"});
    QCOMPARE(reader.eventCount(), 4);
    const auto at = [&](qsizetype i) { return reader.event(i).at; };
    const auto gap = [&](qsizetype i) { return reader.event(i).gap; };
    QCOMPARE(at(0), 10ms);
    QCOMPARE(gap(0), 0ms);
    QCOMPARE(gap(1), 0ms);
    QCOMPARE(at(2), 25ms);
    QCOMPARE(gap(2), 15ms);
    QCOMPARE(gap(3), 0ms);
    QCOMPARE(reader.event(2).kind, StreamEvent::Kind::Comment);
    QCOMPARE(reader.event(2).data, "ping");
    QCOMPARE(reader.event(3).name, QStringLiteral("[DONE]"));
    QCOMPARE(reader.event(3).data, "[DONE]");
}

void TestStreamReader::partsOfAnEvent_areThoseOfTheWholeOne() {
    StreamReader reader = chatReader();
    reader.takeHeaders(200, eventStream, 1ms);
    reader.take({2ms, ": note\n\n" + chat("\"content\":\"a\"")});
    reader.take({5ms, "event: error\ndata: {\"na"});
    reader.take({7ms, "me\":1}\n\ndata: not ended"});
    reader.takeEnding(ending(EndReason::Finished, 9ms));
    QVERIFY(reader.eventCount() >= 4);
    for (qsizetype i = 0; i < reader.eventCount(); ++i) {
        const StreamEvent whole = reader.event(i);
        const StreamEvent head = reader.eventHead(i);
        QVERIFY(head.data.isEmpty());
        QCOMPARE(head.at, whole.at);
        QCOMPARE(head.gap, whole.gap);
        QCOMPARE(head.name, whole.name);
        QCOMPARE(head.terminated, whole.terminated);
        QCOMPARE(head.malformed, whole.malformed);
        QCOMPARE(reader.eventData(i).toByteArray(), whole.data);
        QVERIFY(reader.eventType(i) == (EventType{whole.kind, whole.name}));
    }
    QVERIFY(reader.eventType(0) != reader.eventType(1));
}

void TestStreamReader::clockThatJumpsBack_givesNoNegativeGap() {
    StreamReader reader = chatReader();
    reader.take({10ms, chat("\"content\":\"a\"")});
    reader.take({4ms, chat("\"content\":\"b\"")});
    QCOMPARE(reader.event(1).gap, 0ms);
    QCOMPARE(reader.timeline().longestGap, 0ms);
}

void TestStreamReader::unterminatedEvent_isMarkedInTheTable() {
    StreamReader reader = chatReader();
    reader.take({1ms, chat("\"content\":\"a\"") + "data: {\"half"});
    QCOMPARE(reader.eventCount(), 1);
    reader.takeEnding(ending(EndReason::CutOff, 5ms));
    QCOMPARE(reader.eventCount(), 2);
    QVERIFY(reader.event(0).terminated);
    QVERIFY(!reader.event(1).terminated);
    QCOMPARE(reader.event(1).data, "{\"half");
    QCOMPARE(reader.event(1).at, 1ms);
}

void TestStreamReader::speed_comesFromUsageOnceTheEndCame() {
    StreamReader reader = chatReader();
    reader.take({1s, chat("\"content\":\"abcdefgh\"")});
    reader.take(
        {2s, "data: {\"object\":\"chat.completion.chunk\",\"choices\":[],\"usage\":{\"completion_tokens\":"
             "100}}\n\n"});
    QVERIFY(reader.speed());
    QVERIFY2(reader.speed()->estimated, "a count before the end may be provisional");
    QCOMPARE(reader.speed()->tokensPerSecond, 2.0);
    reader.take({3s, "data: [DONE]\n\n"});
    QVERIFY(!reader.speed()->estimated);
    QCOMPARE(reader.speed()->tokensPerSecond, 50.0);
}

void TestStreamReader::speed_leavesReasoningAndIdleTimeOut() {
    StreamReader reader = chatReader();
    reader.take({1s, chat("\"reasoning_content\":\"hm\"")});
    reader.take({5s, chat("\"content\":\"a\"")});
    reader.take(
        {6s, "data: {\"choices\":[],\"object\":\"chat.completion.chunk\",\"usage\":{\"completion_tokens\":"
             "110,\"completion_tokens_details\":{\"reasoning_tokens\":90}}}\n\n"});
    reader.take({7s, "data: [DONE]\n\n"});
    reader.take({30s, ": still here\n\n"});
    reader.takeEnding(ending(EndReason::IdleTimeout, 90s));
    QCOMPARE(reader.speed()->tokensPerSecond, 10.0);
}

void TestStreamReader::speed_isAnEstimateWithoutUsage() {
    StreamReader reader = chatReader();
    reader.take({1s, chat("\"content\":\"abcd\"")});
    reader.take({3s, chat("\"content\":\"efgh\"", "\"stop\"")});
    reader.takeEnding(ending(EndReason::Finished, 3s));
    QVERIFY(reader.speed()->estimated);
    QCOMPARE(reader.speed()->tokensPerSecond, 1.0);
}

void TestStreamReader::speed_isUnknownWithoutTime() {
    StreamReader reader = chatReader();
    reader.take({1s, chat("\"content\":\"abcd\"", "\"stop\"")});
    reader.takeEnding(ending(EndReason::Finished, 1s));
    QVERIFY(!reader.speed());
}

void TestStreamReader::aStrayObjectBeforeTheStream_keepsArrivalTimes() {
    StreamReader reader = chatReader();
    reader.take({1ms, "{\"error\":"});
    reader.take({2ms, "{\"message\":\"once\"}}\n"});
    QCOMPARE(reader.eventCount(), 0);
    reader.take({3ms, chat("\"content\":\"a\"")});
    QCOMPARE(reader.eventCount(), 2);
    QCOMPARE(reader.event(0).kind, StreamEvent::Kind::Stray);
    QCOMPARE(reader.event(0).at, 2ms);
    QCOMPARE(reader.event(1).at, 3ms);
    QCOMPARE(reader.transcript().error->message, QStringLiteral("once"));
}

void TestStreamReader::aLaterDialect_readsTheTimesAnewToo() {
    StreamReader reader({"https://api.anthropic.com/v1/messages"});
    reader.take({1ms, "data: {\"error\":null,\"object\":\"chat.completion.chunk\"}\n\n"});
    reader.take({2ms, chat("\"content\":\"a\"")});
    QCOMPARE(reader.transcript().dialect, QStringLiteral("openai_chat"));
    QCOMPARE(reader.timeline().firstText, std::optional<std::chrono::microseconds>(2ms));
    QCOMPARE(reader.transcript().events, 2);
}

void TestStreamReader::contentTypeOfTheStandard_isNoCondition_data() {
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QStringList>("notes");
    const QStringList none;
    QTest::newRow("wpt mime-trailing-semicolon") << QByteArray("text/event-stream;") << none;
    QTest::newRow("wpt mime-valid-bogus") << QByteArray("text/event-stream;bogus") << none;
    // A browser refuses this one. It is for us to show what came, and to say that the type is wrong if it
    // promises something else.
    QTest::newRow("wpt mime-bogus") << QByteArray("x bogus") << none;
    QTest::newRow("capitals") << QByteArray("Text/Event-Stream ; charset=x") << none;
    QTest::newRow("json") << QByteArray("application/json")
                          << QStringList{QStringLiteral(
                                 "the content type promises JSON, the body is an event stream")};
}

void TestStreamReader::contentTypeOfTheStandard_isNoCondition() {
    QFETCH(QByteArray, type);
    test::Answer answer;
    answer.body = chat("\"content\":\"tide\"", "\"stop\"");
    answer.contentType = type;
    const StreamReader reader = test::read(answer);
    QCOMPARE(reader.transcript().first().text, QStringLiteral("tide"));
    QStringList notes = reader.transcript().notes;
    notes.removeAll(QStringLiteral("usage missing"));
    QTEST(notes, "notes");
}

void TestStreamReader::everyDialectName_isAccepted() {
    const QStringList names = dialectNames();
    QVERIFY(names.contains(QStringLiteral("openai_chat")));
    QVERIFY(names.contains(QStringLiteral("html")));
    for (const QString& name : names) {
        StreamReader reader({{}, name});
        reader.take({1ms, "{}"});
        reader.takeEnding(ending(EndReason::Finished, 1ms));
        QCOMPARE(reader.transcript().dialect, name);
    }
}

void TestStreamReader::hints_comeFromTheRequest() {
    HttpRequest request;
    request.url = "https://example.org/v1/messages";
    QVERIFY(!hintsFor(request).streamAsked);
    request.body = "{\"stream\":true}";
    QCOMPARE(hintsFor(request).streamAsked, std::optional(true));
    QCOMPARE(hintsFor(request).url, request.url);
}

void TestStreamReader::aRecordedAttempt_readsAsTheLiveOne() {
    Attempt attempt;
    attempt.status = 200;
    attempt.headersAt = 40ms;
    attempt.headers = eventStream;
    attempt.chunks = {{50ms, chat("\"content\":\"High\"")},
                      {60ms, chat("\"content\":\" tide\"", "\"stop\"")}};
    attempt.ending = ending(EndReason::Finished, 70ms);
    const StreamReader recorded = readAttempt(attempt, {});

    StreamReader live{StreamHints()};
    live.takeHeaders(200, eventStream, 40ms);
    for (const Chunk& chunk : attempt.chunks)
        live.take(chunk);
    live.takeEnding(*attempt.ending);
    QCOMPARE(recorded.transcript(), live.transcript());
    QCOMPARE(recorded.timeline(), live.timeline());
    QCOMPARE(recorded.transcript().first().text, QStringLiteral("High tide"));
}

void TestStreamReader::aRecordingThatBrokeOff_readsAsCutOff() {
    Attempt attempt;
    attempt.status = 200;
    attempt.chunks = {{50ms, chat("\"content\":\"High\"")}};
    const StreamReader reader = readAttempt(attempt, {});
    QCOMPARE(reader.transcript().verdict, std::optional(Verdict::CutOff));
    QCOMPARE(reader.timeline().end, std::optional<std::chrono::microseconds>(50ms));
    QCOMPARE(readAttempt(Attempt(), {}).transcript().verdict, std::optional(Verdict::CutOff));
}

void TestStreamReader::tenThousandChoices_areShownAsSuch() {
    constexpr int count = 10'000;
    QByteArray body;
    for (int i = count - 1; i >= 0; --i)
        body +=
            "data: {\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":" + QByteArray::number(i) +
            ",\"delta\":{\"content\":\"" + QByteArray::number(i) + "\"},\"finish_reason\":\"stop\"}]}\n\n";
    test::Answer answer;
    answer.body = body;
    const StreamReader reader = test::read(answer);
    QCOMPARE(reader.transcript().choices.size(), size_t(count));
    QCOMPARE(reader.transcript().choices.back().text, QString::number(count - 1));
    QCOMPARE(reader.transcript().verdict, std::optional(Verdict::Complete));
}

void TestStreamReader::aHugeEvent_isRead() {
    constexpr qsizetype size = 20 * 1024 * 1024;
    const QByteArray image(size, 'A');
    StreamReader reader = chatReader();
    const QByteArray event =
        "data: {\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{"
        "\"content\":\"x\",\"image\":\"" +
        image + "\"},\"finish_reason\":\"stop\"}]}\n\n";
    constexpr qsizetype slice = 64 * 1024;
    for (qsizetype at = 0; at < event.size(); at += slice)
        reader.take({1ms, event.mid(at, slice)});
    reader.takeEnding(ending(EndReason::Finished, 2ms));
    QCOMPARE(reader.transcript().first().text, QStringLiteral("x"));
    QCOMPARE(reader.event(0).data.size(), event.size() - 8);
}

void TestStreamReader::manySmallEvents_areReadInLinearTime() {
    const auto timeFor = [](int count) {
        StreamReader reader = chatReader();
        const QByteArray event = chat("\"content\":\"x\"");
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < count; ++i)
            reader.take({1ms, event});
        reader.takeEnding(ending(EndReason::Finished, 2ms));
        return reader.transcript().first().text.size() == count ? timer.nsecsElapsed() : -1;
    };
    const qint64 few = timeFor(2'000);
    const qint64 many = timeFor(32'000);
    QVERIFY(few > 0 && many > 0);
    QVERIFY2(many < few * 16 * 5, qPrintable(QStringLiteral("%1 ns, %2 ns").arg(few).arg(many)));
}

QTEST_GUILESS_MAIN(TestStreamReader)
#include "tst_stream_reader.moc"
