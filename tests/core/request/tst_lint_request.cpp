// SPDX-License-Identifier: MIT
#include "core/request/request_draft.h"

#include <QTest>

#include <algorithm>
#include <functional>

using namespace lavascope;

class TestLintRequest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goodDraft_hasNoRemark_data();
    void goodDraft_hasNoRemark();
    void oddDraft_isRemarkedOn_data();
    void oddDraft_isRemarkedOn();
    void jsonFault_hasLineColumnAndOffset();
    void remarks_pointIntoTheBody();
    void remarks_holdNoSecret();
    void manySystemMessages_areReadOnce();
};

namespace {

using Change = std::function<void(RequestDraft&)>;

RequestDraft chat() {
    RequestDraft draft;
    draft.gateway = "https://api.lava.so";
    draft.providerUrl = "https://api.openai.com/v1/chat/completions";
    draft.body = R"({"model":"gpt-4o-mini","messages":[{"role":"user","content":"hi"}],"stream":true})";
    draft.token = {.secretKey = Secret("aks_live_0123456789")};
    return draft;
}

RequestDraft anthropic() {
    RequestDraft draft = chat();
    draft.providerUrl = "https://api.anthropic.com/v1/messages";
    draft.headers = {{"anthropic-version", "2023-06-01"}};
    draft.body = R"({"model":"claude-x","max_tokens":9,"messages":[{"role":"user","content":"hi"}]})";
    return draft;
}

RequestDraft gemini() {
    RequestDraft draft = chat();
    draft.providerUrl =
        "https://generativelanguage.googleapis.com/v1beta/models/gemini-x:streamGenerateContent?alt=sse";
    draft.body = R"({"contents":[{"role":"user","parts":[{"text":"hi"}]}]})";
    return draft;
}

RequestDraft models() {
    RequestDraft draft = chat();
    draft.method = "GET";
    draft.providerUrl = "https://api.openai.com/v1/models";
    draft.body.clear();
    return draft;
}

QStringList codesOf(const RequestDraft& draft) {
    QStringList codes;
    for (const Finding& finding : lintRequest(draft))
        codes.append(finding.code);
    return codes;
}

} // namespace

void TestLintRequest::goodDraft_hasNoRemark_data() {
    QTest::addColumn<RequestDraft>("draft");
    QTest::newRow("chat") << chat();
    QTest::newRow("messages") << anthropic();
    QTest::newRow("generateContent") << gemini();
    QTest::newRow("models") << models();
    RequestDraft bare = chat();
    bare.credential = Secret("aks_live_0123456789");
    QTest::newRow("bare key") << bare;
    RequestDraft own = chat();
    own.token = {};
    own.headers = {{"x-api-key", "aks_live_0123456789"}};
    QTest::newRow("credential in a header") << own;
    RequestDraft speech = chat();
    speech.providerUrl = "https://api.elevenlabs.io/v1/text-to-speech/voice";
    speech.body = R"({"text":"hi","model_id":"m"})";
    QTest::newRow("speech") << speech;
    RequestDraft form = chat();
    form.providerUrl = "https://api.openai.com/v1/audio/transcriptions";
    form.headers = {{"Content-Type", "multipart/form-data; boundary=x"}};
    form.body = "--x\r\n";
    QTest::newRow("form") << form;
    RequestDraft metadata = chat();
    metadata.headers = {{"x-lava-metadata", R"({"feature_1":"chat"})"}};
    QTest::newRow("metadata") << metadata;
    RequestDraft otherHost = chat();
    otherHost.providerUrl = "https://api.together.xyz/v1/chat/completions";
    otherHost.body.replace("gpt-4o-mini", "gpt-oss-120b");
    QTest::newRow("open model elsewhere") << otherHost;
}

void TestLintRequest::goodDraft_hasNoRemark() {
    QFETCH(RequestDraft, draft);
    QCOMPARE(codesOf(draft), QStringList());
}

void TestLintRequest::oddDraft_isRemarkedOn_data() {
    QTest::addColumn<RequestDraft>("draft");
    QTest::addColumn<QString>("codes");
    const auto row = [](const char* name, RequestDraft draft, const Change& change, const char* codes) {
        change(draft);
        QTest::newRow(name) << draft << QString::fromLatin1(codes);
    };
    const auto body = [](const char* text) { return [text](RequestDraft& d) { d.body = text; }; };
    const auto header = [](const char* name, const char* value) {
        return [name, value](RequestDraft& d) { d.headers.append(name, value); };
    };
    const auto gateway = [](const char* origin, const char* key) {
        return [origin, key](RequestDraft& d) {
            d.gateway = origin;
            d.token.secretKey = Secret(key);
        };
    };

    // body
    row("broken JSON", chat(), body("{\"model\":"), "json_invalid");
    row("duplicate member", chat(), body(R"({"model":"gpt-a","messages":[],"model":"gpt-b"})"),
        "json_duplicate_member");
    row("list", chat(), body("[]"), "body_not_object");
    row("empty body", chat(), body(" \n"), "body_missing");
    row("body on GET", models(), body(R"({"a":1})"), "body_on_get");
    row("no model", chat(), body(R"({"messages":[]})"), "model_missing");
    row("empty model", chat(), body(R"({"model":"","messages":[]})"), "model_empty");
    row("model is a number", chat(), body(R"({"model":4,"messages":[]})"), "model_empty");
    row("Claude at OpenAI", chat(), body(R"({"model":"claude-x","messages":[]})"),
        "model_of_another_provider");
    row("GPT at Anthropic", anthropic(), body(R"({"model":"gpt-x","max_tokens":1,"messages":[]})"),
        "model_of_another_provider");
    row("Gemini at OpenAI", chat(), body(R"({"model":"gemini-x","messages":[]})"),
        "model_of_another_provider");
    row("Gemini's body at OpenAI", chat(), body(R"({"model":"gpt-x","contents":[]})"),
        "body_of_another_format");
    row("OpenAI's body at Gemini", gemini(), body(R"({"messages":[]})"), "body_of_another_format");
    row(
        "chat body at responses", chat(),
        [](RequestDraft& d) { d.providerUrl = "https://api.openai.com/v1/responses"; },
        "body_of_another_format");
    row("nothing asked", chat(), body(R"({"model":"gpt-x"})"), "body_incomplete");
    row("system role at Anthropic", anthropic(),
        body(R"({"model":"claude-x","max_tokens":1,"messages":[{"role":"system","content":"x"}]})"),
        "anthropic_system_role");
    row("no max_tokens at Anthropic", anthropic(), body(R"({"model":"claude-x","messages":[]})"),
        "anthropic_max_tokens_missing");
    row(
        "no anthropic-version", anthropic(), [](RequestDraft& d) { d.headers = {}; },
        "anthropic_version_missing");
    row("stream as text", chat(), body(R"({"model":"gpt-x","messages":[],"stream":"true"})"),
        "stream_not_bool");
    row("stream in Gemini's body", gemini(), body(R"({"contents":[],"stream":true})"), "stream_by_url");
    row(
        "Gemini's stream without alt=sse", gemini(), [](RequestDraft& d) { d.providerUrl.chop(8); },
        "stream_without_sse");
    row("JSON as plain text", chat(), header("Content-Type", "text/plain"), "content_type_not_json");

    // headers
    row("Origin", chat(), header("Origin", "https://x.io"), "origin_header");
    row("Host", chat(), header("Host", "x.io"), "host_header");
    row("gzip", chat(), header("Accept-Encoding", "gzip"), "compressed_answer");
    row(
        "same header twice", chat(),
        [](RequestDraft& d) {
            d.headers = {{"X-A", "1"}, {"x-a", "2"}};
        },
        "header_repeated");
    row("reserved header", chat(), header("Content-Length", "1"), "header_reserved");
    row("line end in header", chat(), header("X-A", "a\r\nb"), "header_value_invalid");
    row("metadata is no object", chat(), header("x-lava-metadata", "feature=chat"), "metadata_invalid");
    row("metadata key", chat(), header("x-lava-metadata", R"({"a-b":"c"})"), "metadata_invalid");
    row("metadata value", chat(), header("X-Lava-Metadata", R"({"a":1})"), "metadata_invalid");
    row("metadata empty value", chat(), header("X-Lava-Metadata", R"({"a":""})"), "metadata_invalid");

    // credential
    row(
        "no key", chat(), [](RequestDraft& d) { d.token = {}; }, "secret_key_missing");
    row(
        "customer without meter", chat(),
        [](RequestDraft& d) { d.token.customerId = QStringLiteral("con_a"); }, "customer_without_meter");
    row(
        "spend key as secret key", chat(), [](RequestDraft& d) { d.token.secretKey = Secret("lava_sk_x"); },
        "secret_key_wrong_kind");
    row(
        "provider key as credential", chat(), [](RequestDraft& d) { d.credential = Secret("sk-ant-x"); },
        "provider_key");
    row(
        "credential with Bearer", chat(),
        [](RequestDraft& d) { d.credential = Secret("Bearer aks_live_0123456789"); }, "credential_not_plain");
    row("provider key beside the token", anthropic(), header("x-api-key", "sk-ant-x"),
        "provider_key_outside credential_header");
    row(
        "two credentials", chat(),
        [](RequestDraft& d) {
            d.token = {};
            d.headers = {{"Authorization", "Bearer aks_live_0123456789"},
                         {"x-api-key", "aks_live_0123456789"}};
        },
        "several_credentials");
    row(
        "Bearer missing", chat(),
        [](RequestDraft& d) {
            d.token = {};
            d.headers = {{"authorization", "aks_live_0123456789"}};
        },
        "bearer_missing");
    row("live key on this computer", chat(), gateway("http://127.0.0.1:9000", "aks_live_0123456789"),
        "live_key_to_loopback");
    row("live key to the sandbox", chat(),
        gateway("https://sandbox-api.lavapayments.com", "aks_live_0123456789"), "live_key_to_sandbox");
    row("test key to the live gateway", chat(), gateway("https://api.lava.so", "aks_test_0123456789"),
        "test_key_to_live");
    row("test key to the older live gateway", chat(),
        gateway("https://api.lavapayments.com", "aks_test_0123456789"), "test_key_to_live");
    row(
        "test key as ready credential", chat(),
        [](RequestDraft& d) { d.credential = Secret("aks_test_0123456789"); }, "test_key_to_live");

    // addresses
    row(
        "gateway over http", chat(), [](RequestDraft& d) { d.gateway = "http://api.lava.so"; },
        "gateway_not_https");
    row(
        "target over http", chat(), [](RequestDraft& d) { d.providerUrl = "http://x.io/a"; }, "url_scheme");
    row(
        "proxy in proxy", models(),
        [](RequestDraft& d) { d.providerUrl = "https://api.lava.so/v1/forward?u=x"; }, "proxy_in_proxy");
    row(
        "base URL only", models(), [](RequestDraft& d) { d.providerUrl = "https://api.openai.com/v1"; },
        "url_without_endpoint");
    row(
        "placeholder left", models(), [](RequestDraft& d) { d.providerUrl = "https://x.io/{model}"; },
        "placeholder_in_target");
    row(
        "method", models(), [](RequestDraft& d) { d.method = "get"; }, "method_invalid");
}

void TestLintRequest::oddDraft_isRemarkedOn() {
    QFETCH(RequestDraft, draft);
    QFETCH(QString, codes);
    QCOMPARE(codesOf(draft).join(QLatin1Char(' ')), codes);
}

void TestLintRequest::jsonFault_hasLineColumnAndOffset() {
    RequestDraft draft = chat();
    draft.body = "{\n  \"model\" \"x\"\n}";
    const std::vector<Finding> findings = lintRequest(draft);
    QCOMPARE(findings.size(), size_t(1));
    QVERIFY2(findings.front().message.contains(QStringLiteral("line 2, column 11")),
             qPrintable(findings.front().message));
    QCOMPARE(findings.front().range->begin, 12);
}

void TestLintRequest::remarks_pointIntoTheBody() {
    RequestDraft draft = chat();
    draft.body = R"({"messages":[], "model": "claude-x"})";
    const std::vector<Finding> findings = lintRequest(draft);
    QCOMPARE(findings.size(), size_t(1));
    const ByteRange range = *findings.front().range;
    QCOMPARE(draft.body.sliced(range.begin, range.end - range.begin), QByteArray("\"claude-x\""));
}

void TestLintRequest::remarks_holdNoSecret() {
    RequestDraft draft = chat();
    draft.token.secretKey = Secret("sk-CANARYCANARYCANARY");
    draft.token.customerId = QStringLiteral("aks_live_CANARYCANARYCANARY");
    draft.headers = {{"x-api-key", "sk-ant-CANARYCANARYCANARY"}, {"Authorization", "CANARYCANARY"}};
    draft.providerUrl = "https://CANARY@x.io/?key=CANARYCANARY";
    draft.body = R"({"model":"sk-ant-CANARYCANARYCANARY","model":1})";
    QString shown;
    for (const Finding& finding : lintRequest(draft))
        shown += finding.message + finding.fix;
    QVERIFY2(!shown.contains(QStringLiteral("CANARY")), qPrintable(shown));
}

void TestLintRequest::manySystemMessages_areReadOnce() {
    RequestDraft draft = anthropic();
    QByteArray messages = R"({"role":"user","content":"x"})";
    for (int i = 0; i < 100'000; ++i)
        messages += R"(,{"role":"user","content":"x"})";
    draft.body = R"({"model":"claude-x","max_tokens":9,"messages":[)" + messages + "]}";
    QCOMPARE(codesOf(draft), QStringList());
}

QTEST_GUILESS_MAIN(TestLintRequest)
#include "tst_lint_request.moc"
