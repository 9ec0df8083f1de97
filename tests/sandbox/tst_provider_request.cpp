// SPDX-License-Identifier: MIT
#include "core/token/token_fields.h"
#include "sandbox/provider_request.h"

#include <QTest>

using namespace lavascope;

namespace {

const QByteArray testKey = "aks_test_EXAMPLEnotARealKey0000";

HttpRequest requestTo(const QByteArray& url, const Headers& headers, const TokenFields& fields = {},
                      const QMap<QString, Secret>& keys = {}, const QByteArray& place = "authorization") {
    ReceivedRequest received;
    received.method = "POST";
    received.headers = headers;
    received.body = "{}";
    const auto target = forwardTargetOf(Query::ofTarget("/v1/forward?u=" + url.toPercentEncoding()), {});
    Q_ASSERT(target);
    SandboxConfig config;
    config.providerKeys = keys;
    return providerRequest(received, *target, Caller{fields, place}, config);
}

} // namespace

class TestProviderRequest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void gatewayCredentials_neverReachTheProvider();
    void providerKey_goesWhereTheProviderWantsIt_data();
    void providerKey_goesWhereTheProviderWantsIt();
    void tokensKey_beatsTheConfiguredOne();
    void keyParameter_isTakenOut_data();
    void keyParameter_isTakenOut();
    void connectionFields_stayOnTheirSide();
};

void TestProviderRequest::gatewayCredentials_neverReachTheProvider() {
    const QByteArray canary = testKey;
    const HttpRequest out = requestTo("https://api.example.com/v1/chat/completions?a=b&key=" + canary,
                                      {{"Host", "127.0.0.1:1"},
                                       {"Authorization", "Bearer " + canary},
                                       {"x-api-key", canary},
                                       {"X-Goog-Api-Key", canary},
                                       {"xi-api-key", canary},
                                       {"Proxy-Authorization", "Basic " + canary},
                                       {"Cookie", "session=" + canary},
                                       {"x-lava-metadata", "{}"},
                                       {"X-Custom", "kept"}});
    QByteArray all = out.url;
    for (const Headers::Field& field : out.headers)
        all += field.name + field.value;
    QVERIFY2(!all.contains(canary), all.constData());
    QCOMPARE(out.headers, (Headers{{"X-Custom", "kept"}, {"Accept-Encoding", "identity"}}));
    QCOMPARE(out.url, QByteArray("https://api.example.com/v1/chat/completions?a=b"));
}

void TestProviderRequest::providerKey_goesWhereTheProviderWantsIt_data() {
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("place");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char* name, const char* url, const char* place, const char* header,
                        const char* value) {
        QTest::newRow(name) << QByteArray(url) << QByteArray(place) << QByteArray(header)
                            << QByteArray(value);
    };
    const char* bearer = "Bearer sk-EXAMPLE";
    row("openai", "https://api.openai.com/v1/responses", "x-api-key", "authorization", bearer);
    row("anthropic", "https://api.anthropic.com/v1/messages", "authorization", "x-api-key", "sk-EXAMPLE");
    row("google", "https://generativelanguage.googleapis.com/v1beta/models/g:generateContent",
        "authorization", "x-goog-api-key", "sk-EXAMPLE");
    row("google speaking openai", "https://generativelanguage.googleapis.com/v1beta/openai/chat/completions",
        "authorization", "authorization", bearer);
    row("elevenlabs", "https://api.elevenlabs.io/v1/text-to-speech/v", "authorization", "xi-api-key",
        "sk-EXAMPLE");
    row("serper", "https://google.serper.dev/search", "authorization", "x-api-key", "sk-EXAMPLE");
    row("unknown host", "https://models.example.com/v1/messages", "x-api-key", "x-api-key", "sk-EXAMPLE");
    row("unknown host by parameter", "https://models.example.com/v1/messages", "key", "authorization",
        bearer);
    row("no look-alike", "https://anthropic.com.evil.example/v1/messages", "authorization", "authorization",
        bearer);
}

void TestProviderRequest::providerKey_goesWhereTheProviderWantsIt() {
    QFETCH(QByteArray, url);
    QFETCH(QByteArray, place);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    TokenFields fields;
    fields.providerKey = Secret("sk-EXAMPLE");
    const HttpRequest out = requestTo(url, {{"Authorization", "Bearer x"}}, fields, {}, place);
    QCOMPARE(out.headers.value(name), value);
    QCOMPARE(out.headers.size(), 2); // and Accept-Encoding
}

void TestProviderRequest::tokensKey_beatsTheConfiguredOne() {
    const QMap<QString, Secret> keys{{QStringLiteral("api.openai.com"), Secret("sk-CONFIGURED")}};
    const QByteArray url = "https://api.openai.com/v1/models";
    QCOMPARE(requestTo(url, {}, {}, keys).headers.value("authorization"), QByteArray("Bearer sk-CONFIGURED"));
    QVERIFY(!requestTo("https://api.example.com/v1/models", {}, {}, keys).headers.contains("authorization"));
    TokenFields fields;
    fields.providerKey = Secret("sk-OWN");
    QCOMPARE(requestTo(url, {}, fields, keys).headers.value("authorization"), QByteArray("Bearer sk-OWN"));
}

void TestProviderRequest::keyParameter_isTakenOut_data() {
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<bool>("replaced");
    QTest::addColumn<QByteArray>("expected");
    const QByteArray google =
        "https://generativelanguage.googleapis.com/v1beta/models/g:streamGenerateContent";
    QTest::newRow("ours alone") << google + "?key=aks_test_a" << false << google;
    QTest::newRow("ours between") << google + "?a=1&key=aks_test_a&alt=sse" << false
                                  << google + "?a=1&alt=sse";
    QTest::newRow("our token") << google + "?key=eyJhIjoxfQ==" << false << google;
    QTest::newRow("escaped") << google + "?k%65y=aks_test_a" << false << google;
    QTest::newRow("the provider's, replaced")
        << google + "?key=AIzaEXAMPLE&alt=sse" << true << google + "?alt=sse";
    QTest::newRow("the provider's, kept")
        << google + "?key=AIzaEXAMPLE" << false << google + "?key=AIzaEXAMPLE";
    QTest::newRow("another's parameter") << QByteArray("https://api.example.com/x?key=color") << true
                                         << QByteArray("https://api.example.com/x?key=color");
}

void TestProviderRequest::keyParameter_isTakenOut() {
    QFETCH(QByteArray, url);
    QFETCH(bool, replaced);
    QFETCH(QByteArray, expected);
    TokenFields fields;
    if (replaced)
        fields.providerKey = Secret("sk-EXAMPLE");
    QCOMPARE(requestTo(url, {}, fields).url, expected);
}

void TestProviderRequest::connectionFields_stayOnTheirSide() {
    const HttpRequest out = requestTo("https://api.example.com/", {{"Connection", "keep-alive, X-Hop"},
                                                                   {"Keep-Alive", "timeout=5"},
                                                                   {"X-Hop", "1"},
                                                                   {"TE", "trailers"},
                                                                   {"Transfer-Encoding", "chunked"},
                                                                   {"Upgrade", "h2c"},
                                                                   {"Expect", "100-continue"},
                                                                   {"Content-Length", "2"},
                                                                   {"Accept-Encoding", "gzip"},
                                                                   {"anthropic-version", "2023-06-01"}});
    QCOMPARE(out.headers, (Headers{{"anthropic-version", "2023-06-01"}, {"Accept-Encoding", "identity"}}));
    const Headers back = relayedHeaders({{"Content-Type", "text/plain"},
                                         {"Connection", "close, X-Hop"},
                                         {"X-Hop", "1"},
                                         {"Transfer-Encoding", "chunked"},
                                         {"Access-Control-Allow-Origin", "*"},
                                         {"X-Lava-Request-Id", "req_foreign"},
                                         {"Set-Cookie", "a=1"},
                                         {"Set-Cookie", "b=2"}});
    QCOMPARE(back, (Headers{{"Content-Type", "text/plain"}, {"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}}));
}

QTEST_GUILESS_MAIN(TestProviderRequest)
#include "tst_provider_request.moc"
