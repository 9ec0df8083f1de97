// SPDX-License-Identifier: MIT
// Against the real key store: on Linux tests/support/with_key_store starts one for this program alone.
#include "session/key_ring.h"

#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>

using namespace lavascope;

namespace {

const QByteArray canary = "aks_live_CANARYcanary0123456789";
constexpr int patience = 20'000;

/// Waits for one answer of the ring.
template <typename Answer>
class Waiting {
public:
    auto taker() {
        return [this](const Answer& answer) {
            ++m_answers;
            m_answer = answer;
        };
    }
    [[nodiscard]] bool arrived() {
        return QTest::qWaitFor([this] { return m_answers > 0; }, patience);
    }
    [[nodiscard]] const Answer& answer() const { return *m_answer; }
    [[nodiscard]] int answers() const { return m_answers; }

private:
    std::optional<Answer> m_answer;
    int m_answers = 0;
};

using Kept = Waiting<Result<KeyRing::Kept>>;
using Read = Waiting<Result<Secret>>;
using Gone = Waiting<Result<void>>;

} // namespace

class TestKeyRing : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

private Q_SLOTS:
    void rememberedKey_isThereForTheNextProgram_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("plain") << QStringLiteral("shop");
        QTest::newRow("with blanks") << QStringLiteral("the old shop");
        QTest::newRow("unicode") << QStringLiteral("Bücher 日本 😀");
    }
    void rememberedKey_isThereForTheNextProgram() {
        QFETCH(QString, name);
        {
            KeyRing ring(m_folder.path());
            Kept kept;
            ring.remember(name, QStringLiteral("a note"), Secret(canary), kept.taker());
            QVERIFY(kept.arrived());
            QVERIFY2(kept.answer().has_value(),
                     qPrintable(kept.answer() ? QString() : kept.answer().error().message));
            QVERIFY2(kept.answer()->place == KeyRing::Place::KeyStore, qPrintable(kept.answer()->reason));
        }
        KeyRing ring(m_folder.path());
        const Profile* profile = ring.profileNamed(name);
        QVERIFY(profile);
        QCOMPARE(profile->environment, QStringLiteral("live"));
        QCOMPARE(profile->note, QStringLiteral("a note"));
        Read read;
        ring.secretOf(profile->id, read.taker());
        QVERIFY(read.arrived());
        QVERIFY(read.answer().has_value());
        QCOMPARE(read.answer()->reveal(), canary);
    }

    void withoutAFolderForItsName_keyDoesNotGoToTheStore() {
        const Error noFolder{
            QStringLiteral("data_folder_unusable"), QStringLiteral("There is no folder."), {}};
        KeyRing ring{tl::unexpected(noFolder)};
        QCOMPARE(ring.trouble(), noFolder.message);
        Kept kept;
        ring.remember(QStringLiteral("ghost"), {}, Secret(canary), kept.taker());
        QVERIFY(kept.arrived());
        QVERIFY(kept.answer()->place == KeyRing::Place::Memory);
        QCOMPARE(kept.answer()->reason, noFolder.message);
        const QString id = ring.profileNamed(QStringLiteral("ghost"))->id;
        Read inRing;
        ring.secretOf(id, inRing.taker());
        QVERIFY(inRing.arrived());
        QCOMPARE(inRing.answer()->reveal(), canary);
        SecretVault store(std::chrono::milliseconds{patience});
        Read inStore;
        store.read(id, inStore.taker());
        QVERIFY(inStore.arrived());
        QVERIFY(!inStore.answer());
        Gone gone;
        ring.forget(id, gone.taker());
        QVERIFY(gone.arrived());
        QVERIFY(gone.answer() && ring.profiles().isEmpty());
    }

    void secondKey_doesNotReplaceTheFirst() {
        KeyRing ring(m_folder.path());
        Kept one;
        Kept two;
        ring.remember(QStringLiteral("one"), {}, Secret("aks_test_one"), one.taker());
        QVERIFY(one.arrived());
        ring.remember(QStringLiteral("two"), {}, Secret("aks_test_two"), two.taker());
        QVERIFY(two.arrived());
        Read read;
        ring.secretOf(ring.profileNamed(QStringLiteral("one"))->id, read.taker());
        QVERIFY(read.arrived());
        QCOMPARE(read.answer()->reveal(), QByteArray("aks_test_one"));
        QCOMPARE(ring.profileNamed(QStringLiteral("one"))->environment, QStringLiteral("test"));
    }

    void nameThatIsTaken_isRefused() {
        KeyRing ring(m_folder.path());
        const qsizetype before = ring.profiles().size();
        Kept kept;
        ring.remember(QStringLiteral("one"), {}, Secret(canary), kept.taker());
        QVERIFY(kept.arrived());
        QCOMPARE(kept.answer().error().code, QStringLiteral("profile_name_taken"));
        QCOMPARE(ring.profiles().size(), before);
    }

    void namesKeptByAnotherProgramMeanwhile_stay() {
        KeyRing window(m_folder.path());
        KeyRing commandLine(m_folder.path());
        Kept there;
        commandLine.remember(QStringLiteral("there"), {}, Secret("aks_test_there"), there.taker());
        QVERIFY(there.arrived());
        Kept here;
        window.remember(QStringLiteral("here"), {}, Secret("aks_test_here"), here.taker());
        QVERIFY(here.arrived());
        Gone gone;
        commandLine.forget(commandLine.profileNamed(QStringLiteral("one"))->id, gone.taker());
        QVERIFY(gone.arrived());
        KeyRing later(m_folder.path());
        QVERIFY(later.profileNamed(QStringLiteral("there")) && later.profileNamed(QStringLiteral("here")));
        QVERIFY(!later.profileNamed(QStringLiteral("one")));
        Kept again; // the tests after this one look for it
        later.remember(QStringLiteral("one"), {}, Secret("aks_test_one"), again.taker());
        QVERIFY(again.arrived());
    }

    void forgottenKey_isGoneFromTheStore() {
        QString id;
        {
            KeyRing ring(m_folder.path());
            id = ring.profileNamed(QStringLiteral("two"))->id;
            Gone gone;
            ring.forget(id, gone.taker());
            QVERIFY(gone.arrived());
            QVERIFY(gone.answer().has_value());
        }
        KeyRing ring(m_folder.path());
        QVERIFY(!ring.profileNamed(QStringLiteral("two")));
        Read read;
        ring.secretOf(id, read.taker());
        QVERIFY(read.arrived());
        QCOMPARE(read.answer().error().code, QStringLiteral("key_not_found"));
    }

#ifndef Q_OS_WIN // whose store answers at once, and asks nobody
    // As when the store asks its user, who is slow: the second try finds what the first one left.
    void keyThatWasNotTakenAwayAtFirst_canBeForgottenLater() {
        QString id;
        {
            KeyRing ring(m_folder.path());
            Kept kept;
            ring.remember(QStringLiteral("stubborn"), {}, Secret("aks_test_stubborn"), kept.taker());
            QVERIFY(kept.arrived());
            id = ring.profileNamed(QStringLiteral("stubborn"))->id;
        }
        {
            KeyRing hasty(m_folder.path(), std::chrono::milliseconds(0));
            Gone gone;
            hasty.forget(id, gone.taker());
            QVERIFY(gone.arrived());
            QCOMPARE(gone.answer().error().code, QStringLiteral("key_store_no_answer"));
        }
        KeyRing ring(m_folder.path());
        QVERIFY(ring.profileNamed(QStringLiteral("stubborn")));
        Gone gone;
        ring.forget(id, gone.taker());
        QVERIFY(gone.arrived());
        QVERIFY(gone.answer().has_value());
        QVERIFY(!KeyRing(m_folder.path()).profileNamed(QStringLiteral("stubborn")));
    }
#endif

    void keyTakenAwayByAnotherProgram_isSaid() {
        KeyRing ring(m_folder.path());
        const QString id = ring.profileNamed(QStringLiteral("one"))->id;
        SecretVault other;
        Gone gone;
        other.remove(id, gone.taker());
        QVERIFY(gone.arrived());
        Read read;
        ring.secretOf(id, read.taker());
        QVERIFY(read.arrived());
        QCOMPARE(read.answer().error().code, QStringLiteral("key_not_found"));
    }

    void keyOfAnyLength_upToTheLimitOfAnyStore() {
        SecretVault vault;
        Gone fits;
        vault.keep(QStringLiteral("long"), Secret(QByteArray(2560, 'k')), fits.taker());
        QVERIFY(fits.arrived());
        QVERIFY(fits.answer().has_value());
        Gone tooLong;
        vault.keep(QStringLiteral("longer"), Secret(QByteArray(2561, 'k')), tooLong.taker());
        QVERIFY(tooLong.arrived());
        QCOMPARE(tooLong.answer().error().code, QStringLiteral("secret_too_long"));
    }

#ifndef Q_OS_WIN
    // As when its user answers the store's question after we gave up waiting.
    void keyKeptTooLate_isTakenAwayAgain() {
        SecretVault hasty(std::chrono::milliseconds(0));
        const QString id = QStringLiteral("late");
        Gone kept;
        hasty.keep(id, Secret(canary), kept.taker());
        QVERIFY(kept.arrived());
        QCOMPARE(kept.answer().error().code, QStringLiteral("key_store_no_answer"));
        SecretVault patient;
        const auto isGone = [&] {
            Read read;
            patient.read(id, read.taker());
            return read.arrived() && !read.answer() &&
                   read.answer().error().code == QStringLiteral("key_not_found");
        };
        QTRY_VERIFY_WITH_TIMEOUT(isGone(), patience);
        QCOMPARE(kept.answers(), 1);
    }
#endif

    void noFileOfOurs_holdsTheKey() {
        int files = 0;
        QDirIterator all(m_folder.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (all.hasNext()) {
            QFile file(all.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray bytes = file.readAll();
            QVERIFY(!bytes.contains("CANARY") && !bytes.contains(canary.toBase64().left(20)));
#ifdef Q_OS_UNIX
            QCOMPARE(file.permissions() & (QFileDevice::ReadOther | QFileDevice::ReadGroup),
                     QFileDevice::Permissions());
#endif
            ++files;
        }
        QVERIFY(files > 0);
    }
};

QTEST_GUILESS_MAIN(TestKeyRing)
#include "tst_key_ring.moc"
