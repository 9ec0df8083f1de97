// SPDX-License-Identifier: MIT
#include "core/json/document.h"
#include "core/stream/stream_reader.h"
#include "sandbox/builtin/builtin_answer.h"

#include <QTest>

#include <chrono>

using namespace lavascope;

namespace {

const AnswerSeed seed{"01EXAMPLE", 1780000000000, 7};
const QByteArray prompt = "How deep is the harbour?";

const QByteArray openAi = "https://api.openai.com/v1";
const QByteArray anthropic = "https://api.anthropic.com/v1";
const QByteArray google = "https://generativelanguage.googleapis.com/v1beta";

struct Asked {
    QByteArray url;
    QByteArray body;

    [[nodiscard]] Question question(const Headers& headers = {{"anthropic-version", "2023-06-01"}}) const {
        return questionOf("POST", url, headers, body);
    }
};

Asked chat(const QByteArray& more = {}) {
    return {
        openAi + "/chat/completions",
        R"({"model":"gpt-4o-mini","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":[{"type":"text","text":")" +
            prompt + R"("}]}])" + more + '}'};
}

Asked responses(const QByteArray& more = {}) {
    return {openAi + "/responses",
            R"({"model":"gpt-4o-mini","instructions":"Be brief.","input":")" + prompt + '"' + more + '}'};
}

Asked messages(const QByteArray& more = {}, const QByteArray& maxTokens = "1000") {
    return {anthropic + "/messages", R"({"model":"claude-sonnet-4-20250514","max_tokens":)" + maxTokens +
                                         R"(,"messages":[{"role":"user","content":")" + prompt + R"("}])" +
                                         more + '}'};
}

Asked gemini(const QByteArray& action, const QByteArray& more = {}) {
    return {google + "/models/gemini-2.5-flash:" + action,
            R"({"contents":[{"role":"user","parts":[{"text":")" + prompt + R"("}]}])" + more + '}'};
}

QByteArray bodyOf(const BuiltinAnswer& answer) {
    QByteArray body;
    for (const TimedBytes& part : answer.parts)
        body += part.bytes;
    return body;
}

/// The answer as the rest of the program reads a provider's.
Transcript transcriptOf(const Asked& asked, const BuiltinAnswer& answer) {
    StreamReader reader(StreamHints{asked.url, {}});
    reader.takeHeaders(answer.status, answer.headers, std::chrono::microseconds(0));
    for (const TimedBytes& part : answer.parts)
        reader.take(Chunk{std::chrono::microseconds(0), part.bytes});
    reader.takeEnding(Ending{EndReason::Finished, {}, std::chrono::microseconds(0), 1});
    return reader.transcript();
}

const QByteArray openAiTool =
    R"(,"tools":[{"type":"function","function":{"name":"get_depth","parameters":{"type":"object","properties":{"place":{"type":"string"},"unit":{"type":"string","enum":["m","ft"]},"precise":{"type":"boolean"},"digits":{"type":"integer"},"near":{"type":"array"},"at":{"type":"object","properties":{"x":{"type":["number","null"]}}}}}}}])";
const QByteArray forced = R"(,"tool_choice":"required")";
const QByteArray expectedArguments =
    R"({"place":"example","unit":"m","precise":true,"digits":1,"near":[],"at":{"x":1}})";

} // namespace

Q_DECLARE_METATYPE(Asked)

class TestBuiltinAnswer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyDialect_isReadAsComplete_data();
    void everyDialect_isReadAsComplete();
    void maximumOfTokens_cutsTheAnswer_data();
    void maximumOfTokens_cutsTheAnswer();
    void tool_isCalledWhenAskedFor_data();
    void tool_isCalledWhenAskedFor();
    void tool_isLeftAloneWhenNotAskedFor_data();
    void tool_isLeftAloneWhenNotAskedFor();
    void toolResult_isWhatTheAnswerIsAbout_data();
    void toolResult_isWhatTheAnswerIsAbout();
    void usage_isSentOnlyWhenAskedFor();
    void responsesEvents_areNumberedWithoutGaps();
    void firstWord_takesLongerThanTheOthers();
    void anthropicWithoutVersion_isRefused();
};

void TestBuiltinAnswer::everyDialect_isReadAsComplete_data() {
    QTest::addColumn<Asked>("asked");
    QTest::addColumn<QString>("dialect");
    QTest::addColumn<bool>("streamed");
    QTest::addColumn<QString>("stop");
    const auto row = [](const char* name, const Asked& asked, const char* dialect, bool streamed,
                        const char* stop) {
        QTest::newRow(name) << asked << QString::fromLatin1(dialect) << streamed << QString::fromLatin1(stop);
    };
    const QByteArray stream = R"(,"stream":true)";
    const QByteArray usage = R"(,"stream":true,"stream_options":{"include_usage":true})";
    row("chat", chat(), "openai_chat", false, "stop");
    row("chat, stream", chat(usage), "openai_chat", true, "stop");
    row("responses", responses(), "openai_responses", false, "");
    row("responses, stream", responses(stream), "openai_responses", true, "");
    row("messages", messages(), "anthropic_messages", false, "end_turn");
    row("messages, stream", messages(stream), "anthropic_messages", true, "end_turn");
    row("gemini", gemini("generateContent"), "gemini", false, "STOP");
    row("gemini, stream", gemini("streamGenerateContent?alt=sse"), "gemini", true, "STOP");
    row("gemini, array", gemini("streamGenerateContent"), "gemini", true, "STOP");
}

void TestBuiltinAnswer::everyDialect_isReadAsComplete() {
    QFETCH(Asked, asked);
    QFETCH(QString, dialect);
    QFETCH(bool, streamed);
    QFETCH(QString, stop);
    const Question question = asked.question();
    QVERIFY(!question.complaint);
    const BuiltinAnswer answer = builtinAnswer(question, seed);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.parts.size() > 1, streamed);
    const Transcript read = transcriptOf(asked, answer);
    QCOMPARE(read.dialect, dialect);
    QVERIFY(read.verdict);
    QCOMPARE(verdictName(*read.verdict),
             verdictName(read.events > 0 ? Verdict::Complete : Verdict::NotAStream));
    const bool asEvents = answer.headers.value("content-type")->startsWith("text/event-stream");
    QVERIFY(read.events > 0 || !asEvents);
    QVERIFY(!read.error);
    QCOMPARE(read.malformed, 0);
    QVERIFY(read.first().text.contains(QString::fromLatin1(prompt)));
    QVERIFY(read.first().text.endsWith(QLatin1String("on it.")));
    if (!stop.isEmpty())
        QCOMPARE(read.first().stopReason.toLower(), stop.toLower());
    QVERIFY(!read.model.isEmpty());
    QVERIFY(read.usage.inputTokens.value_or(0) > 0);
    QCOMPARE(read.usage.outputTokens.value_or(-1), tokensOf(read.first().text).size());
    QCOMPARE(read.usage.inputTokens.value_or(-1), question.inputTokens);
}

void TestBuiltinAnswer::maximumOfTokens_cutsTheAnswer_data() {
    QTest::addColumn<Asked>("asked");
    QTest::addColumn<QString>("sign");
    const auto row = [](const char* name, const Asked& asked, const char* sign) {
        QTest::newRow(name) << asked << QString::fromLatin1(sign);
    };
    const QByteArray stream = R"(,"stream":true,"stream_options":{"include_usage":true})";
    row("chat", chat(R"(,"max_tokens":3)"), R"("finish_reason":"length")");
    row("chat, newer name", chat(stream + R"(,"max_tokens":50,"max_completion_tokens":3)"),
        R"("finish_reason":"length")");
    row("responses", responses(R"(,"max_output_tokens":3)"), R"("reason":"max_output_tokens")");
    row("responses, stream", responses(stream + R"(,"max_output_tokens":3)"), "response.incomplete");
    row("messages", messages({}, "3"), R"("stop_reason":"max_tokens")");
    row("messages, stream", messages(stream, "3"), R"("stop_reason":"max_tokens")");
    row("gemini", gemini("generateContent", R"(,"generationConfig":{"maxOutputTokens":3})"),
        R"("finishReason":"MAX_TOKENS")");
}

void TestBuiltinAnswer::maximumOfTokens_cutsTheAnswer() {
    QFETCH(Asked, asked);
    QFETCH(QString, sign);
    const BuiltinAnswer answer = builtinAnswer(asked.question(), seed);
    QVERIFY(bodyOf(answer).contains(sign.toLatin1()));
    const Transcript read = transcriptOf(asked, answer);
    QCOMPARE(read.usage.outputTokens.value_or(-1), 3);
    QCOMPARE(tokensOf(read.first().text).size(), 3);
}

void TestBuiltinAnswer::tool_isCalledWhenAskedFor_data() {
    QTest::addColumn<Asked>("asked");
    const QByteArray stream = R"(,"stream":true)";
    const QByteArray flat =
        QByteArray(openAiTool).replace(R"("function":{"name")", R"("name")").replace("}}}}}}}]", "}}}}}}]");
    const QByteArray forAnthropic = QByteArray(flat).replace("\"parameters\"", "\"input_schema\"");
    const QByteArray declarations =
        QByteArray(openAiTool)
            .replace(R"({"type":"function","function":)", R"({"functionDeclarations":[)")
            .replace("}}}}}}}]", "}}}}}}]}]");
    const QByteArray any = R"(,"tool_choice":{"type":"any"})";
    const QByteArray geminiAny = R"(,"toolConfig":{"functionCallingConfig":{"mode":"ANY"}})";
    QTest::newRow("chat") << chat(openAiTool + forced);
    QTest::newRow("chat, by name") << chat(
        openAiTool + R"(,"tool_choice":{"type":"function","function":{"name":"get_depth"}})");
    QTest::newRow("chat, stream") << chat(openAiTool + forced + stream);
    QTest::newRow("responses") << responses(flat + forced);
    QTest::newRow("responses, stream") << responses(flat + forced + stream);
    QTest::newRow("messages") << messages(forAnthropic + any);
    QTest::newRow("messages, stream") << messages(forAnthropic + any + stream);
    QTest::newRow("gemini") << gemini("generateContent", declarations + geminiAny);
    QTest::newRow("gemini, stream") << gemini("streamGenerateContent?alt=sse", declarations + geminiAny);
    QTest::newRow("gemini, array") << gemini("streamGenerateContent", declarations + geminiAny);
}

void TestBuiltinAnswer::tool_isCalledWhenAskedFor() {
    QFETCH(Asked, asked);
    json::Document check;
    QVERIFY(!check.scan(asked.body));
    const BuiltinAnswer answer = builtinAnswer(asked.question(), seed);
    const Transcript read = transcriptOf(asked, answer);
    QCOMPARE(read.malformed, 0);
    QCOMPARE(read.first().toolCalls.size(), std::size_t(1));
    QCOMPARE(read.first().toolCalls[0].name, QStringLiteral("get_depth"));
    QCOMPARE(read.first().toolCalls[0].arguments.toUtf8(), expectedArguments);
    QVERIFY(read.first().text.isEmpty());
}

void TestBuiltinAnswer::tool_isLeftAloneWhenNotAskedFor_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("called");
    const auto body = [](const QByteArray& content, const QByteArray& more = {}) {
        return R"({"model":"m","messages":[{"role":"user","content":")" + content + R"("}])" + openAiTool +
               more + '}';
    };
    QTest::newRow("nothing of it") << body("Hello") << false;
    QTest::newRow("by its name") << body("Please GET_DEPTH of the harbour") << true;
    QTest::newRow("as a tool") << body("Use a tool") << true;
    QTest::newRow("forbidden") << body("Use a tool", R"(,"tool_choice":"none")") << false;
    QTest::newRow("after its answer")
        << QByteArray(
               R"({"model":"m","messages":[{"role":"user","content":"Use a tool"},{"role":"tool","tool_call_id":"c","content":"9 m"}])") +
               openAiTool + '}'
        << false;
}

void TestBuiltinAnswer::tool_isLeftAloneWhenNotAskedFor() {
    QFETCH(QByteArray, body);
    QFETCH(bool, called);
    QCOMPARE(questionOf("POST", openAi + "/chat/completions", {}, body).tool.has_value(), called);
}

void TestBuiltinAnswer::toolResult_isWhatTheAnswerIsAbout_data() {
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("chat") << openAi + "/chat/completions"
                          << QByteArray(R"({"model":"m","messages":[{"role":"tool","content":"9 m"}]})");
    QTest::newRow("responses")
        << openAi + "/responses"
        << QByteArray(R"({"model":"m","input":[{"type":"function_call_output","output":"9 m"}]})");
    QTest::newRow("messages")
        << anthropic + "/messages"
        << QByteArray(
               R"({"model":"m","max_tokens":99,"messages":[{"role":"user","content":[{"type":"tool_result","content":[{"type":"text","text":"9 m"}]}]}]})");
}

void TestBuiltinAnswer::toolResult_isWhatTheAnswerIsAbout() {
    QFETCH(QByteArray, url);
    QFETCH(QByteArray, body);
    const Asked asked{url, body};
    const Transcript read = transcriptOf(asked, builtinAnswer(asked.question(), seed));
    QVERIFY2(read.first().text.startsWith(QLatin1String("The tool answered")), qPrintable(read.first().text));
    QVERIFY(read.first().text.contains(QLatin1String("9 m")));
}

void TestBuiltinAnswer::usage_isSentOnlyWhenAskedFor() {
    const Asked plain = chat(R"(,"stream":true)");
    QVERIFY(!bodyOf(builtinAnswer(plain.question(), seed)).contains("\"usage\""));
    const Asked asked = chat(R"(,"stream":true,"stream_options":{"include_usage":true})");
    const QByteArray body = bodyOf(builtinAnswer(asked.question(), seed));
    QCOMPARE(body.count("\"choices\":[],\"usage\":{"), 1);
    QCOMPARE(body.count("\"usage\":null"), body.count("data: {") - 1);
    QVERIFY(body.endsWith("data: [DONE]\n\n"));
}

void TestBuiltinAnswer::responsesEvents_areNumberedWithoutGaps() {
    const QByteArray body = bodyOf(builtinAnswer(responses(R"(,"stream":true)").question(), seed));
    const QList<QByteArray> lines = body.split('\n');
    qint64 next = 0;
    for (const QByteArray& line : lines) {
        if (!line.startsWith("data: "))
            continue;
        const QByteArray data = line.mid(6);
        json::Document document;
        QVERIFY(!document.scan(data));
        QCOMPARE(document.root()["sequence_number"].toInteger(), std::optional(next++));
    }
    QVERIFY(next > 10);
    QVERIFY(!body.contains("[DONE]"));
}

void TestBuiltinAnswer::firstWord_takesLongerThanTheOthers() {
    const BuiltinAnswer answer = builtinAnswer(chat(R"(,"stream":true)").question(), seed);
    const auto total = [&] {
        std::chrono::milliseconds sum{0};
        for (const TimedBytes& part : answer.parts)
            sum += part.pause;
        return sum;
    }();
    QVERIFY(answer.parts[0].pause > answer.parts[5].pause);
    QVERIFY(answer.parts[3].pause != answer.parts[4].pause || answer.parts[4].pause != answer.parts[5].pause);
    // About 40 tokens a second.
    const double perToken = static_cast<double>(total.count()) / static_cast<double>(answer.parts.size());
    QVERIFY2(perToken > 15 && perToken < 40, qPrintable(QString::number(perToken)));
}

void TestBuiltinAnswer::anthropicWithoutVersion_isRefused() {
    const Question question = messages().question({});
    QVERIFY(question.complaint);
    QVERIFY(question.complaint->message.contains(QLatin1String("anthropic-version")));
}

QTEST_GUILESS_MAIN(TestBuiltinAnswer)
#include "tst_builtin_answer.moc"
