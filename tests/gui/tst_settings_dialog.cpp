// SPDX-License-Identifier: MIT
#include "gui/retry_settings.h"
#include "gui/settings_dialog.h"
#include "gui/shown.h"
#include "session/workbench.h"

#include <QApplication>
#include <QDialog>
#include <QDoubleSpinBox>
#include <QTest>
#include <QTimer>

using namespace lavascope;
using namespace std::chrono_literals;

class TestSettingsDialog : public QObject {
    Q_OBJECT

private:
    // The dialog is modal: what is to be done in it is done from the event loop.
    static bool editWith(Workbench& workbench, const std::function<void(QDialog&)>& work) {
        QTimer::singleShot(0, qApp,
                           [work] { work(*qobject_cast<QDialog*>(QApplication::activeModalWidget())); });
        return editSettings(workbench, nullptr);
    }

private Q_SLOTS:
    void retries_areKept() {
        Workbench workbench;
        QVERIFY(editWith(workbench, [](QDialog& dialog) {
            const Shown shown(dialog);
            shown.find<QDoubleSpinBox>("retryBase")->setValue(2.5);
            shown.find<QSpinBox>("retryCap")->setValue(120);
            shown.find<QSpinBox>("retryMost")->setValue(9);
            dialog.accept();
        }));
        const RetrySettings kept = retrySettings(workbench);
        QCOMPARE(kept.base, 2500ms);
        QCOMPARE(kept.cap, 120'000ms);
        QCOMPARE(kept.most, 9);
    }

    void cancelled_keepsNothing() {
        Workbench workbench;
        const RetrySettings before = retrySettings(workbench);
        QVERIFY(!editWith(workbench, [](QDialog& dialog) {
            Shown(dialog).find<QSpinBox>("retryMost")->setValue(13);
            dialog.reject();
        }));
        QCOMPARE(retrySettings(workbench).most, before.most);
    }

    void longestPause_isNeverShorterThanTheFirst() {
        Workbench workbench;
        editWith(workbench, [](QDialog& dialog) {
            const Shown shown(dialog);
            shown.find<QSpinBox>("retryCap")->setValue(1);
            shown.find<QDoubleSpinBox>("retryBase")->setValue(30.2);
            QCOMPARE(shown.find<QSpinBox>("retryCap")->value(), 31);
            dialog.reject();
        });
    }

    void whatIsOutOfBounds_countsAsNotSet_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QVariant>("value");
        QTest::newRow("no number") << QStringLiteral("retry/cap_seconds") << QVariant(QStringLiteral("soon"));
        QTest::newRow("negative") << QStringLiteral("retry/base_milliseconds") << QVariant(-1);
        QTest::newRow("for ever") << QStringLiteral("retry/cap_seconds") << QVariant(999'999);
        QTest::newRow("too many") << QStringLiteral("retry/most") << QVariant(1000);
        QTest::newRow("none") << QStringLiteral("retry/most") << QVariant(0);
    }
    void whatIsOutOfBounds_countsAsNotSet() {
        QFETCH(QString, key);
        QFETCH(QVariant, value);
        Workbench workbench;
        keepRetrySettings(workbench, {});
        workbench.setPreference(key, value);
        const RetrySettings usual;
        const RetrySettings read = retrySettings(workbench);
        QCOMPARE(read.base, usual.base);
        QCOMPARE(read.cap, usual.cap);
        QCOMPARE(read.most, usual.most);
    }

    void policy_neverTriesMoreOftenThanIsOffered() {
        QCOMPARE(retryPolicy({.most = 3}, 8).maxRetries, 3);
        QCOMPARE(retryPolicy({.most = 3}, -1).maxRetries, 0);
    }
};

QTEST_MAIN(TestSettingsDialog)
#include "tst_settings_dialog.moc"
