// SPDX-License-Identifier: MIT
#include "core/request/mend_request.h"
#include "core/request/sent_request.h"

#include <QTest>

using namespace lavascope;

namespace {

const QByteArray anthropic =
    "https://api.lava.so/v1/forward?u=https%3A%2F%2Fapi.anthropic.com%2Fv1%2Fmessages";
const QByteArray gemini =
    "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent";
const QByteArray goodBody =
    R"({"model":"claude-sonnet-4-5","max_tokens":16,"messages":[{"role":"user","content":"Hi"}]})";
const Headers version = {{"anthropic-version", "2023-06-01"}};

QStringList codesOf(const std::vector<Finding>& findings) {
    QStringList codes;
    for (const Finding& finding : findings)
        codes += finding.code;
    return codes;
}

RequestDraft draftWith(const QByteArray& url, const Headers& headers, const QByteArray& body) {
    RequestDraft draft;
    draft.providerUrl = url;
    draft.headers = headers;
    draft.body = body;
    return draft;
}

} // namespace

class LintSentTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sentRequest_isRemarkedOn_data() {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("code"); // of the first remark; empty: there is none

        const auto row = [](const char* name, const QByteArray& url, const QByteArray& body,
                            const char* code) {
            QTest::newRow(name) << QByteArray("POST") << url << body << QString::fromLatin1(code);
        };
        row("nothing wrong", anthropic, goodBody, "");
        row("broken JSON", anthropic, "{\"model\":", "json_invalid");
        row("no body", anthropic, {}, "body_missing");
        row("system among the messages", anthropic,
            R"({"model":"claude-x","max_tokens":1,"messages":[{"role":"system","content":"a"}]})",
            "anthropic_system_role");
        row("another provider's model", anthropic,
            R"({"model":"gpt-4o","max_tokens":1,"messages":[{"role":"user","content":"a"}]})",
            "model_of_another_provider");
        row("no endpoint", "https://api.lava.so/v1/forward?u=https%3A%2F%2Fapi.anthropic.com%2Fv1", goodBody,
            "url_without_endpoint");
        row("u lost what followed &", "https://api.lava.so/v1/forward?u=https://a.example/b?c=d&e=f",
            goodBody, "target_parameter_lost");
        row("the same format elsewhere",
            "https://api.lava.so/v1/forward?u=https%3A%2F%2Fapi.deepseek.com%2Fanthropic%2Fv1%2Fmessages",
            R"({"model":"deepseek-chat","messages":[{"role":"system","content":"a"}]})", "");
        row("another thing called messages",
            "https://api.lava.so/v1/forward?u=https%3A%2F%2Fapi.openai.com%2Fv1%2Fthreads%2Ft%2Fmessages",
            R"({"model":"gpt-4o","role":"user","content":"a"})", "");
        row("what the gateway translates",
            "https://api.lava.so/v1/rewrite/openai/https://api.anthropic.com/v1/messages",
            R"({"model":"claude-x","messages":[{"role":"system","content":"a"}]})", "");
        row("called without a gateway", "https://api.anthropic.com/v1/messages", goodBody, "");
        QTest::newRow("a list is asked for")
            << QByteArray("GET") << QByteArray("https://api.lava.so/v1/meters?limit=9") << QByteArray()
            << QString();
        QTest::newRow("only the URL is known")
            << QByteArray()
            << QByteArray("https://api.lava.so/v1/forward?u=https%3A%2F%2Fapi.openai.com%2Fv1%2Fmodels")
            << QByteArray() << QString();
        QTest::newRow("nothing is known") << QByteArray() << QByteArray() << QByteArray() << QString();
    }
    void sentRequest_isRemarkedOn() {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, url);
        QFETCH(QByteArray, body);
        QFETCH(QString, code);

        const QStringList codes = codesOf(lintSent({method, url, version, body}));

        QCOMPARE(codes.value(0), code);
        if (code.isEmpty())
            QCOMPARE(codes, QStringList());
    }

    void whatWeAddOurselves_isNotRemarkedOn() {
        Headers headers = version;
        headers.append("Authorization", "no credential at all");
        headers.append("Accept-Encoding", "gzip");
        headers.append("User-Agent", "x");
        QCOMPARE(codesOf(lintSent({"POST", anthropic, headers, goodBody})), QStringList());
    }

    void errorsComeBeforeWarnings() {
        Headers headers = {{"Host", "b.example"}};
        const std::vector<Finding> remarks = lintSent({"POST", anthropic, headers, goodBody});
        QCOMPARE(codesOf(remarks),
                 (QStringList{QStringLiteral("anthropic_version_missing"), QStringLiteral("host_header")}));
    }

    void hugeBody_isLeftAlone() {
        const QByteArray body = '"' + QByteArray(9 * 1024 * 1024, 'x');
        QCOMPARE(codesOf(lintSent({"POST", anthropic, version, body})), QStringList());
    }

    void remark_isMended_data() {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after"); // empty: it is the user's to mend

        const auto row = [](const char* name, const char* code, const QByteArray& before,
                            const QByteArray& after) {
            QTest::newRow(name) << QString::fromLatin1(code) << before << after;
        };
        row("limit", "anthropic_max_tokens_missing", R"({"a": 1e5})", R"({"max_tokens": 1024, "a": 1e5})");
        row("limit that is there", "anthropic_max_tokens_missing", R"({"max_tokens":1})", {});
        row("limit into what is no JSON", "anthropic_max_tokens_missing", "{", {});
        row("system first", "anthropic_system_role",
            R"({"messages": [{"role":"system","content":"a\n"}, {"role":"user","content":"b"}], "x": 1.0})",
            R"({"system": "a\n", "messages": [{"role":"user","content":"b"}], "x": 1.0})");
        row("system in the middle", "anthropic_system_role",
            R"({"messages":[{"content":"a"},{"role":"system","content":["b"]},{"content":"c"}]})",
            R"({"system": ["b"], "messages":[{"content":"a"},{"content":"c"}]})");
        row("system last", "anthropic_system_role",
            R"({"messages":[{"content":"a"},{"content":"b"} , {"role":"system","content":"c"}]})",
            R"({"system": "c", "messages":[{"content":"a"},{"content":"b"}]})");
        row("two systems", "anthropic_system_role",
            R"({"messages":[{"role":"system","content":"a"},{"role":"system","content":"b"},{}]})", {});
        row("system alone", "anthropic_system_role", R"({"messages":[{"role":"system","content":"a"}]})", {});
        row("system twice over", "anthropic_system_role",
            R"({"system":"x","messages":[{"role":"system","content":"a"},{}]})", {});
        row("system with more to it", "anthropic_system_role",
            R"({"messages":[{"role":"system","content":"a","cache_control":{}},{}]})", {});
        row("system of nothing", "anthropic_system_role",
            R"({"messages":[{"role":"system","content":null},{}]})", {});
        row("quoted truth", "stream_not_bool", R"({"stream": "true"})", R"({"stream": true})");
        row("number for false", "stream_not_bool", R"({"stream":0})", R"({"stream":false})");
        row("no truth at all", "stream_not_bool", R"({"stream":"yes"})", {});
        row("not known", "json_invalid", "{", {});
    }
    void remark_isMended() {
        QFETCH(QString, code);
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);

        const std::optional<RequestDraft> changed =
            mended(draftWith("https://a.example/v1/messages", {}, before), code);

        QCOMPARE(changed ? changed->body : QByteArray(), after);
        if (changed)
            QVERIFY(canBeMended(code));
    }

    void streamOfGemini_movesIntoTheUrl() {
        const auto on = mended(draftWith(gemini, {}, R"({"stream":true,"contents":[]})"),
                               QStringLiteral("stream_by_url"));
        QVERIFY(on);
        QVERIFY(on->providerUrl.endsWith("gemini-2.5-flash:streamGenerateContent?alt=sse"));
        QCOMPARE(on->body, QByteArray(R"({"contents":[]})"));
        const auto withKey = mended(draftWith(gemini + "?key=k", {}, R"({"stream":true,"contents":[]})"),
                                    QStringLiteral("stream_by_url"));
        QVERIFY(withKey);
        QVERIFY(withKey->providerUrl.endsWith(":streamGenerateContent?key=k&alt=sse"));
        QVERIFY(!mended(draftWith(gemini + "?alt=json", {}, R"({"stream":true,"contents":[]})"),
                        QStringLiteral("stream_by_url")));
        const auto off = mended(draftWith(gemini, {}, R"({"stream":false,"contents":[]})"),
                                QStringLiteral("stream_by_url"));
        QVERIFY(off);
        QCOMPARE(off->providerUrl, gemini);
    }

    void header_isAddedOrTakenAway() {
        const auto added =
            mended(draftWith("https://a.example", {}, {}), QStringLiteral("anthropic_version_missing"));
        QCOMPARE(added->headers, version);
        QVERIFY(!mended(draftWith("https://a.example", version, {}),
                        QStringLiteral("anthropic_version_missing")));
        Headers headers = version;
        headers.append("origin", "https://shop.example");
        const auto removed =
            mended(draftWith("https://a.example", headers, {}), QStringLiteral("origin_header"));
        QCOMPARE(removed->headers, version);
        QVERIFY(!mended(*removed, QStringLiteral("origin_header")));
    }

    // What is mended is not remarked on any more, and nothing new is.
    void mendedRequest_hasThatRemarkNoLonger() {
        const QByteArray url = "https://api.anthropic.com/v1/messages";
        RequestDraft draft = draftWith(
            url, {{"Origin", "https://shop.example"}},
            R"({"model":"claude-x","messages":[{"role":"system","content":"a"},{"role":"user","content":"b"}],"stream":"true"})");
        for (;;) {
            const std::vector<Finding> remarks = lintSent({"POST", url, draft.headers, draft.body});
            if (remarks.empty())
                break;
            const std::optional<RequestDraft> next = mended(draft, remarks.front().code);
            QVERIFY2(next, qPrintable(remarks.front().code));
            QVERIFY(codesOf(lintSent({"POST", url, next->headers, next->body})).size() <
                    qsizetype(remarks.size()));
            draft = *next;
        }
        QCOMPARE(draft.headers, version);
    }
};

QTEST_APPLESS_MAIN(LintSentTest)
#include "tst_lint_sent.moc"
