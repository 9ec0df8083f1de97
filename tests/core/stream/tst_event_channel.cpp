// SPDX-License-Identifier: MIT
// What each event of real answers is about.
#include "core/stream/stream_reader.h"

#include <QTest>

using namespace lavascope;
using namespace std::chrono_literals;

namespace {

const QByteArray chatUrl = "https://api.openai.com/v1/chat/completions";
const QByteArray messagesUrl = "https://api.anthropic.com/v1/messages";
const QByteArray responsesUrl = "https://api.openai.com/v1/responses";

QByteArray delta(const QByteArray& members, int choice = 0) {
    return "data: {\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":" +
           QByteArray::number(choice) + ",\"delta\":{" + members + "}}]}\n\n";
}

QByteArray named(const QByteArray& type, const QByteArray& members) {
    return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + members + "}\n\n";
}

/// One letter for each event: Text, reFusal, toOl, Reasoning, Media, Comment, other (-).
QString channelsOf(const StreamReader& reader) {
    const QString letters = QStringLiteral("TFORMC-");
    QString said;
    for (qsizetype i = 0; i < reader.eventCount(); ++i)
        said += letters[int(reader.arrival(i).channel)];
    return said;
}

QString channelsOf(const QByteArray& url, const QByteArray& body) {
    StreamReader reader{StreamHints{url}};
    reader.takeHeaders(200, {{"Content-Type", "text/event-stream"}}, 0ms);
    reader.take({1ms, body});
    return channelsOf(reader);
}

} // namespace

class TestEventChannel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anEvent_countsForWhatItAdds_data() {
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("channels");
        const auto row = [](const char* name, const QByteArray& url, const QByteArray& body,
                            const char* channels) {
            QTest::newRow(name) << url << body << QString::fromLatin1(channels);
        };
        row("chat", chatUrl,
            ": hi\n\n" + delta(R"("role":"assistant","content":"")") + delta(R"("reasoning_content":"hm")") +
                delta(R"("content":"a")") + delta(R"("content":"b")") + delta(R"("content":"c")") +
                delta(R"("content":"")") + delta(R"("content":"\n")") +
                "data: {\"choices\":[],\"usage\":{\"completion_tokens\":3}}\n\ndata: [DONE]\n\n",
            "C-RTTT-T--");
        row("chat, tools and refusal", chatUrl,
            delta(R"("tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":""}}])") +
                delta(R"("tool_calls":[{"index":0,"function":{"arguments":"{}"}}])") +
                delta(R"("refusal":"No.")") + delta(""),
            "OOF-");
        row("chat, two choices", chatUrl,
            delta(R"("content":"a")") + delta(R"("content":"b")", 1) + delta(R"("reasoning":"c")", 1) +
                delta(R"("content":"d")"),
            "TTRT");
        row("chat, text beside a thought", chatUrl, delta(R"("content":"a","reasoning":"b")"), "T");
        row("chat, spoken", chatUrl, delta(R"("audio":{"data":"AAAA"})"), "M");
        row("chat, an event that is no JSON", chatUrl, delta(R"("content":"a")") + "data: {{\n\n", "T-");
        row("messages", messagesUrl,
            named("message_start", R"("message":{"id":"m","model":"c","usage":{"input_tokens":1}})") +
                named("content_block_start",
                      R"("index":0,"content_block":{"type":"thinking","thinking":""})") +
                named("content_block_delta",
                      R"("index":0,"delta":{"type":"thinking_delta","thinking":"hm"})") +
                named("ping", R"("x":1)") +
                named("content_block_start", R"("index":1,"content_block":{"type":"text","text":""})") +
                named("content_block_delta", R"("index":1,"delta":{"type":"text_delta","text":"Hi"})") +
                named("content_block_delta", R"("index":1,"delta":{"type":"text_delta","text":" you"})") +
                named("content_block_start",
                      R"("index":2,"content_block":{"type":"tool_use","id":"t","name":"f","input":{}})") +
                named("content_block_delta",
                      R"("index":2,"delta":{"type":"input_json_delta","partial_json":"{\"a\""})") +
                named("message_stop", R"("x":1)"),
            "--R--TTOO-");
        row("responses", responsesUrl,
            named("response.output_text.delta",
                  R"("item_id":"i","output_index":0,"content_index":0,"delta":"Hi")") +
                named("response.output_text.done",
                      R"("item_id":"i","output_index":0,"content_index":0,"text":"Hi")") +
                named("response.function_call_arguments.delta",
                      R"("item_id":"j","output_index":1,"delta":"{}")"),
            "T-O");
        row("of no dialect", "", "data: {\"a\":1}\n\ndata: b\n\n", "--");
        row("after the end", chatUrl,
            delta(R"("content":"a")") + "data: [DONE]\n\n" + delta(R"("content":"b")"), "T--");
    }
    void anEvent_countsForWhatItAdds() {
        QFETCH(const QByteArray, url);
        QFETCH(const QByteArray, body);
        QFETCH(const QString, channels);
        QCOMPARE(channelsOf(url, body), channels);
    }

    void eventsReadAgainForAnotherDialect_areJudgedAgain() {
        const QByteArray body =
            named("content_block_delta", R"("index":0,"delta":{"type":"text_delta","text":"Hi"})");
        QCOMPARE(channelsOf("", body + named("message_stop", R"("x":1)")), QStringLiteral("T-"));
    }

    void arrival_hasTimeAndSize() {
        StreamReader reader{StreamHints{chatUrl}};
        const QByteArray event = delta(R"("content":"a")");
        reader.take({7ms, event});
        QCOMPARE(reader.arrival(0).at, 7ms);
        QCOMPARE(reader.arrival(0).size, qint64(reader.event(0).data.size()));
    }

    void aGrowingCallAmongMany_isStillATool() {
        QByteArray body;
        for (int i = 0; i < 300; ++i)
            body += delta("\"tool_calls\":[{\"index\":" + QByteArray::number(i) + ",\"id\":\"a" +
                          QByteArray::number(i) + "\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]");
        body += delta(R"("tool_calls":[{"index":299,"function":{"arguments":"}"}}])");
        QCOMPARE(channelsOf(chatUrl, body), QString(301, QLatin1Char('O')));
    }
};

QTEST_APPLESS_MAIN(TestEventChannel)
#include "tst_event_channel.moc"
