// SPDX-License-Identifier: MIT
#include "session/thread_loops.h"

#include <QAbstractEventDispatcher>
#include <QTest>
#include <QThread>

using namespace lavascope;

class tst_ThreadLoops : public QObject { // NOLINT(readability-identifier-naming)
    Q_OBJECT

private Q_SLOTS:
    void threadsStartedLater_runWithoutGlib() {
        preferLightThreadLoops();
        QThread thread;
        thread.start();
        QTRY_VERIFY(thread.eventDispatcher());
        const QByteArray loop = thread.eventDispatcher()->metaObject()->className();
        thread.quit();
        thread.wait();
        QVERIFY2(!loop.contains("Glib"), loop.constData());
    }

    void whoSaysOtherwise_isHeard() {
        qputenv("QT_NO_THREADED_GLIB", "");
        preferLightThreadLoops();
        QCOMPARE(qgetenv("QT_NO_THREADED_GLIB"), QByteArray(""));
    }
};

QTEST_GUILESS_MAIN(tst_ThreadLoops)
#include "tst_thread_loops.moc"
