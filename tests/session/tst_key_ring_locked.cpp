// SPDX-License-Identifier: MIT
// A key store that asks somebody to unlock it, when nobody is there: tests/support/with_key_store --locked.
#include "session/key_ring.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace lavascope;
using namespace std::chrono_literals;

class TestKeyRingLocked : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lockedStore_isGivenUpAndNothingIsWritten() {
        const QTemporaryDir folder;
        KeyRing ring(folder.path(), 500ms);
        std::optional<Result<KeyRing::Kept>> kept;
        int answers = 0;
        ring.remember(QStringLiteral("shop"), {}, Secret("aks_test_CANARYcanary"), [&](const auto& given) {
            kept = given;
            ++answers;
        });
        QTRY_VERIFY_WITH_TIMEOUT(kept.has_value(), 30'000);
        QVERIFY(kept->has_value());
        QVERIFY((*kept)->place == KeyRing::Place::Memory);
        QVERIFY2(!(*kept)->reason.isEmpty(), qPrintable((*kept)->reason));
        QCOMPARE(answers, 1);
        QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
                 QStringList());
    }
};

QTEST_GUILESS_MAIN(TestKeyRingLocked)
#include "tst_key_ring_locked.moc"
