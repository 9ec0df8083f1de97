// SPDX-License-Identifier: MIT
#include "core/json/document.h"
#include "core/stream/dialect_registry.h"

#include <QTest>

using namespace lavascope;

namespace {

QString nameOf(const DialectKind* kind) {
    return kind ? QString::fromLatin1(kind->name) : QString();
}

} // namespace

/// Checks the first guess, by the address, and what one event alone tells.
class TestDialectRegistry : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void address_namesADialect_data();
    void address_namesADialect();
    void event_tellsItsDialect_data();
    void event_tellsItsDialect();
    void everyDialect_isFoundByItsName();
};

void TestDialectRegistry::address_namesADialect_data() {
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QString>("dialect");
    const auto row = [](const char* url, const char* dialect) {
        QTest::newRow(url) << QByteArray(url) << QString::fromLatin1(dialect);
    };
    // The path decides before the host, since the host may be a gateway.
    row("https://llm.example.org/v1/chat/completions", "openai_chat");
    row("https://llm.example.org/v1/chat/completions/", "openai_chat");
    row("https://llm.example.org/v1/chat/completions?api-version=1", "openai_chat");
    row("https://llm.example.org/v1/completions", "openai_chat");
    row("https://api.mistral.ai/v1/fim/completions", "openai_chat");
    row("https://llm.example.org/v1/responses", "openai_responses");
    row("https://llm.example.org/v1/messages", "anthropic_messages");
    row("https://eu-aiplatform.googleapis.com/v1/projects/p/publishers/anthropic/models/m:streamRawPredict",
        "anthropic_messages");
    row("https://eu-aiplatform.googleapis.com/v1/projects/p/publishers/anthropic/models/m:rawPredict",
        "anthropic_messages");
    row("https://llm.example.org/v1beta/models/m:streamGenerateContent?alt=sse", "gemini");
    row("https://llm.example.org/v1beta/models/m:generateContent", "gemini");
    row("https://llm.example.org/v1beta/interactions", "gemini_interactions");
    row("https://llm.example.org/v1beta/interactions/v1_1?stream=true", "gemini_interactions");
    row("https://llm.example.org/v2/chat", "cohere_chat");
    row("https://api.cohere.com/v1/chat", "cohere_v1");
    row("https://llm.example.org/api/chat", "ollama");
    row("https://llm.example.org/api/generate", "ollama");
    row("https://llm.example.org/model/anthropic.claude/converse-stream", "bedrock_converse");
    row("https://llm.example.org/model/anthropic.claude/converse", "bedrock_converse");
    row("https://llm.example.org/model/anthropic.claude/invoke-with-response-stream", "bedrock_converse");
    row("https://llm.example.org/v1/text-to-speech/v/stream/with-timestamps", "elevenlabs");
    row("https://llm.example.org/v1/text-to-dialogue/stream", "elevenlabs");
    row("https://llm.example.org/v1/speech-to-speech/v", "elevenlabs");
    row("https://llm.example.org/v1/sound-generation", "elevenlabs");
    row("https://llm.example.org/v1/music", "elevenlabs");
    row("https://llm.example.org/v1/audio/speech", "openai_media");
    row("https://llm.example.org/v1/audio/transcriptions", "openai_media");
    row("https://llm.example.org/v1/audio/translations", "openai_media");
    row("https://llm.example.org/v1/images/generations", "openai_media");
    row("https://llm.example.org/v1/images/edits", "openai_media");
    row("https://llm.example.org/v1/embeddings", "embeddings");
    row("https://llm.example.org/v1beta/models/m:batchEmbedContents", "embeddings");
    row("https://api.mistral.ai/v1/conversations", "mistral_conversations");
    row("https://api.cloudflare.com/client/v4/accounts/a/ai/run/@cf/m", "workers_ai");
    row("https://generativelanguage.googleapis.com/v1beta/openai/chat/completions", "openai_chat");
    row("https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=1", "openai_chat");

    row("https://api.openai.com/v1/other", "openai_chat");
    row("https://api.groq.com/openai/v1/other", "openai_chat");
    row("https://api.deepseek.com/other", "openai_chat");
    row("https://api.x.ai/v1/other", "openai_chat");
    row("https://api.mistral.ai/v1/other", "openai_chat");
    row("https://api.together.ai/v1/other", "openai_chat");
    row("https://api.together.xyz/v1/other", "openai_chat");
    row("https://api.fireworks.ai/inference/v1/other", "openai_chat");
    row("https://openrouter.ai/api/v1/other", "openai_chat");
    row("https://r.openai.azure.com/other", "openai_chat");
    row("https://r.cognitiveservices.azure.com/other", "openai_chat");
    row("https://r.services.ai.azure.com/other", "openai_chat");
    row("https://api.anthropic.com/v1/other", "anthropic_messages");
    row("https://generativelanguage.googleapis.com/v1/other", "gemini");
    row("https://europe-west1-aiplatform.googleapis.com/v1/other", "gemini");
    row("https://api.cohere.com/v3/other", "cohere_chat");
    row("https://api.cohere.ai/v3/other", "cohere_chat");
    row("https://api.elevenlabs.io/v1/other", "elevenlabs");
    row("https://bedrock-runtime.eu-west-1.amazonaws.com/model/m/invoke", "bedrock_converse");
    row("http://localhost:11434/v9/other", "ollama");

    // Through the gateway it is the address inside that counts.
    row("https://api.lava.so/v1/forward?u=https%3A%2F%2Fapi.anthropic.com%2Fv1%2Fmessages",
        "anthropic_messages");
    row("https://api.lava.so/v1/forward?x=1&u=https://api.openai.com/v1/responses", "openai_responses");

    row("https://llm.example.org/do", "");
    row("https://llm.example.org/do?next=/v1/messages", "");
    row("https://llm.example.org/do#/v1/messages", "");
    row("https://api.anthropic.com.example.org/do", "");
    row("not an address at all", "");
    row("", "");
}

void TestDialectRegistry::address_namesADialect() {
    QFETCH(QByteArray, url);
    QFETCH(QString, dialect);
    QCOMPARE(nameOf(dialectForUrl(url)), dialect);
}

void TestDialectRegistry::event_tellsItsDialect_data() {
    QTest::addColumn<QByteArray>("event");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QString>("dialect");
    QTest::addColumn<int>("fit");
    const auto row = [](const char* event, const char* dialect, Fit fit, const char* type = "message") {
        QTest::newRow(event) << QByteArray(event) << QByteArray(type) << QString::fromLatin1(dialect)
                             << int(fit);
    };
    row(R"({"type":"message_start","message":{}})", "anthropic_messages", Fit::Certain);
    row(R"({"type":"ping"})", "anthropic_messages", Fit::Maybe, "ping");
    row(R"({"type":"error","error":{"type":"overloaded_error"}})", "anthropic_messages", Fit::Maybe);
    row(R"({"type":"error","error":{"type":"server_error"},"sequence_number":1})", "openai_responses",
        Fit::Certain);
    row(R"({"type":"response.created"})", "openai_responses", Fit::Certain);
    row(R"({"type":"message-start"})", "cohere_chat", Fit::Certain);
    row(R"({"type":"content-delta"})", "cohere_chat", Fit::Certain);
    row(R"({"event_type":"stream-start"})", "cohere_v1", Fit::Certain);
    row(R"({"event_type":"interaction.created"})", "gemini_interactions", Fit::Certain);
    row(R"({"event_type":"step.delta"})", "gemini_interactions", Fit::Certain);
    row(R"({"type":"image_generation.partial_image"})", "openai_media", Fit::Certain);
    row(R"({"type":"image_edit.completed"})", "openai_media", Fit::Certain);
    row(R"({"type":"speech.audio.delta"})", "openai_media", Fit::Certain);
    row(R"({"type":"transcript.text.delta"})", "openai_media", Fit::Certain);
    row(R"({"type":"conversation.response.started"})", "mistral_conversations", Fit::Certain);
    row(R"({"type":"message.output.delta"})", "mistral_conversations", Fit::Certain);
    row(R"({"type":"function.call.delta"})", "mistral_conversations", Fit::Certain);
    row(R"({"candidates":[]})", "gemini", Fit::Certain);
    row(R"({"promptFeedback":{}})", "gemini", Fit::Certain);
    row(R"({"usageMetadata":{}})", "gemini", Fit::Certain);
    row(R"({"object":"chat.completion.chunk"})", "openai_chat", Fit::Certain);
    row(R"({"choices":[{"delta":{}}]})", "openai_chat", Fit::Certain);
    row(R"({"choices":[{"message":{}}]})", "openai_chat", Fit::Certain);
    row(R"({"choices":[],"prompt_filter_results":[]})", "openai_chat", Fit::Certain);
    row(R"({"object":"text_completion"})", "openai_chat", Fit::Certain);
    row(R"({"choices":[{"text":"x"}]})", "openai_chat", Fit::Certain);
    row(R"({"done":false,"model":"m","message":{}})", "ollama", Fit::Certain);
    row(R"({"done":true,"model":"m","response":""})", "ollama", Fit::Certain);
    row(R"({"audio_base64":"AAAA"})", "elevenlabs", Fit::Certain);
    row(R"({"contentBlockIndex":0,"delta":{}})", "bedrock_converse", Fit::Certain, "contentBlockDelta");
    row(R"({"role":"assistant"})", "bedrock_converse", Fit::Certain, "messageStart");
    row(R"({"message":"x"})", "bedrock_converse", Fit::Maybe, "throttlingException");
    row(R"({"response":"x","p":"ab"})", "workers_ai", Fit::Certain);
    row(R"({"response":"x"})", "workers_ai", Fit::Maybe);
    row(R"({"error":"x"})", "", Fit::No);
    row(R"({"choices":7})", "", Fit::No);
    row(R"([1,2])", "", Fit::No);
    row(R"("text")", "", Fit::No);
}

void TestDialectRegistry::event_tellsItsDialect() {
    QFETCH(QByteArray, event);
    QFETCH(QByteArray, type);
    json::Document document;
    QVERIFY(!document.scan(event));
    const Recognised seen = dialectForEvent(document.root(), type);
    QTEST(nameOf(seen.kind), "dialect");
    QTEST(int(seen.fit), "fit");
}

void TestDialectRegistry::everyDialect_isFoundByItsName() {
    const QStringList names = registeredDialects();
    QVERIFY(names.size() > 10);
    for (const QString& name : names)
        QCOMPARE(nameOf(dialectNamed(name)), name);
    QVERIFY(!dialectNamed(QStringLiteral("openai")));
    QVERIFY(!dialectNamed(QString()));
}

QTEST_GUILESS_MAIN(TestDialectRegistry)
#include "tst_dialect_registry.moc"
