// SPDX-License-Identifier: MIT
// A system with no key store at all, or with files that cannot be used.
#include "session/key_ring.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace lavascope;

namespace {

constexpr int patience = 30'000;

Result<KeyRing::Kept> remember(KeyRing& ring, const QString& name, const Secret& key) {
    std::optional<Result<KeyRing::Kept>> answer;
    ring.remember(name, {}, key, [&](const Result<KeyRing::Kept>& given) { answer = given; });
    (void)QTest::qWaitFor([&] { return answer.has_value(); }, patience);
    return answer.value_or(fail(QStringLiteral("test_no_answer"), QStringLiteral("no answer")));
}

Result<Secret> secretOf(KeyRing& ring, const QString& id) {
    std::optional<Result<Secret>> answer;
    ring.secretOf(id, [&](const Result<Secret>& given) { answer = given; });
    (void)QTest::qWaitFor([&] { return answer.has_value(); }, patience);
    return answer.value_or(fail(QStringLiteral("test_no_answer"), QStringLiteral("no answer")));
}

} // namespace

class TestKeyRingWithoutStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        qunsetenv("XDG_CURRENT_DESKTOP");
    }

    void key_staysInMemoryAndLeavesNothingOnDisk() {
        const QTemporaryDir folder;
        QString id;
        {
            KeyRing ring(folder.path());
            const Result<KeyRing::Kept> kept =
                remember(ring, QStringLiteral("shop"), Secret("aks_test_CANARYcanary"));
            QVERIFY2(kept.has_value(), qPrintable(kept ? QString() : kept.error().message));
            QVERIFY(kept->place == KeyRing::Place::Memory);
            QVERIFY(!kept->reason.isEmpty());
            id = ring.profileNamed(QStringLiteral("shop"))->id;
            QVERIFY(ring.placeOf(id) == KeyRing::Place::Memory);
            QCOMPARE(secretOf(ring, id)->reveal(), QByteArray("aks_test_CANARYcanary"));
        }
        QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
                 QStringList());
        KeyRing next(folder.path());
        QVERIFY(!next.profileNamed(QStringLiteral("shop")));
    }

    void keyOfAnEarlierSession_isSaidToBeOutOfReach() {
        const QTemporaryDir folder;
        const Profile profile{QStringLiteral("id-1"), QStringLiteral("shop"), QStringLiteral("live"), {}};
        QVERIFY(saveProfiles(folder.path(), {profile}));
        KeyRing ring(folder.path());
        const Result<Secret> key = secretOf(ring, profile.id);
        QVERIFY(!key);
        QVERIFY2(key.error().code.startsWith(QStringLiteral("key_store_")), qPrintable(key.error().code));
    }

    void keyThatCannotBeTakenAway_keepsItsName() {
        const QTemporaryDir folder;
        const Profile profile{QStringLiteral("id-1"), QStringLiteral("shop"), QStringLiteral("live"), {}};
        QVERIFY(saveProfiles(folder.path(), {profile}));
        KeyRing ring(folder.path());
        for (int tries = 1; tries <= 2; ++tries) {
            std::optional<Result<void>> gone;
            ring.forget(profile.id, [&](const Result<void>& given) { gone = given; });
            QTRY_VERIFY_WITH_TIMEOUT(gone.has_value(), patience);
            QVERIFY(!*gone);
            QVERIFY2(gone->error().code.startsWith(QStringLiteral("key_store_")),
                     qPrintable(gone->error().code));
            QVERIFY(gone->error().fix.contains(QStringLiteral("name stays")));
            QVERIFY(ring.profileNamed(profile.name));
            QVERIFY(KeyRing(folder.path()).profileNamed(profile.name));
        }
    }

    void keyOfThisSession_isForgottenWithItsName() {
        const QTemporaryDir folder;
        KeyRing ring(folder.path());
        QVERIFY(remember(ring, QStringLiteral("shop"), Secret("aks_test_CANARYcanary")));
        std::optional<Result<void>> gone;
        ring.forget(ring.profileNamed(QStringLiteral("shop"))->id,
                    [&](const Result<void>& given) { gone = given; });
        QTRY_VERIFY_WITH_TIMEOUT(gone.has_value(), patience);
        QVERIFY(gone->has_value());
        QVERIFY(ring.profiles().isEmpty());
    }

    void name_mustBeUsable_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("empty") << QString();
        QTest::newRow("blank around") << QStringLiteral(" shop");
        QTest::newRow("bidi") << QStringLiteral("sh\u202Eop");
        QTest::newRow("two lines") << QStringLiteral("a\nb");
        QTest::newRow("too long") << QString(65, QLatin1Char('x'));
        QTest::newRow("a key") << QStringLiteral("sk-ant-CANARYcanary");
    }
    void name_mustBeUsable() {
        QFETCH(QString, name);
        const QTemporaryDir folder;
        KeyRing ring(folder.path());
        const Result<KeyRing::Kept> kept = remember(ring, name, Secret("aks_test_x"));
        QCOMPARE(kept.error().code, QStringLiteral("profile_name_invalid"));
        QVERIFY(ring.profiles().isEmpty());
    }

    void noteThatHoldsAKey_isRefused() {
        const QTemporaryDir folder;
        KeyRing ring(folder.path());
        std::optional<Result<KeyRing::Kept>> kept;
        ring.remember(QStringLiteral("shop"), QStringLiteral("was aks_live_CANARYcanary"),
                      Secret("aks_test_x"), [&](const Result<KeyRing::Kept>& given) { kept = given; });
        QTRY_VERIFY(kept.has_value());
        QCOMPARE(kept->error().code, QStringLiteral("profile_note_invalid"));
        QVERIFY(ring.profiles().isEmpty());
    }

    void damagedList_isKeptAside_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("garbage") << QByteArray("\x00\xFF{{{", 5);
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("of a later version") << QByteArray(R"({"version":2,"profiles":[]})");
        QTest::newRow("nameless") << QByteArray(R"({"version":1,"profiles":[{"id":"x"}]})");
        QTest::newRow("cut") << QByteArray("{\"version\":1,\"profiles\":[");
    }
    void damagedList_isKeptAside() {
        QFETCH(QByteArray, bytes);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("profiles.json"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        file.close();
        KeyRing ring(folder.path());
        QVERIFY(!ring.trouble().isEmpty());
        QVERIFY(ring.profiles().isEmpty());
        QFile aside(path + QStringLiteral(".damaged"));
        QVERIFY(aside.open(QIODevice::ReadOnly));
        QCOMPARE(aside.readAll(), bytes);
    }

    void folderThatCannotBeWritten_losesNothingSilently() {
        KeyRing ring(QStringLiteral("/nonexistent/folder"));
        QVERIFY(ring.profiles().isEmpty());
        const Result<KeyRing::Kept> kept = remember(ring, QStringLiteral("shop"), Secret("aks_test_x"));
        QVERIFY(!kept || kept->place == KeyRing::Place::Memory);
    }
};

QTEST_GUILESS_MAIN(TestKeyRingWithoutStore)
#include "tst_key_ring_without_store.moc"
