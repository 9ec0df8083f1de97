// SPDX-License-Identifier: MIT
// What `doctor` promises to scripts, and what it never shows.
#include "cli/run_in_process.h"
#include "core/json/document.h"

#include <QTemporaryDir>
#include <QTest>

using namespace lavascope;

namespace {

QStringList keysOf(json::View object) {
    QStringList keys;
    for (json::View member = object.firstChild(); member.exists(); member = member.nextSibling())
        keys += member.name();
    return keys;
}

} // namespace

class TestDoctorCommand : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        qputenv("LAVASCOPE_DATA_DIR", m_folder.path().toLocal8Bit());
        qputenv("https_proxy", "http://somebody:CANARYcanary@proxy.example:3128");
    }

    void report_hasTheKeysOfTheContractAndNoSecret() {
        const CliOutcome outcome = run(words("doctor --json"));
        QCOMPARE(outcome.code, 0);
        json::Document document;
        QVERIFY(!document.scan(outcome.out));
        QCOMPARE(keysOf(document.root()), words("checks load"));
        QVERIFY(document.root()["load"].isNull());
        const json::View checks = document.root()["checks"];
        QVERIFY(checks.size() >= 8);
        for (json::View check = checks.firstChild(); check.exists(); check = check.nextSibling()) {
            QCOMPARE(keysOf(check), words("name state detail fix"));
            QVERIFY(words("ok warning failed").contains(check["state"].toString()));
        }
        QVERIFY(!outcome.out.contains("CANARY"));
        QVERIFY(!outcome.out.contains("\"gateway\""));
    }

    void report_isReadable() {
        const CliOutcome outcome = run(words("doctor"));
        QCOMPARE(outcome.code, 0);
        QVERIFY2(outcome.out.startsWith("ok       program      Lavascope "), outcome.out);
#ifndef Q_OS_WIN // whose proxies are told by its settings, not by the environment
        QVERIFY(outcome.out.contains("proxy.example:3128"));
#endif
        QVERIFY(!outcome.out.contains("CANARY"));
    }

    void somethingThatFails_isExitOne() {
        const QString path = m_folder.filePath(QStringLiteral("file"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        qputenv("LAVASCOPE_DATA_DIR", (path + QStringLiteral("/below")).toLocal8Bit());
        const CliOutcome outcome = run(words("doctor"));
        QCOMPARE(outcome.code, 1);
        QVERIFY(outcome.out.contains("\nfailed   data_folder"));
        QVERIFY(outcome.out.contains("LAVASCOPE_DATA_DIR"));
    }

    void load_isMeasuredWhenAskedFor() {
        const CliOutcome outcome = run(words("doctor --load --json"));
        QCOMPARE(outcome.code, 0);
        json::Document document;
        QVERIFY(!document.scan(outcome.out));
        const json::View load = document.root()["load"];
        QCOMPARE(keysOf(load),
                 words("events bytes seconds plain_read_seconds events_per_second megabytes_per_second "
                       "longest_wait_ms ratio longest_stall_ms stop_ms bars"));
        QCOMPARE(load["events"].toInteger(), std::optional<qint64>(10'003));
        QCOMPARE(keysOf(load["bars"].firstChild()), words("name limit kept"));
        QCOMPARE(load["bars"].size(), qsizetype(3));
    }

    void load_isATableForPeople() {
        const CliOutcome outcome = run(words("doctor --load"));
        QVERIFY2(outcome.out.contains("Times a plain read"), outcome.out);
        QVERIFY(outcome.out.contains("passed: at most ") ||
                outcome.out.contains("failed: should be at most "));
    }

    void help_hasExamples() {
        const CliOutcome outcome = run(words("doctor --help"));
        QCOMPARE(outcome.code, 0);
        QVERIFY(outcome.out.contains("Examples:"));
        QVERIFY(outcome.out.contains("Exit codes: "));
    }

private:
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestDoctorCommand)
#include "tst_doctor_command.moc"
