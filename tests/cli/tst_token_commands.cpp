// SPDX-License-Identifier: MIT
// What the `token` commands say of many, of two and of one built token, and that no secret is among it.
#include "cli/run_in_process.h"
#include "core/json/document.h"

#include <QTest>

using namespace lavascope;

class TestTokenCommands : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TEST_SECRET_KEY", "aks_test_CANARYcanaryCANARY0000"); }

    void batch_findsEveryCredentialOfATable() {
        const QByteArray good = QByteArray(R"({"secret_key":"aks_test_CANARYone"})").toBase64();
        const QByteArray table = "name,token\n=Ada," + good + "\nBob,oops\n";
        const CliOutcome lines = run(words("token inspect --batch"), table);
        QCOMPARE(lines.code, 1);
        QCOMPARE(lines.out.count('\n'), 2);
        json::Document document;
        const QByteArray first = lines.out.left(lines.out.indexOf('\n'));
        QVERIFY(!document.scan(first));
        QCOMPARE(document.root()["line"].toInteger(), std::optional<qint64>(2));
        QCOMPARE(document.root()["label"].toString(), QStringLiteral("=Ada"));
        QCOMPARE(document.root()["report"]["mode"].toString(), QStringLiteral("test"));
        QVERIFY2(lines.err.contains("2 credentials: 0 live, 1 test, 1 neither; 1 not usable."), lines.err);

        const CliOutcome csv = run(words("token inspect --batch --csv"), table);
        QVERIFY2(csv.out.startsWith("line,label,usable,") && csv.out.contains("\"'=Ada\""), csv.out);

        const CliOutcome summary = run(words("token inspect --batch --summary --json"), table);
        QVERIFY(!document.scan(summary.out));
        QCOMPARE(document.root()["total"].toInteger(), std::optional<qint64>(2));
        QCOMPARE(document.root()["reasons"].size(), 1);
        const CliOutcome text = run(words("token inspect --batch --summary"), table);
        QVERIFY2(text.out.contains("Not usable because of"), text.out);
        for (const CliOutcome& outcome : {lines, csv, summary, text})
            QVERIFY(!(outcome.out + outcome.err).contains("CANARY"));
        QCOMPARE(run(words("token inspect --batch"), good).code, 0);
        QCOMPARE(run(words("token inspect --batch"), "no credential in this sentence").code, 1);
        QCOMPARE(run(words("token inspect --csv"), good).code, 2);
        QCOMPARE(run(words("token inspect --batch --lines"), good).code, 2);
    }

    void nothingToInspect_isNoSuccess_data() {
        QTest::addColumn<QByteArray>("input");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("blank lines") << QByteArray("\n \r\n\n");
    }
    void nothingToInspect_isNoSuccess() {
        QFETCH(QByteArray, input);
        QCOMPARE(run(words("token inspect --lines"), input).code, 1);
        const CliOutcome batch = run(words("token inspect --batch --summary"), input);
        QCOMPARE(batch.code, 1);
        QVERIFY2(batch.out.startsWith("No credential was found."), batch.out);
    }

    void ticketReport_holdsNoSecret() {
        const QByteArray token =
            QByteArray(R"({"secret_key":"aks_live_CANARYcanary01","meter_slug":"m"})").toBase64();
        const CliOutcome outcome = run(words("token inspect --report"), token);
        QCOMPARE(outcome.code, 0);
        QVERIFY2(outcome.out.startsWith("**Live forward token:"), outcome.out);
        QVERIFY(!outcome.out.contains("CANARY") && !outcome.out.contains(token));
    }

    void builtToken_isHandedOnInTheAskedForm_data() {
        QTest::addColumn<QString>("form");
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("token") << QStringLiteral("token") << QByteArray() << QByteArray();
        QTest::newRow("header") << QStringLiteral("header") << QByteArray("Authorization: Bearer ")
                                << QByteArray();
        QTest::newRow("env") << QStringLiteral("env") << QByteArray("LAVA_FORWARD_TOKEN=") << QByteArray();
        QTest::newRow("curl")
            << QStringLiteral("curl")
            << QByteArray("curl --globoff --proto '=http,https' --header 'Authorization: Bearer ")
            << QByteArray(
                   "' --url 'https://api.lava.so/v1/forward?u=https%3A%2F%2Fapi.openai.com%2Fv1%2Fmodels'");
    }
    void builtToken_isHandedOnInTheAskedForm() {
        QFETCH(QString, form);
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        const CliOutcome outcome = run(words("token build --secret-key -") << QStringLiteral("--as") << form,
                                       "aks_live_CANARYone\n");
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.out,
                 before + QByteArray(R"({"secret_key":"aks_live_CANARYone"})").toBase64() + after + '\n');
        QVERIFY(outcome.err.isEmpty());
    }
    void builtTokenThatIsRisky_isWarnedOf() {
        const CliOutcome outcome =
            run(words("token build --secret-key - --customer-id=c"), "aks_live_CANARYone\n");
        QCOMPARE(outcome.code, 0);
        QVERIFY2(outcome.err.contains("without a meter"), outcome.err);
        QVERIFY(!outcome.err.contains("CANARY"));
    }

    void gateway_isAskedOnlyWithCheck() {
        const QByteArray token =
            QByteArray(R"({"secret_key":"aks_test_CANARYone","customer_id":"conn_demo","meter_slug":"nope"})")
                .toBase64();
        const CliOutcome plain = run(words("token inspect --json"), token);
        json::Document document;
        QVERIFY(!document.scan(plain.out));
        QVERIFY(!document.root()["check"].exists());

        const CliOutcome checked = run(words("token inspect --check --sandbox --json"), token);
        QCOMPARE(checked.code, 1);
        QVERIFY(!document.scan(checked.out));
        const json::View check = document.root()["check"];
        QCOMPARE(check["key"]["state"].toString(), QStringLiteral("known"));
        QCOMPARE(check["customer"]["state"].toString(), QStringLiteral("known"));
        QCOMPARE(check["subscription"]["state"].toString(), QStringLiteral("known"));
        QCOMPARE(check["meter"]["state"].toString(), QStringLiteral("unknown"));
        QVERIFY(check["diagnosis"].isNull());
        QVERIFY(!(checked.out + checked.err).contains("CANARY"));

        const CliOutcome text = run(words("token inspect --check --sandbox"), "aks_test_CANARYone");
        QCOMPARE(text.code, 0);
        QVERIFY2(text.out.contains("+ The gateway knows this key."), text.out);
        QCOMPARE(run(words("token inspect --check --gateway http://127.0.0.1:9"), token).code, 75);
        QCOMPARE(run(words("token inspect --check --sandbox"), "hello").code, 1);
        QCOMPARE(run(words("token inspect --sandbox"), token).code, 2);
        QCOMPARE(run(words("token inspect --check --lines"), token).code, 2);
    }

    void comparedTokens_differFieldByField_data() {
        QTest::addColumn<QByteArray>("left");
        QTest::addColumn<QByteArray>("right");
        QTest::addColumn<QString>("differing");
        const auto row = [](const char* name, const QByteArray& left, const QByteArray& right,
                            const char* differing) {
            QTest::newRow(name) << left << right << QString::fromLatin1(differing);
        };
        const QByteArray full = R"({"secret_key":"aks_test_CANARYone","customer_id":"c","meter_slug":"m"})";
        row("the same", full, full, "");
        row("only written differently", full,
            R"({ "meter_slug":"m", "customer_id":"c", "secret_key":"aks_test_CANARYone" })", "");
        row("another key", full, R"({"secret_key":"aks_test_CANARYtwo","customer_id":"c","meter_slug":"m"})",
            "secret_key");
        row("null is not absent", R"({"secret_key":"aks_test_CANARYone"})",
            R"({"secret_key":"aks_test_CANARYone","customer_id":null})", "customer_id");
        row("two fields", full,
            R"({"secret_key":"aks_test_CANARYone","customer_id":"d","meter_slug":"m","disable_billing":true})",
            "customer_id disable_billing");
        row("another generation", R"({"secret_key":"aks_test_CANARYone","meter_slug":"m"})",
            R"({"secret_key":"aks_test_CANARYone","connection_id":"c","meter_slug":"m"})", "connection_id");
        row("keys in an id", R"({"secret_key":"aks_test_CANARYone","meter_slug":"aks_live_CANARYabcdWXYZ"})",
            R"({"secret_key":"aks_test_CANARYone","meter_slug":"aks_live_CANARYefghWXYZ"})", "meter_slug");
    }
    void comparedTokens_differFieldByField() {
        QFETCH(QByteArray, left);
        QFETCH(QByteArray, right);
        QFETCH(QString, differing);
        qputenv("TEST_LEFT", left.toBase64());
        const CliOutcome outcome = run(words("token compare env:TEST_LEFT - --json"), right.toBase64());
        QCOMPARE(outcome.code, differing.isEmpty() ? 0 : 1);
        QVERIFY(outcome.err.isEmpty());
        QVERIFY(!outcome.out.contains("CANARY"));
        json::Document document;
        QVERIFY(!document.scan(outcome.out));
        QCOMPARE(document.root()["same"].toBool(), std::optional(differing.isEmpty()));
        QStringList names;
        for (json::View field = document.root()["fields"].firstChild(); field.exists();
             field = field.nextSibling()) {
            QVERIFY(!field["left"]["name"].exists() && !field["right"]["name"].exists());
            if (field["same"].toBool() == false)
                names += field["name"].toString();
        }
        QCOMPARE(names.join(QLatin1Char(' ')), differing);
        const CliOutcome text = run(words("token compare env:TEST_LEFT -"), right.toBase64());
        QVERIFY(!text.out.contains("CANARY"));
        QCOMPARE(text.out.count("\n  ! "), names.size());
    }
    void unknownFields_areNeverTakenForTheSameUnseen() {
        qputenv("TEST_LEFT", QByteArray(R"({"secret_key":"aks_test_x","plan":1})").toBase64());
        const QByteArray other = QByteArray(R"({"secret_key":"aks_test_x","plan":2})").toBase64();
        const CliOutcome outcome = run(words("token compare env:TEST_LEFT -"), other);
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.out.contains("plan"), outcome.out);
        QCOMPARE(run(words("token compare env:TEST_LEFT env:TEST_LEFT")).code, 0);
    }
    void fieldThatStandsTwice_isNeverTakenForTheSame() {
        qputenv("TEST_LEFT",
                QByteArray(R"({"secret_key":"aks_test_CANARYone","secret_key":"aks_test_CANARYtwo"})")
                    .toBase64());
        const QByteArray other = QByteArray(R"({"secret_key":"aks_test_CANARYtwo"})").toBase64();
        const CliOutcome outcome = run(words("token compare env:TEST_LEFT -"), other);
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.out.startsWith("They are not the same: in the first a field stands twice"),
                 outcome.out);
        QVERIFY(!outcome.out.contains("CANARY"));
    }
    void whatCannotBeRead_isNeverTheSame() {
        QCOMPARE(run(words("token compare hello hello")).code, 1);
        QCOMPARE(run(words("token compare - -"), "x").code, 2);
        QCOMPARE(run(words("token compare env:TEST_SECRET_KEY")).code, 2);
        QCOMPARE(run(words("token compare env:TEST_SECRET_KEY env:THERE_IS_NO_SUCH_NAME")).code, 3);
    }
};

QTEST_GUILESS_MAIN(TestTokenCommands)
#include "tst_token_commands.moc"
