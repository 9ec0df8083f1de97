// SPDX-License-Identifier: MIT
#include "core/stream/event_gist.h"

#include <QTest>

using namespace lavascope;

class TestEventGist : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eventAlone_saysWhatItAdds_data();
    void eventAlone_saysWhatItAdds();
    void whatIsNoEventOfTheDialect_hasNoGist_data();
    void whatIsNoEventOfTheDialect_hasNoGist();
    void longText_isCut();
};

namespace {

StreamEvent eventWith(const QByteArray& data, const QString& name = QStringLiteral("message")) {
    StreamEvent event;
    event.name = name;
    event.data = data;
    return event;
}

} // namespace

void TestEventGist::eventAlone_saysWhatItAdds_data() {
    QTest::addColumn<QString>("dialect");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QString>("gist");
    const auto row = [](const char* name, const char* dialect, const char* data, const char* gist) {
        QTest::newRow(name) << QString::fromLatin1(dialect) << QByteArray(data) << QString::fromUtf8(gist);
    };
    const char* chat = "openai_chat";
    row("chat text", chat, "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\" tide\\n\"}}]}",
        "\" tide\\n\"");
    row("chat reasoning", chat, "{\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"hm\"}}]}",
        "reasoning \"hm\"");
    row("chat refusal", chat, "{\"choices\":[{\"index\":0,\"delta\":{\"refusal\":\"no\"}}]}",
        "refusal \"no\"");
    row("chat tool call", chat,
        "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"function\":{"
        "\"name\":\"tide\",\"arguments\":\"\"}}]}}]}",
        "tool tide");
    row("chat stop", chat, "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}",
        "stop stop");
    row("chat usage", chat, "{\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":9}}",
        "usage 3 in, 9 out");
    row("chat error", chat, "{\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\"}}",
        "error overloaded");
    row("responses text", "openai_responses",
        "{\"type\":\"response.output_text.delta\",\"output_index\":0,\"content_index\":0,\"delta\":\"Hi\"}",
        "\"Hi\"");
    row("messages text", "anthropic_messages",
        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hi\"}}",
        "\"Hi\"");
    row("messages thinking", "anthropic_messages",
        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"thinking_delta\",\"thinking\":"
        "\"hm\"}}",
        "reasoning \"hm\"");
    row("messages stop", "anthropic_messages",
        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":9}"
        "}",
        "stop end_turn · usage 9 out");
    row("gemini text", "gemini", "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hi\"}]}}]}",
        "\"Hi\"");
}

void TestEventGist::eventAlone_saysWhatItAdds() {
    QFETCH(QString, dialect);
    QFETCH(QByteArray, data);
    QFETCH(QString, gist);
    QCOMPARE(eventGist(eventWith(data), dialect), gist);
}

void TestEventGist::whatIsNoEventOfTheDialect_hasNoGist_data() {
    QTest::addColumn<QString>("dialect");
    QTest::addColumn<QByteArray>("data");
    QTest::newRow("ping") << QStringLiteral("anthropic_messages") << QByteArray("{\"type\":\"ping\"}");
    QTest::newRow("end mark") << QStringLiteral("openai_chat") << QByteArray("[DONE]");
    QTest::newRow("no JSON") << QStringLiteral("openai_chat") << QByteArray("{\"choices\":");
    QTest::newRow("empty") << QStringLiteral("openai_chat") << QByteArray();
    QTest::newRow("nobody's") << QStringLiteral("unknown") << QByteArray("{\"text\":\"a\"}");
}

void TestEventGist::whatIsNoEventOfTheDialect_hasNoGist() {
    QFETCH(QString, dialect);
    QFETCH(QByteArray, data);
    QCOMPARE(eventGist(eventWith(data), dialect), QString());
}

void TestEventGist::longText_isCut() {
    const QByteArray data =
        "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + QByteArray(10'000, 'x') + "\"}}]}";
    const QString gist = eventGist(eventWith(data), QStringLiteral("openai_chat"));
    QVERIFY(gist.startsWith(QLatin1String("\"xxx")));
    QVERIFY(gist.size() < 300);
    QCOMPARE(eventGist(eventWith(data.repeated(20)), QStringLiteral("openai_chat")), QString());
}

QTEST_GUILESS_MAIN(TestEventGist)
#include "tst_event_gist.moc"
