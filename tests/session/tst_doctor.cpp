// SPDX-License-Identifier: MIT
#include "core/base/build_facts.h"
#include "session/doctor.h"
#include "session/workbench.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace lavascope;

namespace {

constexpr int patience = 30'000;

std::vector<HealthCheck> lookAround() {
    Workbench workbench;
    Doctor doctor(workbench);
    QSignalSpy finished(&doctor, &Doctor::finished);
    doctor.start(Doctor::Network::LeftAlone);
    if (finished.isEmpty())
        (void)finished.wait(patience);
    return finished.size() == 1 ? doctor.checks() : std::vector<HealthCheck>{};
}

HealthCheck named(const std::vector<HealthCheck>& checks, const char* name) {
    for (const HealthCheck& check : checks)
        if (check.name == QLatin1String(name))
            return check;
    return {QStringLiteral("there is none"), HealthCheck::State::Failed, {}, {}};
}

} // namespace

class TestDoctor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        qputenv("LAVASCOPE_DATA_DIR", m_folder.path().toLocal8Bit());
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        qunsetenv("XDG_CURRENT_DESKTOP");
        qunsetenv("https_proxy");
    }

    void checks_comeInOneOrderAndSayWhatTheyFound() {
        const std::vector<HealthCheck> checks = lookAround();
        QStringList names;
        for (const HealthCheck& check : checks) {
            names += check.name;
            QVERIFY2(!check.detail.isEmpty(), qPrintable(check.name));
            QVERIFY2(check.state == HealthCheck::State::Ok || !check.fix.isEmpty(), qPrintable(check.detail));
        }
        QCOMPARE(names.join(QLatin1Char(' ')),
                 QStringLiteral("program system language data_folder tls proxy key_store sandbox"));
        QVERIFY(named(checks, "program").detail.contains(QLatin1String(qVersion())));
        QVERIFY(named(checks, "program").detail.contains(commitText(buildFacts())));
        QVERIFY2(named(checks, "sandbox").state == HealthCheck::State::Ok,
                 qPrintable(named(checks, "sandbox").detail));
        QVERIFY(named(checks, "data_folder").state == HealthCheck::State::Ok);
        QVERIFY(named(checks, "data_folder").detail.contains(m_folder.path()));
    }

    void look_leavesNothingInTheDataFolder() {
        const QStringList before =
            QDir(m_folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
        (void)lookAround();
        QCOMPARE(QDir(m_folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
                 before);
    }

    void missingKeyStore_isAWarningWithAWayOut() {
        const std::vector<HealthCheck> checks = lookAround();
        const HealthCheck check = named(checks, "key_store");
        QVERIFY2(check.state == HealthCheck::State::Warning, qPrintable(check.detail));
        QVERIFY(check.detail.startsWith(QStringLiteral("Secret Service")));
        QVERIFY(check.fix.contains(QStringLiteral("env:NAME")));
        QVERIFY(isHealthy({check}));
    }

    void folderThatCannotBeMade_fails() {
        const QString path = m_folder.filePath(QStringLiteral("file"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        qputenv("LAVASCOPE_DATA_DIR", (path + QStringLiteral("/below")).toLocal8Bit());
        const HealthCheck check = named(lookAround(), "data_folder");
        QVERIFY(check.state == HealthCheck::State::Failed);
        QVERIFY(check.fix.contains(QStringLiteral("LAVASCOPE_DATA_DIR")));
        QVERIFY(!isHealthy({check}));
        QVERIFY(file.remove());
    }

    void proxy_isNamedWithoutItsPassword() {
        qputenv("https_proxy", "http://somebody:CANARYcanary@proxy.example:3128");
        const HealthCheck check = named(lookAround(), "proxy");
        QVERIFY2(check.detail.contains(QStringLiteral("proxy.example:3128")), qPrintable(check.detail));
        QVERIFY(check.detail.contains(QStringLiteral("https_proxy")));
        QVERIFY(!check.detail.contains(QStringLiteral("CANARY")));
        QVERIFY(!check.detail.contains(QStringLiteral("somebody")));
    }

    void deletedInTheMiddle_endsQuietly() {
        Workbench workbench;
        auto doctor = std::make_unique<Doctor>(workbench);
        doctor->start(Doctor::Network::LeftAlone);
        QCoreApplication::processEvents();
        doctor.reset();
        QCoreApplication::processEvents();
    }

private:
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestDoctor)
#include "tst_doctor.moc"
