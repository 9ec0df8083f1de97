// SPDX-License-Identifier: MIT
// What may stand on a command line and how it is understood; what a terminal gets to see.
#include "cli/run_in_process.h"
#include "core/json/document.h"
#include "core/request/forward_url.h"
#include "core/token/inspect_token.h"

#include <QTemporaryDir>
#include <QTest>

using namespace lavascope;

namespace {

const QByteArray canary = "aks_test_CANARYcanaryCANARY0000";
const QByteArray providerCanary = "sk-proj-CANARYcanaryCANARY0000";

QByteArray decoded(const CliOutcome& outcome) {
    return QByteArray::fromBase64(outcome.out.trimmed());
}

QStringList withText(const char* line, const QString& last) {
    return words(line) + QStringList(last);
}

} // namespace

class TestCommandWords : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        qputenv("TEST_SECRET_KEY", canary);
        qputenv("TEST_PROVIDER_KEY", providerCanary + "\r\n");
        qputenv("TEST_EMPTY", "");
    }

    void secretKeyOnTheCommandLine_isRefusedUnseen_data() {
        QTest::addColumn<QStringList>("arguments");
        const QString key = QString::fromLatin1(canary);
        QTest::newRow("to inspect") << withText("token inspect", key);
        QTest::newRow("to inspect, as a header")
            << withText("token inspect", QStringLiteral("Bearer ") + key);
        QTest::newRow("to build") << withText("token build --secret-key", key);
        QTest::newRow("to build, with =") << withText("token build", QStringLiteral("--secret-key=") + key);
        QTest::newRow("as provider key")
            << withText("token build --secret-key env:TEST_SECRET_KEY --provider-key",
                        QString::fromLatin1(providerCanary));
        QTest::newRow("as token") << withText("send --sandbox --token", QString::fromLatin1(providerCanary));
        QTest::newRow("in a header") << withText("send --sandbox --header",
                                                 QStringLiteral("x-api-key: ") + key);
        QTest::newRow("in a URL") << withText("url inspect",
                                              QStringLiteral("https://h/v1/forward?key=") + key);
        QTest::newRow("in an unknown option") << withText("send", QStringLiteral("--key=") + key);
        QTest::newRow("provider key, unknown option")
            << withText("send", QStringLiteral("--key=") + QString::fromLatin1(providerCanary));
        QTest::newRow("provider key, a word too many")
            << withText("providers openai", QString::fromLatin1(providerCanary));
        QTest::newRow("as a command") << QStringList(key);
    }
    void secretKeyOnTheCommandLine_isRefusedUnseen() {
        QFETCH(QStringList, arguments);
        const CliOutcome outcome = run(arguments);
        QCOMPARE(outcome.code, 2);
        QVERIFY(outcome.out.isEmpty());
        QVERIFY(!outcome.err.isEmpty());
        QVERIFY2(!outcome.err.contains("CANARY"), outcome.err);
    }

    void tokenOnTheCommandLine_isInspectedWithANote() {
        const QByteArray token = run(words("token build --secret-key env:TEST_SECRET_KEY")).out.trimmed();
        const CliOutcome outcome = run(withText("token inspect", QString::fromLatin1(token)));
        QCOMPARE(outcome.code, 0);
        QVERIFY(outcome.err.contains("can be seen"));
        QVERIFY(!outcome.out.contains("CANARY"));
    }
    void credentialHeader_isSentWithANote() {
        const CliOutcome outcome =
            run(withText("send --sandbox --no-stream --header", QStringLiteral("x-goog-api-key: something")));
        QVERIFY(outcome.err.contains("can be seen"));
        QVERIFY(!outcome.err.contains("something"));
    }

    void optionValue_arrivesAsTyped_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("customer");
        const auto row = [](const char* name, const QStringList& typed, const QString& customer) {
            QTest::newRow(name) << typed << customer;
        };
        row("next word", words("--customer-id conn_1"), QStringLiteral("conn_1"));
        row("equals", words("--customer-id=conn_1"), QStringLiteral("conn_1"));
        row("empty after equals", words("--customer-id="), QString());
        row("empty word", {QStringLiteral("--customer-id"), QString()}, QString());
        row("beginning with a dash", words("--customer-id --x"), QStringLiteral("--x"));
        row("dash after equals", words("--customer-id=--header"), QStringLiteral("--header"));
        row("equals in the value", words("--customer-id=a=b="), QStringLiteral("a=b="));
        row("ending in equals, as next word", words("--customer-id --x="), QStringLiteral("--x="));
        row("brackets and commas", words("--customer-id=[a,b]"), QStringLiteral("[a,b]"));
        row("a lonely dash", words("--customer-id -"), QStringLiteral("-"));
        row("two dashes", words("--customer-id=--"), QStringLiteral("--"));
        row("blanks", {QStringLiteral("--customer-id"), QStringLiteral(" a b ")}, QStringLiteral(" a b "));
        row("quotes", {QStringLiteral("--customer-id=\"a\"")}, QStringLiteral("\"a\""));
        row("not ASCII", {QStringLiteral("--customer-id=kunde-é-\U0001F600")},
            QStringLiteral("kunde-é-\U0001F600"));
        row("a command's name", words("--customer-id=send"), QStringLiteral("send"));
        row("slash", words("--customer-id /help"), QStringLiteral("/help"));
        row("byte order mark", {QStringLiteral("--customer-id=\uFEFFbom")}, QStringLiteral("\uFEFFbom"));
        row("byte order mark, next word", {QStringLiteral("--customer-id"), QStringLiteral("\uFEFF\uFEFFb")},
            QStringLiteral("\uFEFF\uFEFFb"));
    }
    void optionValue_arrivesAsTyped() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, customer);
        const CliOutcome outcome =
            run(words("token build --secret-key env:TEST_SECRET_KEY") + arguments + words("--meter-slug=m"));
        QVERIFY2(outcome.code == 0, outcome.err);
        const TokenReport report = inspectToken(outcome.out);
        QVERIFY(report.parsed);
        QVERIFY(report.parsed->customerId.hasValue());
        QCOMPARE(report.parsed->customerId.value(), customer);
        QCOMPARE(report.parsed->meterSlug.value(), QStringLiteral("m"));
    }

    void disableBilling_hasThreeStates_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("end");
        QTest::newRow("absent") << QStringList() << QByteArray("0000\"}");
        QTest::newRow("alone") << words("--disable-billing") << QByteArray("\"disable_billing\":true}");
        QTest::newRow("true") << words("--disable-billing=true") << QByteArray("\"disable_billing\":true}");
        QTest::newRow("false") << words("--disable-billing=false")
                               << QByteArray("\"disable_billing\":false}");
    }
    void disableBilling_hasThreeStates() {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, end);
        const CliOutcome outcome = run(words("token build --secret-key env:TEST_SECRET_KEY") + arguments);
        QVERIFY2(decoded(outcome).endsWith(end), decoded(outcome));
    }

    void contradiction_isWrongUsage_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("null and value")
            << words("token build --secret-key env:TEST_SECRET_KEY --customer-id=x --null customer_id");
        QTest::newRow("null of nothing")
            << words("token build --secret-key env:TEST_SECRET_KEY --null colour");
        QTest::newRow("billing maybe")
            << words("token build --secret-key env:TEST_SECRET_KEY --disable-billing=maybe");
        QTest::newRow("billing empty")
            << words("token build --secret-key env:TEST_SECRET_KEY --disable-billing=");
        QTest::newRow("input twice") << words("token build --secret-key - --provider-key -");
        QTest::newRow("key twice") << words(
            "token build --secret-key env:TEST_SECRET_KEY --secret-key env:TEST_SECRET_KEY");
        QTest::newRow("no key") << words("token build");
        QTest::newRow("two outputs") << words("send --sandbox --json --raw");
        QTest::newRow("gateway and sandbox") << words("send --sandbox --gateway https://api.lava.so");
        QTest::newRow("prompt and body") << words("send --sandbox --prompt a --body -");
        QTest::newRow("token and fields")
            << words("send --sandbox --token env:TEST_SECRET_KEY --customer-id=x");
        QTest::newRow("fault without sandbox") << words("send --secret-key env:TEST_SECRET_KEY --fault 503");
        QTest::newRow("plain http to elsewhere")
            << words("send --secret-key env:TEST_SECRET_KEY --gateway http://example.com");
        QTest::newRow("unknown provider") << words("send --sandbox --provider nobody");
        QTest::newRow("reserved header")
            << withText("send --sandbox --header", QStringLiteral("Content-Length: 3"));
        QTest::newRow("unknown dialect") << words("replay --dialect klingon");
        QTest::newRow("status no number") << words("explain --status many");
        QTest::newRow("status missing") << words("explain");
        QTest::newRow("unknown error") << words("explain --error sulk");
        QTest::newRow("no error") << words("explain --error finished");
        QTest::newRow("port too high") << words("sandbox --port 65536");
        QTest::newRow("unknown upstream") << words("sandbox --upstream moon");
        QTest::newRow("unknown fault") << words("sandbox --fault sulk");
        QTest::newRow("group alone") << words("token");
        QTest::newRow("unknown in group") << words("url fly");
    }
    void contradiction_isWrongUsage() {
        QFETCH(QStringList, arguments);
        const CliOutcome outcome = run(arguments, "data: x\n\n");
        QVERIFY2(outcome.code == 2, outcome.err + QByteArray::number(outcome.code));
        QVERIFY(outcome.out.isEmpty());
        QVERIFY(!outcome.err.isEmpty());
    }

    void keyTypedInTheWrongPlace_isNotRepeated_data() {
        QTest::addColumn<QStringList>("arguments");
        const QString key = QStringLiteral("sk-ant-CANARYtyped12345678");
        const QString strange = QStringLiteral("0123456789abcdefCANARY0123456789");
        const char* build = "token build --secret-key env:TEST_SECRET_KEY";
        for (const QString& typed : {key, strange}) {
            const char* kind = typed == key ? "known" : "unknown";
            QTest::addRow("form, %s kind", kind) << withText(build, QStringLiteral("--as=") + typed);
            QTest::addRow("form, next word, %s kind", kind)
                << words(build) + QStringList{QStringLiteral("--as"), typed};
            QTest::addRow("flag, %s kind", kind)
                << withText(build, QStringLiteral("--disable-billing=") + typed);
            QTest::addRow("field, %s kind", kind)
                << words(build) + QStringList{QStringLiteral("--null"), typed};
            QTest::addRow("option, %s kind", kind) << withText("token inspect", QStringLiteral("--") + typed);
            QTest::addRow("option with value, %s kind", kind)
                << withText("send", QStringLiteral("--") + typed + QStringLiteral("=1"));
            QTest::addRow("number, %s kind", kind) << withText("explain --status", typed);
            QTest::addRow("source, %s kind", kind) << withText("token build --secret-key", typed);
            QTest::addRow("one word too few, %s kind", kind) << withText("token compare", typed);
            QTest::addRow("command, %s kind", kind) << withText("token", typed);
        }
        for (const char* source : {"env:", "file:", "keychain:"})
            QTest::newRow(source) << withText("token inspect", QLatin1String(source) + key);
        QTest::newRow("name of a key") << withText("key remove", key);
        QTest::newRow("name of a new key") << withText("key add --secret-key env:TEST_SECRET_KEY", key);
    }
    void keyTypedInTheWrongPlace_isNotRepeated() {
        QFETCH(QStringList, arguments);
        const CliOutcome outcome = run(arguments);
        QVERIFY(outcome.code != 0);
        QVERIFY(!outcome.err.isEmpty());
        QVERIFY2(!(outcome.err + outcome.out).contains("CANARY"), outcome.err + outcome.out);
    }
    void mistypedWord_isRepeated() {
        QVERIFY(run(words("token inspect --jsno")).err.contains("--jsno"));
        QVERIFY(run(words("token build --secret-key env:TEST_SECRET_KEY --as heder")).err.contains("heder"));
        QVERIFY(run(words("token inspect env:THERE_IS_NO_SUCH_NAME")).err.contains("THERE_IS_NO_SUCH_NAME"));
    }

    void localTrouble_isSaidAsSuch_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("empty variable") << words("send --sandbox --token env:THERE_IS_NO_SUCH_NAME");
        QTest::newRow("no file") << words("explain --status 400 --body file:/there/is/none");
        QTest::newRow("a folder") << words("replay file:/");
        QTest::newRow("key store") << words("token inspect keychain:mine");
        QTest::newRow("no configuration") << words("sandbox --config /there/is/none");
        QTest::newRow("record nowhere")
            << words("send --sandbox --no-stream --record /there/is/none/call.jsonl");
    }
    void localTrouble_isSaidAsSuch() {
        QFETCH(QStringList, arguments);
        const CliOutcome outcome = run(arguments);
        QVERIFY2(outcome.code == 3, outcome.err + QByteArray::number(outcome.code));
        QVERIFY(!outcome.err.isEmpty());
    }

    void lineBreakBehindASecret_isDropped() {
        const CliOutcome fromInput = run(words("token build --secret-key -"), canary + "\n");
        QCOMPARE(decoded(fromInput), "{\"secret_key\":\"" + canary + "\"}");
        const CliOutcome fromVariable =
            run(words("token build --secret-key env:TEST_SECRET_KEY --provider-key env:TEST_PROVIDER_KEY"));
        QVERIFY(decoded(fromVariable).endsWith("\"provider_key\":\"" + providerCanary + "\"}"));
    }

    void helpOfEveryVerb_isOnStdoutAndHasAnExample_data() {
        QTest::addColumn<QStringList>("verb");
        for (const char* verb :
             {"token inspect", "token build", "token compare", "key list", "key add", "key remove",
              "url build", "url inspect", "providers", "send", "replay", "explain", "sandbox"})
            QTest::newRow(verb) << words(verb);
    }
    void helpOfEveryVerb_isOnStdoutAndHasAnExample() {
        QFETCH(QStringList, verb);
        const CliOutcome outcome = run(verb + words("--help"));
        QCOMPARE(outcome.code, 0);
        QVERIFY(outcome.err.isEmpty());
        QVERIFY(outcome.out.contains("Exit codes: 0"));
        QVERIFY(outcome.out.contains("  lavascope-cli " + verb.join(QLatin1Char(' ')).toUtf8()));
    }
    void version_isTheProgramsOwn() {
        const CliOutcome outcome = run(words("--version"));
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.out, QByteArray("lavascope-cli " LAVASCOPE_VERSION "\n"));
    }
    void whatIsBuilt_isOneJsonDocumentToo() {
        const CliOutcome token = run(words("token build --secret-key env:TEST_SECRET_KEY --json"));
        QCOMPARE(token.code, 0);
        json::Document document;
        QVERIFY(!document.scan(token.out));
        const CliOutcome plain = run(words("token build --secret-key env:TEST_SECRET_KEY"));
        QCOMPARE(document.root()["token"].toString().toUtf8(), plain.out.trimmed());
        QCOMPARE(document.root()["header"].toString().toUtf8(),
                 "Authorization: Bearer " + plain.out.trimmed());
        QCOMPARE(document.root()["payer"].toString(), QStringLiteral("merchant"));
        const CliOutcome url = run(words("url build https://api.openai.com/v1/models --json"));
        QVERIFY(!document.scan(url.out));
        QCOMPARE(
            document.root()["url"].toString(),
            QStringLiteral("https://api.lava.so/v1/forward?u=https%3A%2F%2Fapi.openai.com%2Fv1%2Fmodels"));
    }
    void exampleUrl_isBuiltAndTakenApart() {
        const CliOutcome built =
            run(words("url build https://api.openai.com/v1/models?a=b --gateway http://127.0.0.1:9000/v1"));
        QCOMPARE(
            built.out,
            QByteArray(
                "http://127.0.0.1:9000/v1/forward?u=https%3A%2F%2Fapi.openai.com%2Fv1%2Fmodels%3Fa%3Db\n"));
        const CliOutcome apart =
            run(withText("url inspect --json", QString::fromLatin1(built.out.trimmed())));
        QCOMPARE(apart.code, 0);
        json::Document document;
        QVERIFY(!document.scan(apart.out));
        QCOMPARE(document.root()["target"].toString(),
                 QStringLiteral("https://api.openai.com/v1/models?a=b"));
        QCOMPARE(document.root()["encoding"].toString(), QStringLiteral("once"));
    }

    void credentialInAnInspectedUrl_isMasked_data() {
        QTest::addColumn<QString>("url");
        const QString key = QStringLiteral("AIzaCANARYcanaryCANARYcanary00000000000");
        const QString target = QStringLiteral("https://generativelanguage.googleapis.com/v1beta/models?key=");
        QTest::newRow("in the target") << QStringLiteral("https://api.lava.so/v1/forward?u=") + target + key;
        QTest::newRow("in the encoded target")
            << QStringLiteral("https://api.lava.so/v1/forward?u=") +
                   QString::fromLatin1(encodeUriComponent((target + key).toUtf8()));
        QTest::newRow("in a provider URL") << target + key;
        QTest::newRow("beside u") << QStringLiteral("https://api.lava.so/v1/forward?u=") + target +
                                         QStringLiteral("a&other=") + key;
    }
    void credentialInAnInspectedUrl_isMasked() {
        QFETCH(QString, url);
        for (const char* line : {"url inspect", "url inspect --json"}) {
            const CliOutcome outcome = run(withText(line, url));
            QVERIFY2(!(outcome.out + outcome.err).contains("CANARY"), outcome.out + outcome.err);
            QVERIFY(outcome.out.contains("generativelanguage.googleapis.com"));
            QVERIFY2(outcome.err.contains("can be seen"), outcome.err);
        }
    }
    void inspectedUrlWithoutCredential_isShownAsItIs() {
        const CliOutcome outcome = run(words("url inspect https://api.lava.so/v1/forward?u=https%3A%2F%2F"
                                             "api.openai.com%2Fv1%2Fmodels%3Flimit%3D20"));
        QVERIFY(outcome.out.contains("https://api.openai.com/v1/models?limit=20"));
        QVERIFY(outcome.err.isEmpty());
    }

    void foreignControlCharacters_neverReachATerminal_data() {
        QTest::addColumn<QStringList>("arguments");
        // ESC, CSI as one character, a bidi override, and a tag character, as JSON carries them.
        QTest::newRow("text") << words("replay");
        QTest::newRow("events") << words("replay --events");
        QTest::newRow("json") << words("replay --json");
    }
    void foreignControlCharacters_neverReachATerminal() {
        QFETCH(QStringList, arguments);
        const QByteArray evil = "\\u001b]52;c;AAAA\\u0007 \\u009b2J \\u202e \\udb40\\udc41 \\u0000";
        const QByteArray stream =
            "data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,"
            "\"delta\":{\"content\":\"" +
            evil + "\xC2\x9B" +
            "\"},\"finish_reason\":\"stop\"}]}\n\n"
            "event: \x1b[31m\ndata: \x1b]0;x\x07\n\ndata: [DONE]\n\n";
        const CliOutcome outcome = run(arguments, stream, Screen::Terminal);
        const QString seen = QString::fromUtf8(outcome.out + outcome.err);
        for (const QChar unit : seen)
            QVERIFY2(unit == QLatin1Char('\n') || unit == QLatin1Char('\t') ||
                         (unit >= QLatin1Char(' ') && unit != QChar(0x7F) &&
                          !(unit >= QChar(0x80) && unit <= QChar(0x9F)) && unit != QChar(0x202E)),
                     qPrintable(QString::number(unit.unicode(), 16)));
        if (arguments.contains(QStringLiteral("--json"))) {
            json::Document document;
            QVERIFY(!document.scan(outcome.out));
            const QString text = document.root()["text"].toString();
            QVERIFY(text.contains(QChar(0x1B)) && text.contains(QChar(0x202E)) && text.contains(QChar(0x9B)));
        }
    }
    void bytesForAPipe_areNotChanged() {
        const QByteArray stream =
            "data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,"
            "\"delta\":{\"content\":\"\\u001b[1m\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
        QCOMPARE(run(words("replay"), stream).out, QByteArray("\x1b[1m\n"));
    }

    void replayedError_isExplained() {
        const QByteArray body =
            "{\"error\":{\"message\":\"Slow down\",\"type\":\"requests\",\"code\":\"rate_limit_exceeded\"}}";
        const CliOutcome outcome = run(words("replay --json"), "data: " + body + "\n\n");
        QCOMPARE(outcome.code, 1);
        json::Document document;
        QVERIFY(!document.scan(outcome.out));
        QCOMPARE(document.root()["verdict"].toString(), QStringLiteral("error_in_stream"));
        QCOMPARE(document.root()["error"]["kind"].toString(), QStringLiteral("rate_limited"));
        QVERIFY(document.root()["timeline"]["end_ms"].isNull());
    }
    void recordedRefusal_isExplained() {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("call.jsonl"));
        QCOMPARE(run(withText("send --sandbox --fault 402 --record", file)).code, 1);
        const CliOutcome outcome = run(withText("replay --json", QStringLiteral("file:") + file));
        QCOMPARE(outcome.code, 1);
        json::Document document;
        QVERIFY(!document.scan(outcome.out));
        QCOMPARE(document.root()["error"]["kind"].toString(), QStringLiteral("no_credit"));
    }
    void explanation_looksAtTheTokenThatWasSent() {
        const QByteArray token =
            run(words("token build --secret-key env:TEST_SECRET_KEY --customer-id=c")).out;
        const CliOutcome outcome = run(words("explain --status 401 --token - --json"), token);
        json::Document document;
        QVERIFY(!document.scan(outcome.out));
        QCOMPARE(document.root()["rule"].toString(), QStringLiteral("customer-without-meter"));
        QVERIFY(!outcome.out.contains("CANARY"));
    }
    void explanation_readsTheBodyOnlyWhenAsked() {
        const QByteArray body = "{\"error\":{\"type\":\"insufficient_quota\",\"message\":\"m\"}}";
        const auto kindFor = [&](const char* line) {
            const CliOutcome outcome = run(words(line), body);
            json::Document document;
            if (document.scan(outcome.out))
                return QString();
            return document.root()["kind"].toString();
        };
        QCOMPARE(kindFor("explain --status 429 --json"), QStringLiteral("rate_limited"));
        QCOMPARE(kindFor("explain --status 429 --json --body -"), QStringLiteral("quota_exhausted"));
        QCOMPARE(kindFor("explain --status 200 --json"), QStringLiteral("no_error"));
    }

    void explanation_canBeAskedAboutTheTransport_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<bool>("billed");
        const auto row = [](const char* name, const char* kind, bool billed) {
            QTest::newRow(name) << QString::fromLatin1(name) << QString::fromLatin1(kind) << billed;
        };
        row("tls_expired", "tls_expired", false);
        row("tls_wrong_host", "tls_wrong_host", false);
        row("tls_failed", "tls_failed", false);
        row("host_not_found", "host_not_found", false);
        row("proxy_failed", "proxy_failed", false);
        row("cut_off", "cut_off", true);
        row("no_answer", "no_answer", true);
        row("idle_timeout", "idle_timeout", true);
    }
    void explanation_canBeAskedAboutTheTransport() {
        QFETCH(QString, name);
        QFETCH(QString, kind);
        QFETCH(bool, billed);
        const CliOutcome outcome = run(withText("explain --json --error", name));
        QCOMPARE(outcome.code, 0);
        json::Document document;
        QVERIFY(!document.scan(outcome.out));
        QCOMPARE(document.root()["kind"].toString(), kind);
        QCOMPARE(document.root()["may_have_been_billed"].toBool(), std::optional(billed));
        QCOMPARE(run(withText("explain --error", name)).out.contains("may already have been billed"), billed);
        QVERIFY(run(words("explain --help")).out.contains(name.toLatin1()));
    }

    void urlOfTheCall_decidesWhoIsAskedAndHow() {
        const CliOutcome models = run(words("send --sandbox --json --url https://api.openai.com/v1/models"));
        QCOMPARE(models.code, 0);
        json::Document document;
        QVERIFY(!document.scan(models.out));
        QCOMPARE(document.root()["request"]["method"].toString(), QStringLiteral("GET"));
        const CliOutcome messages =
            run(words("send --sandbox --json --url https://api.anthropic.com/v1/messages"));
        QVERIFY(!document.scan(messages.out));
        QCOMPARE(document.root()["request"]["headers"]["anthropic-version"].toString(),
                 QStringLiteral("2023-06-01"));
        QCOMPARE(document.root()["transcript"]["dialect"].toString(), QStringLiteral("anthropic_messages"));
    }

    void pathOfTheCall_decidesWhatAHostThatNobodyKnowsIsAsked() {
        json::Document document;
        const CliOutcome messages = run(words("send --sandbox --json --url http://127.0.0.1:1/v1/messages"));
        QVERIFY(!document.scan(messages.out));
        QCOMPARE(document.root()["request"]["headers"]["anthropic-version"].toString(),
                 QStringLiteral("2023-06-01"));
        const CliOutcome chat =
            run(words("send --sandbox --json --url http://127.0.0.1:1/v1/chat/completions"));
        QVERIFY(!document.scan(chat.out));
        QCOMPARE(document.root()["transcript"]["dialect"].toString(), QStringLiteral("openai_chat"));
        const CliOutcome unknown = run(words("send --sandbox --json --url https://nobody.example/x"));
        QVERIFY(!document.scan(unknown.out));
        QCOMPARE(document.root()["request"]["method"].toString(), QStringLiteral("POST"));
        QCOMPARE(document.root()["attempts"].size(), qsizetype(1));
    }
};

QTEST_GUILESS_MAIN(TestCommandWords)
#include "tst_command_words.moc"
