// SPDX-License-Identifier: MIT
#include "core/json/document.h"
#include "sandbox/builtin/builtin_answer.h"

#include <QTest>

#include <cstring>

using namespace lavascope;

namespace {

const AnswerSeed seed{"01EXAMPLE", 1780000000000, 7};

const QByteArray openAi = "https://api.openai.com/v1";
const QByteArray anthropic = "https://api.anthropic.com/v1";
const QByteArray google = "https://generativelanguage.googleapis.com/v1beta";

QByteArray bodyOf(const BuiltinAnswer& answer) {
    QByteArray body;
    for (const TimedBytes& part : answer.parts)
        body += part.bytes;
    return body;
}

} // namespace

class TestProviderQuestion : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void badRequest_getsTheProvidersOwnError_data();
    void badRequest_getsTheProvidersOwnError();
    void embeddings_areTheSameInBothEncodings();
    void models_areListedInTheProvidersShape();
    void unknownPath_isNoQuestion_data();
    void unknownPath_isNoQuestion();
    void tokens_joinToTheText_data();
    void tokens_joinToTheText();
};

void TestProviderQuestion::badRequest_getsTheProvidersOwnError_data() {
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("sign");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const char* method, const QByteArray& url, const char* body,
                        const char* sign, int status) {
        QTest::newRow(name) << QByteArray(method) << url << QByteArray(body) << QByteArray(sign) << status;
    };
    row("no JSON", "POST", openAi + "/chat/completions", "{", R"("type":"invalid_request_error")", 400);
    row("no messages", "POST", openAi + "/chat/completions", R"({"model":"m"})", "'messages'", 400);
    row("no input", "POST", openAi + "/responses", R"({"model":"m","input":""})", "'input'", 400);
    row("GET", "GET", openAi + "/chat/completions", "", "GET", 405);
    row("maximum of 0", "POST", openAi + "/chat/completions",
        R"({"model":"m","max_tokens":0,"messages":[{"role":"user","content":"a"}]})", "at least 1", 400);
    row("anthropic without maximum", "POST", anthropic + "/messages",
        R"({"model":"m","messages":[{"role":"user","content":"a"}]})",
        R"({"type":"error","error":{"type":"invalid)", 400);
    row("anthropic with system role", "POST", anthropic + "/messages",
        R"({"model":"m","max_tokens":9,"messages":[{"role":"system","content":"a"}]})", "system", 400);
    row("gemini", "POST", google + "/models/g:generateContent", "{}", R"("status":"INVALID_ARGUMENT")", 400);
    row("gemini array", "POST", google + "/models/g:streamGenerateContent", "{}", R"([{"error":{"code":400)",
        400);
    row("embeddings", "POST", openAi + "/embeddings", R"({"model":"m"})", "'input'", 400);
}

void TestProviderQuestion::badRequest_getsTheProvidersOwnError() {
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, url);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, sign);
    QFETCH(int, status);
    const Question question = questionOf(method, url, {{"anthropic-version", "2023-06-01"}}, body);
    const BuiltinAnswer answer = builtinAnswer(question, seed);
    QCOMPARE(answer.status, status);
    const QByteArray text = bodyOf(answer);
    QVERIFY2(text.contains(sign), text.constData());
    QCOMPARE(answer.headers.value("content-type"), QByteArray("application/json"));
    json::Document document;
    QVERIFY(!document.scan(text));
}

void TestProviderQuestion::embeddings_areTheSameInBothEncodings() {
    const QByteArray url = openAi + "/embeddings";
    const auto answered = [&](const QByteArray& more) {
        return bodyOf(
            builtinAnswer(questionOf("POST", url, {},
                                     R"({"model":"text-embedding-3-small","input":["a","b"])" + more + '}'),
                          seed));
    };
    const QByteArray asNumbers = answered(R"(,"dimensions":8)");
    const QByteArray asBase64 = answered(R"(,"dimensions":8,"encoding_format":"base64")");
    json::Document numbers;
    json::Document base64;
    QVERIFY(!numbers.scan(asNumbers));
    QVERIFY(!base64.scan(asBase64));
    QCOMPARE(numbers.root()["data"].size(), 2);
    QCOMPARE(numbers.root()["data"].at(0)["embedding"].size(), 8);
    const QByteArray bytes =
        QByteArray::fromBase64(base64.root()["data"].at(1)["embedding"].toString().toLatin1());
    QCOMPARE(bytes.size(), 32);
    float value = 0;
    std::memcpy(&value, bytes.constData() + 4, sizeof value);
    QCOMPARE(static_cast<float>(numbers.root()["data"].at(1)["embedding"].at(1).toDouble().value_or(9)),
             value);
    QCOMPARE(numbers.root()["usage"]["prompt_tokens"].toInteger(), std::optional<qint64>(2));
    json::Document usual;
    const QByteArray usualBody = answered({});
    QVERIFY(!usual.scan(usualBody));
    QCOMPARE(usual.root()["data"].at(0)["embedding"].size(), 1536);
}

void TestProviderQuestion::models_areListedInTheProvidersShape() {
    json::Document document;
    const QByteArray list = bodyOf(builtinAnswer(questionOf("GET", openAi + "/models", {}, {}), seed));
    QVERIFY(!document.scan(list));
    QCOMPARE(document.root()["object"].toString(), QStringLiteral("list"));
    QVERIFY(document.root()["data"].size() > 3);
    const QByteArray one = bodyOf(builtinAnswer(questionOf("GET", openAi + "/models/gpt-4o", {}, {}), seed));
    QVERIFY(!document.scan(one));
    QCOMPARE(document.root()["id"].toString(), QStringLiteral("gpt-4o"));
    const QByteArray ofGoogle = bodyOf(builtinAnswer(questionOf("GET", google + "/models", {}, {}), seed));
    QVERIFY(!document.scan(ofGoogle));
    QVERIFY(document.root()["models"].at(0)["name"].toString().startsWith(QLatin1String("models/gemini")));
}

void TestProviderQuestion::unknownPath_isNoQuestion_data() {
    QTest::addColumn<QByteArray>("url");
    for (const char* path :
         {"", "/", "/v1/audio/speech", "/v1/completions", "/v1/chat/completions/x", "/v1/messages/batches"})
        QTest::newRow(path) << QByteArray("https://api.example.com") + path;
}

void TestProviderQuestion::unknownPath_isNoQuestion() {
    QFETCH(QByteArray, url);
    QVERIFY(questionKindOf("POST", url) == Question::Kind::Unknown);
}

void TestProviderQuestion::tokens_joinToTheText_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("words") << QStringLiteral("How deep  is\nthe harbour?");
    QTest::newRow("long word") << QStringLiteral("Donaudampfschifffahrtsgesellschaft");
    QTest::newRow("emoji") << QString::fromUtf8("\xf0\x9f\x98\x80").repeated(20);
    QTest::newRow("blanks") << QString(30, QLatin1Char(' '));
}

void TestProviderQuestion::tokens_joinToTheText() {
    QFETCH(QString, text);
    const QStringList tokens = tokensOf(text);
    QCOMPARE(tokens.join(QString()), text);
    for (const QString& token : tokens)
        QVERIFY(!token.isEmpty() && !token.front().isLowSurrogate() && token.size() <= 9);
}

QTEST_GUILESS_MAIN(TestProviderQuestion)
#include "tst_provider_question.moc"
