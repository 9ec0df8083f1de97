// SPDX-License-Identifier: MIT
// The words, exit codes and JSON keys that scripts rely on.
#include "cli/run_in_process.h"
#include "core/json/document.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace lavascope;

namespace {

const QByteArray canary = "aks_test_CANARYcanaryCANARY0000";

QStringList keysOf(json::View object) {
    QStringList keys;
    for (json::View member = object.firstChild(); member.exists(); member = member.nextSibling())
        keys += member.name();
    return keys;
}

} // namespace

class TestCommandLine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TEST_SECRET_KEY", canary); }

    void exitCode_saysWhatKindOfFailure_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<int>("code");
        const QByteArray none;
        QTest::newRow("help") << words("--help") << none << 0;
        QTest::newRow("no verb") << QStringList() << none << 2;
        QTest::newRow("unknown verb") << words("fly") << none << 2;
        QTest::newRow("usable key") << words("token inspect") << canary << 0;
        QTest::newRow("unusable credential")
            << words("token inspect") << QByteArray("sk-ant-0123456789abcdef") << 1;
        QTest::newRow("literal secret")
            << words("token build --secret-key aks_live_0123456789abcdef") << none << 2;
        QTest::newRow("missing variable")
            << words("token build --secret-key env:THERE_IS_NO_SUCH_NAME") << none << 3;
        QTest::newRow("missing file") << words("token inspect file:/there/is/none") << none << 3;
        QTest::newRow("key store") << words("token build --secret-key keychain:mine") << none << 3;
        QTest::newRow("url without host") << words("url build https://") << none << 2;
        QTest::newRow("url that loses")
            << words("url inspect https://api.lava.so/v1/forward?u=https://a.example/x?b=1&c=2") << none << 1;
        QTest::newRow("unknown provider") << words("providers nobody") << none << 1;
        QTest::newRow("explained") << words("explain --status 402") << none << 0;
        QTest::newRow("no status") << words("explain --status 12") << none << 2;
        QTest::newRow("no credential") << words("send") << none << 2;
        QTest::newRow("bad header") << words("send --sandbox --header nocolon") << none << 2;
        QTest::newRow("sent") << words("send --sandbox --no-stream") << none << 0;
        QTest::newRow("worth trying later") << words("send --sandbox --fault 503") << none << 75;
        QTest::newRow("failed for good") << words("send --sandbox --fault 402") << none << 1;
        QTest::newRow("cut stream") << words("replay")
                                    << QByteArray("data: "
                                                  "{\"object\":\"chat.completion.chunk\",\"choices\":[{"
                                                  "\"index\":0,\"delta\":{\"content\":\"x\"}}]}\n\n")
                                    << 1;
    }
    void exitCode_saysWhatKindOfFailure() {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, input);
        QFETCH(int, code);
        const CliOutcome outcome = run(arguments, input);
        QVERIFY2(outcome.code == code, outcome.out + outcome.err + QByteArray::number(outcome.code));
        if (code != 0)
            QVERIFY(!outcome.err.isEmpty() || !outcome.out.isEmpty());
    }

    void literalSecret_isNotRepeated() {
        const CliOutcome outcome = run(words("token build --secret-key aks_live_0123456789abcdef"));
        QVERIFY(!outcome.err.contains("0123456789"));
        QVERIFY(!outcome.out.contains("0123456789"));
    }

    void token_isTheSdksForEveryState() {
        const CliOutcome outcome = run(words("token build --secret-key env:TEST_SECRET_KEY --customer-id= "
                                             "--null meter_slug --disable-billing"));
        QCOMPARE(outcome.code, 0);
        QCOMPARE(QByteArray::fromBase64(outcome.out.trimmed()),
                 "{\"secret_key\":\"" + canary +
                     "\",\"customer_id\":\"\",\"meter_slug\":null,\"disable_billing\":true}");
        QVERIFY(run(words("token build --secret-key env:TEST_SECRET_KEY --header"))
                    .out.startsWith("Authorization: Bearer eyJ"));
    }

    void tokenReport_hasTheKeysOfTheContract() {
        const CliOutcome outcome =
            run(words("token inspect --json"),
                "Bearer " + run(words("token build --secret-key env:TEST_SECRET_KEY")).out);
        json::Document document;
        QVERIFY(!document.scan(outcome.out));
        QCOMPARE(
            keysOf(document.root()),
            words("kind usable generation mode payer host headline fields unknown_fields layers findings"));
        QCOMPARE(keysOf(document.root()["fields"].at(0)), words("name state value masked fingerprint"));
        QCOMPARE(document.root()["kind"].toString(), QStringLiteral("forward_token"));
        QVERIFY(!outcome.out.contains(canary));
        const CliOutcome revealed = run(words("token inspect --json --reveal"), canary);
        QVERIFY(revealed.out.contains(canary));
    }

    void lines_giveOneDocumentEach() {
        const CliOutcome outcome = run(words("token inspect --lines"), canary + "\n\nnot a token\n");
        QCOMPARE(outcome.code, 1);
        const QList<QByteArray> lines = outcome.out.trimmed().split('\n');
        QCOMPARE(lines.size(), qsizetype(2));
        for (const QByteArray& line : lines) {
            json::Document document;
            QVERIFY(!document.scan(line));
        }
    }

    void explanation_hasTheKeysOfTheContract() {
        const CliOutcome outcome =
            run({QStringLiteral("explain"), QStringLiteral("--status"), QStringLiteral("429"),
                 QStringLiteral("--header"), QStringLiteral("Retry-After: 12"), QStringLiteral("--json")});
        json::Document document;
        QVERIFY(!document.scan(outcome.out));
        QCOMPARE(keysOf(document.root()),
                 words("kind title fault retry retry_after_ms cause steps evidence rule docs request_id "
                       "may_have_been_billed rate_limits ruled_out own_side"));
        QCOMPARE(document.root()["may_have_been_billed"].toBool(), std::optional(false));
        QCOMPARE(document.root()["kind"].toString(), QStringLiteral("rate_limited"));
        QCOMPARE(document.root()["retry"].toString(), QStringLiteral("after"));
        QCOMPARE(document.root()["retry_after_ms"].toInteger(), std::optional<qint64>(12'000));
    }

    void limits_areToldInJsonAndInWords() {
        const QStringList arguments = {QStringLiteral("explain"),
                                       QStringLiteral("--status"),
                                       QStringLiteral("429"),
                                       QStringLiteral("--header"),
                                       QStringLiteral("x-ratelimit-limit-requests: 60"),
                                       QStringLiteral("--header"),
                                       QStringLiteral("x-ratelimit-remaining-requests: 0"),
                                       QStringLiteral("--header"),
                                       QStringLiteral("x-ratelimit-reset-requests: 6m0s")};
        const CliOutcome told = run(arguments + QStringList{QStringLiteral("--json")});
        json::Document document;
        QVERIFY(!document.scan(told.out));
        QCOMPARE(
            document.root()["rate_limits"].raw().toByteArray(),
            QByteArray(
                R"([{"name":"requests","unit":"requests","limit":60,"remaining":0,"resets_in_ms":360000}])"));
        QCOMPARE(document.root()["retry_after_ms"].toInteger(), std::optional<qint64>(360'000));
        QVERIFY(run(arguments).out.contains("  limit: 0 of 60 requests left, full again in 6 min\n"));
    }

    void sentCall_hasTheKeysOfTheContractAndNoSecret() {
        const CliOutcome outcome =
            run(words("send --sandbox --json --secret-key env:TEST_SECRET_KEY --provider anthropic"));
        QCOMPARE(outcome.code, 0);
        json::Document document;
        QVERIFY(!document.scan(outcome.out));
        QCOMPARE(keysOf(document.root()), words("request attempts diagnosis transcript lava_request_id"));
        QCOMPARE(keysOf(document.root()["request"]), words("method url headers"));
        QCOMPARE(keysOf(document.root()["attempts"].at(0)), words("status headers ended waited_ms"));
        const json::View transcript = document.root()["transcript"];
        const QStringList promised =
            words("dialect verdict text reasoning refusal tool_calls stop_reason usage model response_id "
                  "error events comments malformed timeline");
        QCOMPARE(keysOf(transcript).first(promised.size()), promised);
        QCOMPARE(keysOf(transcript["usage"]),
                 words("input_tokens output_tokens total_tokens cached_input_tokens reasoning_tokens"));
        QCOMPARE(keysOf(transcript["timeline"]),
                 words("first_byte_ms first_text_ms end_ms longest_gap_ms headers_ms first_event_ms stalls "
                       "buffering tokens_per_second"));
        QCOMPARE(transcript["verdict"].toString(), QStringLiteral("complete"));
        QVERIFY(document.root()["diagnosis"].isNull());
        QVERIFY(document.root()["lava_request_id"].toString().startsWith(QStringLiteral("req_")));
        QVERIFY(!outcome.out.contains(canary));
        QVERIFY(!outcome.out.contains(canary.toBase64().first(24)));
    }

    void recording_replaysToTheSameAnswerAndHoldsNoSecret() {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("call.jsonl"));
        const CliOutcome sent =
            run(words("send --sandbox --secret-key env:TEST_SECRET_KEY --record") + QStringList(file));
        QCOMPARE(sent.code, 0);
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        const QByteArray bytes = written.readAll();
        QVERIFY(bytes.contains("lavascope_recording"));
        QVERIFY(!bytes.contains(canary));
        QVERIFY(!bytes.contains("eyJzZWNyZXRfa2V5Ijoi"));
#ifdef Q_OS_UNIX
        QCOMPARE(written.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther),
                 QFileDevice::Permissions());
#endif
        const CliOutcome replayed = run(words("replay") + QStringList(QStringLiteral("file:") + file));
        QCOMPARE(replayed.code, 0);
        QCOMPARE(replayed.out, sent.out);
    }

    void retry_waitsAndSucceeds() {
        const CliOutcome outcome =
            run(words("send --sandbox --fault 429:times=1,retry_after=1 --retry 1 --json"));
        QCOMPARE(outcome.code, 0);
        json::Document document;
        QVERIFY(!document.scan(outcome.out));
        QCOMPARE(document.root()["attempts"].size(), qsizetype(2));
        QVERIFY(document.root()["attempts"].at(1)["waited_ms"].toInteger().value_or(0) >= 1000);
    }

    void retry_saysItsPlanOnStandardError() {
        const CliOutcome outcome =
            run(words("send --sandbox --fault 503:times=1 --retry 2 --retry-base 0.01"));
        QCOMPARE(outcome.code, 0);
        QVERIFY2(outcome.err.contains("trying again in 0.0 s (2 of 3)"), outcome.err.constData());
    }

    void retriesThatAreUsedUp_askForALaterTry() {
        const CliOutcome outcome =
            run(words("send --sandbox --fault 503 --retry 2 --retry-base 0.001 --json"));
        QCOMPARE(outcome.code, 75);
        QVERIFY(outcome.err.contains("All 3 tries failed."));
        json::Document document;
        QVERIFY(!document.scan(outcome.out));
        QCOMPARE(document.root()["attempts"].size(), qsizetype(3));
        for (int i = 0; i < 3; ++i) {
            const json::View attempt = document.root()["attempts"].at(i);
            QCOMPARE(attempt["status"].toInteger(), std::optional<qint64>(503));
            QCOMPARE(attempt["ended"].toString(), QStringLiteral("finished"));
            QVERIFY(attempt["headers"].exists());
            QVERIFY(attempt["waited_ms"].toInteger().has_value());
        }
    }

    void callThatMayHaveBeenBilled_isNotTriedAgain() {
        const CliOutcome outcome = run(words("send --sandbox --fault cut:after=4 --retry 3 --json"));
        QCOMPARE(outcome.code, 75);
        QVERIFY(outcome.err.contains("Not tried again: an answer had begun"));
        json::Document document;
        QVERIFY(!document.scan(outcome.out));
        QCOMPARE(document.root()["attempts"].size(), qsizetype(1));
    }

    void pauseBeyondTheCap_isNotWaited() {
        const CliOutcome outcome =
            run(words("send --sandbox --fault 429:retry_after=60 --retry 1 --retry-cap 1"));
        QCOMPARE(outcome.code, 75);
        QVERIFY(outcome.err.contains("longer pause than the 1 s"));
    }

    void pausesWithoutRetries_areWrongUsage() {
        QCOMPARE(run(words("send --sandbox --retry-base 1")).code, 2);
        QCOMPARE(run(words("send --sandbox --retry 1 --retry-base nan")).code, 2);
        QCOMPARE(run(words("send --sandbox --retry 1 --retry-base 0")).code, 2);
        QCOMPARE(run(words("send --sandbox --retry 1 --retry-cap -1")).code, 2);
    }

    void secretThatAnEditorMarked_isTheSame() {
        const QStringList build = words("token build --secret-key -");
        const CliOutcome plain = run(build, canary);
        QCOMPARE(plain.code, 0);
        QCOMPARE(run(build, "\xEF\xBB\xBF" + canary + "\r\n").out, plain.out);
    }

    void secretThatIsNoUtf8_isRefusedUnseen_data() {
        QTest::addColumn<QByteArray>("input");
        const QString text = QString::fromLatin1(canary);
        const QByteArray utf16(reinterpret_cast<const char*>(text.utf16()), text.size() * 2);
        QTest::newRow("UTF-16") << utf16;
        QTest::newRow("UTF-16 with its mark") << "\xFF\xFE" + utf16;
        QTest::newRow("Latin-1") << canary + "\xE9";
    }
    void secretThatIsNoUtf8_isRefusedUnseen() {
        QFETCH(QByteArray, input);
        const CliOutcome outcome = run(words("token build --secret-key -"), input);
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.err.contains("Save it as UTF-8"), outcome.err);
        QVERIFY(outcome.out.isEmpty() && !outcome.err.contains("CANARY"));
    }

    void idempotencyKey_isSentOnlyWhereItIsWanted() {
        const CliOutcome made = run(words("send --sandbox --idempotency-key auto --json"));
        QCOMPARE(made.code, 0);
        QVERIFY(made.out.contains("Idempotency-Key"));
        const CliOutcome given = run(words("send --sandbox --idempotency-key order-7 --json"));
        QVERIFY(given.out.contains("order-7"));
        QVERIFY(!run(words("send --sandbox --json")).out.contains("Idempotency-Key"));
    }

#ifdef Q_OS_UNIX
    void worldReadableSecretFile_isRefused() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("key"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(canary);
        file.close();
        QVERIFY(
            file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadOther));
        const QStringList arguments =
            words("token build --secret-key") + QStringList(QStringLiteral("file:") + path);
        QCOMPARE(run(arguments).code, 3);
        QVERIFY(file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner));
        QCOMPARE(run(arguments).code, 0);
    }
#endif

    void realProgram_keepsSecretsOutOfItsArgumentsAndSaysWhereItListens() {
        QProcess sandbox;
        sandbox.start(QStringLiteral(LAVASCOPE_CLI), words("sandbox --port 0"));
        QVERIFY(sandbox.waitForReadyRead(20'000));
        const QByteArray line = sandbox.readLine();
        QVERIFY2(line.startsWith("listening on http://127.0.0.1:"), line);

        QProcess send;
        send.start(QStringLiteral(LAVASCOPE_CLI),
                   words("send --secret-key env:TEST_SECRET_KEY --gateway") +
                       QStringList(QString::fromLatin1(line.sliced(13).trimmed())));
        QVERIFY(send.waitForStarted());
        QFile commandLine(QStringLiteral("/proc/%1/cmdline").arg(send.processId()));
        if (commandLine.open(QIODevice::ReadOnly))
            QVERIFY(!commandLine.readAll().contains(canary));
        QVERIFY(send.waitForFinished(30'000));
        QCOMPARE(send.exitCode(), 0);
        QVERIFY(send.readAllStandardOutput().contains("Lavascope"));

        sandbox.terminate();
        QVERIFY(sandbox.waitForFinished(20'000));
        QCOMPARE(sandbox.exitStatus(), QProcess::NormalExit);
        QCOMPARE(sandbox.exitCode(), 0);
        QVERIFY(!sandbox.readAllStandardError().contains(canary));
    }

    void portInUse_isLocalTrouble() {
        QProcess first;
        first.start(QStringLiteral(LAVASCOPE_CLI), words("sandbox"));
        QVERIFY(first.waitForReadyRead(20'000));
        const QByteArray port = first.readLine().trimmed().split(':').last();
        QProcess second;
        second.start(QStringLiteral(LAVASCOPE_CLI),
                     words("sandbox --port") + QStringList(QString::fromLatin1(port)));
        QVERIFY(second.waitForFinished(20'000));
        QCOMPARE(second.exitCode(), 3);
        QVERIFY(second.readAllStandardError().contains(port));
        first.terminate();
        QVERIFY(first.waitForFinished(20'000));
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_command_line.moc"
