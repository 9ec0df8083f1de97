// SPDX-License-Identifier: MIT
#include "core/request/request_draft.h"

#include <QTest>

using namespace lavascope;

class TestBuildRequest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void draft_becomesTheExactRequest();
    void getWithoutBody_hasNoContentType();
    void userHeaders_replaceOursOfThatName();
    void userCredential_replacesTheToken_data();
    void userCredential_replacesTheToken();
    void readyCredential_isSentAsItIs();
    void badDraft_isRefused_data();
    void badDraft_isRefused();
    void streamFlag_isReadFromTheBody_data();
    void streamFlag_isReadFromTheBody();
    void streamFlag_isWrittenWithoutTouchingTheRest();
};

namespace {

RequestDraft goodDraft() {
    RequestDraft draft;
    draft.gateway = "https://api.lava.so";
    draft.providerUrl = "https://api.openai.com/v1/chat/completions";
    draft.body = R"({"model":"gpt-4o-mini"})";
    draft.token = {.secretKey = Secret("aks_test_0123456789")};
    return draft;
}

} // namespace

void TestBuildRequest::draft_becomesTheExactRequest() {
    RequestDraft draft = goodDraft();
    draft.headers = {{"anthropic-version", "2023-06-01"}, {"X-Twice", "1"}, {"X-Twice", "2"}};
    const Result<HttpRequest> request = buildRequest(draft);
    QVERIFY(request.has_value());
    QCOMPARE(request->method, QByteArray("POST"));
    QCOMPARE(request->url,
             QByteArray(
                 "https://api.lava.so/v1/forward?u=https%3A%2F%2Fapi.openai.com%2Fv1%2Fchat%2Fcompletions"));
    QCOMPARE(request->body, draft.body);
    const Headers expected = {
        {"Authorization", "Bearer " + QByteArray(R"({"secret_key":"aks_test_0123456789"})").toBase64()},
        {"Content-Type", "application/json"},
        {"Accept", "*/*"},
        {"Accept-Encoding", "identity"},
        {"User-Agent", "Lavascope/" LAVASCOPE_VERSION},
        {"anthropic-version", "2023-06-01"},
        {"X-Twice", "1"},
        {"X-Twice", "2"},
    };
    QCOMPARE(request->headers, expected);
}

void TestBuildRequest::getWithoutBody_hasNoContentType() {
    RequestDraft draft = goodDraft();
    draft.method = "GET";
    draft.body.clear();
    const Result<HttpRequest> request = buildRequest(draft);
    QVERIFY(request.has_value());
    QVERIFY(!request->headers.contains("Content-Type"));
}

void TestBuildRequest::userHeaders_replaceOursOfThatName() {
    RequestDraft draft = goodDraft();
    draft.headers = {{"content-type", "text/plain"}, {"accept", "audio/mpeg"}, {"user-agent", "me"}};
    const Result<HttpRequest> request = buildRequest(draft);
    QVERIFY(request.has_value());
    QCOMPARE(request->headers.values("Content-Type"), QList<QByteArray>{"text/plain"});
    QCOMPARE(request->headers.values("Accept"), QList<QByteArray>{"audio/mpeg"});
    QCOMPARE(request->headers.values("User-Agent"), QList<QByteArray>{"me"});
}

void TestBuildRequest::userCredential_replacesTheToken_data() {
    QTest::addColumn<QByteArray>("name");
    for (const char* name : {"authorization", "X-Api-Key", "x-goog-api-key", "xi-api-key"})
        QTest::newRow(name) << QByteArray(name);
}

void TestBuildRequest::userCredential_replacesTheToken() {
    QFETCH(QByteArray, name);
    RequestDraft draft = goodDraft();
    draft.token = {};
    draft.headers = {{name, "aks_test_mine"}};
    const Result<HttpRequest> request = buildRequest(draft);
    QVERIFY(request.has_value());
    QCOMPARE(request->headers.values(name), QList<QByteArray>{"aks_test_mine"});
    QCOMPARE(request->headers.contains("Authorization"), name == "authorization");
}

void TestBuildRequest::readyCredential_isSentAsItIs() {
    RequestDraft draft = goodDraft();
    draft.credential = Secret("aks_test_bare");
    const Result<HttpRequest> request = buildRequest(draft);
    QVERIFY(request.has_value());
    QCOMPARE(request->headers.value("Authorization"), QByteArray("Bearer aks_test_bare"));
}

void TestBuildRequest::badDraft_isRefused_data() {
    QTest::addColumn<RequestDraft>("draft");
    QTest::addColumn<QString>("code");
    const auto row = [](const char* code, auto change) {
        RequestDraft draft = goodDraft();
        change(draft);
        QTest::newRow(code) << draft << QString::fromLatin1(code);
    };
    row("method_invalid", [](RequestDraft& d) { d.method = "GE T"; });
    row("gateway_not_https", [](RequestDraft& d) { d.gateway = "http://api.lava.so"; });
    row("url_scheme", [](RequestDraft& d) { d.providerUrl = "file:///etc/passwd"; });
    row("secret_key_missing", [](RequestDraft& d) { d.token = {}; });
    row("header_name_invalid", [](RequestDraft& d) { d.headers.append("a b", "c"); });
    row("header_reserved", [](RequestDraft& d) { d.headers.append("Content-Length", "3"); });
    row("header_value_invalid", [](RequestDraft& d) { d.credential = Secret("aks_test_x\r\nEvil: 1"); });
    row("body_too_large", [](RequestDraft& d) { d.body = QByteArray(50'000'001, ' '); });
}

void TestBuildRequest::badDraft_isRefused() {
    QFETCH(RequestDraft, draft);
    QFETCH(QString, code);
    const Result<HttpRequest> request = buildRequest(draft);
    QVERIFY(!request);
    QCOMPARE(request.error().code, code);
}

void TestBuildRequest::streamFlag_isReadFromTheBody_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("flag"); // -1: nothing
    QTest::newRow("true") << QByteArray(R"({"stream": true})") << 1;
    QTest::newRow("false") << QByteArray(R"({"stream":false})") << 0;
    QTest::newRow("absent") << QByteArray(R"({"a":{"stream":true}})") << -1;
    QTest::newRow("text") << QByteArray(R"({"stream":"true"})") << -1;
    QTest::newRow("no object") << QByteArray(R"(["stream"])") << -1;
    QTest::newRow("broken") << QByteArray(R"({"stream":true)") << -1;
    QTest::newRow("empty") << QByteArray() << -1;
}

void TestBuildRequest::streamFlag_isReadFromTheBody() {
    QFETCH(QByteArray, body);
    QFETCH(int, flag);
    const std::optional<bool> read = streamFlag(body);
    QCOMPARE(read ? int(*read) : -1, flag);
}

void TestBuildRequest::streamFlag_isWrittenWithoutTouchingTheRest() {
    const Result<QByteArray> changed = withStreamFlag("{ \"n\" : 1.0,\n \"stream\" : false , \"n\":2}", true);
    QVERIFY(changed.has_value());
    QCOMPARE(*changed, QByteArray("{ \"n\" : 1.0,\n \"stream\" : true , \"n\":2}"));
    QCOMPARE(withStreamFlag("[]", true).error().code, QStringLiteral("json_not_object"));
}

QTEST_GUILESS_MAIN(TestBuildRequest)
#include "tst_build_request.moc"
