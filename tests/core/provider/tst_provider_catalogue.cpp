// SPDX-License-Identifier: MIT
#include "core/json/document.h"
#include "core/provider/provider_catalogue.h"

#include <QFile>
#include <QSet>
#include <QTest>

using namespace lavascope;

class TestProviderCatalogue : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void shippedList_isComplete();
    void shippedProvider_isFoundByItsUrls_data();
    void shippedProvider_isFoundByItsUrls();
    void everyEndpoint_hasAnExampleBody_data();
    void everyEndpoint_hasAnExampleBody();
    void url_belongsToTheProviderThatFitsBest_data();
    void url_belongsToTheProviderThatFitsBest();
    void id_isFoundInAnyCase();
    void model_isOnePathSegment_data();
    void model_isOnePathSegment();
    void exampleBody_isWhatADeveloperWouldType();
    void brokenList_isRefusedWithItsLine_data();
    void brokenList_isRefusedWithItsLine();

private:
    ProviderCatalogue m_catalogue;
};

namespace {

const Endpoint* endpointOf(const Provider& provider, const QString& kind) {
    for (const Endpoint& endpoint : provider.endpoints)
        if (endpoint.kind == kind)
            return &endpoint;
    return nullptr;
}

QByteArray bodyOf(const Provider* provider, const char* kind, bool stream) {
    return exampleBody(*provider, *endpointOf(*provider, QString::fromLatin1(kind)), QStringLiteral("m"),
                       QStringLiteral("Say \"hi\""), stream);
}

} // namespace

void TestProviderCatalogue::initTestCase() {
    QFile file(QStringLiteral(LAVASCOPE_SOURCE_DIR "/resources/providers.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    Result<ProviderCatalogue> catalogue = ProviderCatalogue::fromJson(file.readAll());
    QVERIFY2(catalogue.has_value(), catalogue ? "" : qPrintable(catalogue.error().message));
    m_catalogue = *catalogue;
}

void TestProviderCatalogue::shippedList_isComplete() {
    QCOMPARE(m_catalogue.providers().size(), 29);
    QSet<QString> ids;
    const QSet<QString> formats = {QStringLiteral("openai"), QStringLiteral("anthropic"),
                                   QStringLiteral("gemini"), QStringLiteral("elevenlabs"),
                                   QStringLiteral("other")};
    for (const Provider& provider : m_catalogue.providers()) {
        ids.insert(provider.id);
        QVERIFY2(formats.contains(provider.compat), qPrintable(provider.id));
    }
    QCOMPARE(ids.size(), m_catalogue.providers().size());

    const Provider* anthropic = m_catalogue.find(u"anthropic");
    QCOMPARE(anthropic->requiredHeaders, (Headers{{"anthropic-version", "2023-06-01"}}));
    QCOMPARE(anthropic->authStyle, QStringLiteral("x-api-key"));
    QCOMPARE(m_catalogue.find(u"serper")->authStyle, QStringLiteral("x-api-key"));
    QVERIFY(!m_catalogue.find(u"openai")->exampleModels.isEmpty());
}

void TestProviderCatalogue::shippedProvider_isFoundByItsUrls_data() {
    QTest::addColumn<int>("index");
    for (int i = 0; i < m_catalogue.providers().size(); ++i)
        QTest::newRow(qPrintable(m_catalogue.providers().at(i).id)) << i;
}

void TestProviderCatalogue::shippedProvider_isFoundByItsUrls() {
    QFETCH(int, index);
    const Provider& provider = m_catalogue.providers().at(index);
    for (const Endpoint& endpoint : provider.endpoints) {
        const QByteArray url = endpointUrl(provider, endpoint, QStringLiteral("some/model:1"));
        QVERIFY(!url.contains("{model}"));
        const Provider* found = m_catalogue.forUrl(url);
        QVERIFY(found);
        QCOMPARE(found->id, provider.id);
    }
}

void TestProviderCatalogue::everyEndpoint_hasAnExampleBody_data() {
    shippedProvider_isFoundByItsUrls_data();
}

void TestProviderCatalogue::everyEndpoint_hasAnExampleBody() {
    QFETCH(int, index);
    const Provider& provider = m_catalogue.providers().at(index);
    for (const Endpoint& endpoint : provider.endpoints) {
        const QByteArray body =
            exampleBody(provider, endpoint, QStringLiteral("m"), QStringLiteral("hi"), true);
        if (endpoint.method == "GET" || endpoint.kind == QStringLiteral("transcription")) {
            QCOMPARE(body, QByteArray());
            continue;
        }
        json::Document document;
        QVERIFY(!document.scan(body));
        QVERIFY2(document.root().isObject() && document.root().size() > 0, qPrintable(endpoint.path));
        QVERIFY(body.contains("\"hi\""));
    }
}

void TestProviderCatalogue::url_belongsToTheProviderThatFitsBest_data() {
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QString>("id");
    const auto row = [](const char* url, const char* id) {
        QTest::newRow(url) << QByteArray(url) << QString::fromLatin1(id);
    };
    row("https://API.OpenAI.com:443/v1/models", "openai");
    row("https://api.openai.com/v2/unknown", "openai");
    row("https://api.openai.com", "openai");
    row("https://generativelanguage.googleapis.com/v1beta/models/{model}:generateContent", "google");
    row("https://generativelanguage.googleapis.com/v1beta/openai/chat/completions", "googleOpenaiCompatible");
    row("https://generativelanguage.googleapis.com/v1beta/openaiX", "google");
    row("https://api.openai.com.evil.com/v1", "");
    row("https://evil.com/api.openai.com/v1", "");
    row("https://api.openai.com@evil.com/v1", "");
    row("https://h\\@api.openai.com/v1", "");
    row("https://api.openai.com:8443/v1", "");
    row("api.openai.com/v1", "");
    row("", "");
}

void TestProviderCatalogue::url_belongsToTheProviderThatFitsBest() {
    QFETCH(QByteArray, url);
    QFETCH(QString, id);
    const Provider* found = m_catalogue.forUrl(url);
    QCOMPARE(found ? found->id : QString(), id);
}

void TestProviderCatalogue::id_isFoundInAnyCase() {
    QVERIFY(m_catalogue.find(u"OpenAI"));
    QVERIFY(m_catalogue.find(u"GOOGLEopenaiCOMPATIBLE"));
    QVERIFY(!m_catalogue.find(u"open"));
    QVERIFY(!m_catalogue.find(u""));
}

void TestProviderCatalogue::model_isOnePathSegment_data() {
    QTest::addColumn<QString>("model");
    QTest::addColumn<QByteArray>("segment");
    QTest::newRow("plain") << QStringLiteral("gemini-2.5-flash") << QByteArray("gemini-2.5-flash");
    QTest::newRow("slash") << QStringLiteral("a/b") << QByteArray("a%2Fb");
    QTest::newRow("climbing out") << QStringLiteral("../x?y#z") << QByteArray("..%2Fx%3Fy%23z");
    QTest::newRow("as the list of models names it")
        << QStringLiteral("models/gemini-x") << QByteArray("gemini-x");
    QTest::newRow("unicode") << QStringLiteral(u"é") << QByteArray("%C3%A9");
}

void TestProviderCatalogue::model_isOnePathSegment() {
    QFETCH(QString, model);
    QFETCH(QByteArray, segment);
    const Provider* google = m_catalogue.find(u"google");
    QCOMPARE(endpointUrl(*google, google->endpoints.first(), model),
             "https://generativelanguage.googleapis.com/v1beta/models/" + segment + ":generateContent");
}

void TestProviderCatalogue::exampleBody_isWhatADeveloperWouldType() {
    QCOMPARE(bodyOf(m_catalogue.find(u"openai"), "chat", true), QByteArray(R"({
  "model": "m",
  "messages": [
    {
      "role": "user",
      "content": "Say \"hi\""
    }
  ],
  "stream": true
})"));
    QVERIFY(bodyOf(m_catalogue.find(u"anthropic"), "messages", false).contains("\"max_tokens\": 1024"));
    QVERIFY(bodyOf(m_catalogue.find(u"anthropic"), "messages", false).contains("\"stream\": false"));
    QVERIFY(!bodyOf(m_catalogue.find(u"google"), "generateContent", true).contains("stream"));
    QVERIFY(!bodyOf(m_catalogue.find(u"openai"), "embeddings", true).contains("stream"));
    QVERIFY(bodyOf(m_catalogue.find(u"elevenlabs"), "speech", true).contains("\"model_id\": \"m\""));
    QVERIFY(bodyOf(m_catalogue.find(u"serper"), "search", true).contains("\"q\": "));
}

void TestProviderCatalogue::brokenList_isRefusedWithItsLine_data() {
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("line");
    const auto row = [](const char* name, const char* json, int line) {
        QTest::newRow(name) << QByteArray(json) << QStringLiteral("line %1").arg(line);
    };
    row("no JSON", "[\n{", 2);
    row("no array", "{}", 1);
    row("entry that is no object", "[\n\n42]", 3);
    row("nameless", "[\n{\"id\":\"x\"}]", 2);
    row("plain http",
        R"([{"id":"x","name":"X","base_url":"http://x","compat":"openai","auth":{"style":"bearer"},"endpoints":[{"path":"/a","method":"POST","kind":"chat"}]}])",
        1);
    row("no endpoints",
        R"([{"id":"x","name":"X","base_url":"https://x","compat":"openai","auth":{"style":"bearer"},"endpoints":[]}])",
        1);
    row("odd method",
        R"([{"id":"x","name":"X","base_url":"https://x","compat":"openai","auth":{"style":"bearer"},"endpoints":[{"path":"/a","method":"PUT","kind":"chat"}]}])",
        1);
    const char* entry =
        R"({"id":"x","name":"X","base_url":"https://x","compat":"openai","auth":{"style":"bearer"},"endpoints":[{"path":"/a","method":"POST","kind":"chat"}]})";
    QTest::newRow("same id twice") << QByteArray("[") + entry + ",\n" + entry + "]"
                                   << QStringLiteral("line 2");
}

void TestProviderCatalogue::brokenList_isRefusedWithItsLine() {
    QFETCH(QByteArray, json);
    QFETCH(QString, line);
    const Result<ProviderCatalogue> catalogue = ProviderCatalogue::fromJson(json);
    QVERIFY(!catalogue);
    QCOMPARE(catalogue.error().code, QStringLiteral("catalogue_invalid"));
    QVERIFY2(catalogue.error().message.contains(line), qPrintable(catalogue.error().message));
}

QTEST_GUILESS_MAIN(TestProviderCatalogue)
#include "tst_provider_catalogue.moc"
