// SPDX-License-Identifier: MIT
#include "app/private_process.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif
#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#endif

class TestPrivateProcess : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { lavascope::keepProcessPrivate(); }

    void memory_isNeverDumped() {
#ifdef Q_OS_UNIX
        rlimit limit{};
        QCOMPARE(::getrlimit(RLIMIT_CORE, &limit), 0);
        QCOMPARE(limit.rlim_cur, rlim_t(0));
        QCOMPARE(limit.rlim_max, rlim_t(0)); // nobody can raise it again
#endif
#ifdef Q_OS_LINUX
        QCOMPARE(::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0), 0);
#endif
    }

    void file_isForItsOwnerOnly() {
#ifdef Q_OS_UNIX
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("file")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther),
                 QFileDevice::Permissions());
#endif
    }
};

QTEST_GUILESS_MAIN(TestPrivateProcess)
#include "tst_private_process.moc"
