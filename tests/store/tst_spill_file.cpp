// SPDX-License-Identifier: MIT
// Room on disk that leaves no trace: what is in it, who can see it, and what happens when there is none.
#include "store/spill_file.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#endif

using namespace lavascope;

namespace {

constexpr qint64 kibi = 1024;

QByteArray pattern(qsizetype size, int seed) {
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = char(i * 31 + i / 251 + seed);
    return bytes;
}

QStringList filesIn(const QString& folder) {
    return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
}

#ifdef Q_OS_LINUX
qsizetype openFiles() {
    return QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::AllEntries | QDir::System).size();
}

/// Pages of mapped files that are in this program's memory, in KiB.
qint64 residentFilePages() {
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    qint64 pages = 0;
    for (const QByteArray& line : status.readAll().split('\n'))
        if (line.startsWith("RssFile:") || line.startsWith("RssShmem:"))
            pages += line.sliced(line.indexOf(':') + 1).trimmed().split(' ').first().toLongLong();
    return pages;
}
#endif

#ifdef Q_OS_UNIX
/// No file of this program can grow beyond a size, as if the disk were full.
class NoRoom {
public:
    explicit NoRoom(qint64 largestFile)
        : m_handler(std::signal(SIGXFSZ, SIG_IGN)) {
        getrlimit(RLIMIT_FSIZE, &m_before);
        rlimit limit = m_before;
        limit.rlim_cur = rlim_t(largestFile);
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    NoRoom(const NoRoom&) = delete;
    NoRoom& operator=(const NoRoom&) = delete;
    ~NoRoom() {
        setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }

private:
    rlimit m_before{};
    void (*m_handler)(int);
};
#endif

} // namespace

class TestSpillFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bytes_stayEqualAcrossManyFilesAndAfterLettingGo() {
        const QTemporaryDir folder;
        SpillFile spill({folder.path(), 64 * kibi});
        std::vector<QByteArrayView> kept;
        for (int i = 0; i < 200; ++i) {
            const Result<QByteArrayView> added = spill.add(pattern(1000 + i * 17, i));
            QVERIFY(added);
            kept.push_back(*added);
            spill.letGo();
        }
        for (int i = 0; i < 200; ++i)
            QCOMPARE(kept[size_t(i)].toByteArray(), pattern(1000 + i * 17, i));
    }

    void stretchLargerThanAFile_liesInOnePiece() {
        const QTemporaryDir folder;
        SpillFile spill({folder.path(), 64 * kibi});
        const QByteArray large = pattern(300 * kibi + 7, 1);
        const Result<QByteArrayView> added = spill.add(large);
        QVERIFY(added);
        QCOMPARE(added->toByteArray(), large);
    }

    void zeros_canBeWrittenAndAreKept() {
        const QTemporaryDir folder;
        SpillFile spill({folder.path(), 64 * kibi});
        QVERIFY(spill.add("odd"));
        const Result<char*> page = spill.addZeros(4096);
        QVERIFY(page);
        QCOMPARE(quintptr(*page) % alignof(std::max_align_t), quintptr(0));
        QCOMPARE(QByteArray(*page, 4096), QByteArray(4096, '\0'));
        const QByteArray written = pattern(4096, 3);
        std::copy(written.begin(), written.end(), *page);
        QVERIFY(spill.add("more"));
        spill.letGo();
        QCOMPARE(QByteArray(*page, 4096), written);
    }

    void nothing_isWrittenBeforeItIsNeeded() {
        const QTemporaryDir folder;
        const SpillFile spill({folder.path() + QStringLiteral("/missing"), 64 * kibi});
        QVERIFY(filesIn(folder.path()).isEmpty());
    }

    void files_haveNoNameWhileInUseAndAreClosedAtTheEnd() {
#ifdef Q_OS_LINUX
        const QTemporaryDir folder;
        const qsizetype before = openFiles();
        {
            SpillFile spill({folder.path(), 64 * kibi});
            for (int i = 0; i < 10; ++i)
                QVERIFY(spill.add(pattern(60 * kibi, i)));
            QVERIFY(openFiles() > before);
            QCOMPARE(filesIn(folder.path()), QStringList());
        }
        QCOMPARE(openFiles(), before);
#endif
    }

    void pagesLetGo_areNoLongerResident() {
#ifdef Q_OS_LINUX
        const QTemporaryDir folder;
        SpillFile spill({folder.path(), 32 * kibi * kibi});
        qint64 sum = 0;
        const qint64 atRest = residentFilePages();
        for (int i = 0; i < 64; ++i) {
            const Result<QByteArrayView> added = spill.add(pattern(256 * kibi, i));
            QVERIFY(added);
            for (char c : *added)
                sum += c;
        }
        QVERIFY(sum != 0);
        const qint64 afterReading = residentFilePages();
        QVERIFY(afterReading > atRest + 15 * kibi);
        spill.letGo();
        QVERIFY(residentFilePages() < atRest + kibi);
#endif
    }

    void partsReadAgainWhenAllHasCome_areLetGoToo() {
#ifdef Q_OS_LINUX
        const QTemporaryDir folder;
        SpillFile spill({folder.path(), kibi * kibi});
        std::vector<QByteArrayView> kept;
        for (int i = 0; i < 16; ++i) {
            const Result<QByteArrayView> added = spill.add(pattern(900 * kibi, i));
            QVERIFY(added);
            kept.push_back(*added);
            spill.letGo();
        }
        const qint64 atRest = residentFilePages();
        qint64 sum = 0;
        for (const QByteArrayView bytes : kept)
            for (char c : bytes)
                sum += c;
        QVERIFY(sum != 0);
        QVERIFY(residentFilePages() > atRest + 8 * kibi);
        spill.letGo();
        QVERIFY(residentFilePages() < atRest + kibi);
#endif
    }

    void missingFolder_isSaidWithoutItsPath() {
        const QTemporaryDir folder;
        SpillFile spill({folder.path() + QStringLiteral("/missing"), 64 * kibi});
        const Result<QByteArrayView> added = spill.add("bytes");
        QVERIFY(!added);
        QCOMPARE(added.error().code, QStringLiteral("spill_failed"));
        QVERIFY(!added.error().message.contains(folder.path()));
    }

    void fileThatCannotGrow_isAnErrorAndKeepsWhatItHas() {
#ifdef Q_OS_UNIX
        const QTemporaryDir folder;
        SpillFile spill({folder.path(), 64 * kibi});
        const Result<QByteArrayView> first = spill.add(pattern(50 * kibi, 1));
        QVERIFY(first);
        {
            const NoRoom noRoom(32 * kibi);
            const Result<QByteArrayView> inTheOpenFile = spill.add(pattern(10 * kibi, 2));
            QVERIFY(!inTheOpenFile);
            QCOMPARE(inTheOpenFile.error().code, QStringLiteral("spill_failed"));
            const Result<char*> inANewFile = spill.addZeros(40 * kibi);
            QVERIFY(!inANewFile);
        }
        QCOMPARE(first->toByteArray(), pattern(50 * kibi, 1));
        const Result<QByteArrayView> later = spill.add(pattern(10 * kibi, 3));
        QVERIFY(later);
        QCOMPARE(later->toByteArray(), pattern(10 * kibi, 3));
        QCOMPARE(first->toByteArray(), pattern(50 * kibi, 1));
        QCOMPARE(filesIn(folder.path()), QStringList());
#endif
    }

    void diskWithLittleRoom_isLeftAlone() {
        const QTemporaryDir folder;
        SpillFile spill({folder.path(), qint64(1) << 60});
        const Result<QByteArrayView> added = spill.add("bytes");
        QVERIFY(!added);
        QVERIFY(added.error().message.contains(QStringLiteral("too little is free")));
        QVERIFY(!added.error().fix.isEmpty());
    }

    void fullDisk_isAnErrorAndNoSignal() {
        const QString small = qEnvironmentVariable("LAVASCOPE_SMALL_DISK");
        if (small.isEmpty())
            QSKIP("no small disk can be made here");
        SpillFile spill({small, 512 * kibi});
        const Result<QByteArrayView> first = spill.add(pattern(100 * kibi, 1));
        QVERIFY2(first, first ? "" : qPrintable(first.error().message));
        QFile other(small + QStringLiteral("/other"));
        QVERIFY(other.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        while (other.write(QByteArray(4 * kibi, 'x')) > 0) {
        }
        const Result<QByteArrayView> second = spill.add(pattern(100 * kibi, 2));
        QVERIFY(!second);
        QCOMPARE(first->toByteArray(), pattern(100 * kibi, 1));
    }
};

QTEST_GUILESS_MAIN(TestSpillFile)
#include "tst_spill_file.moc"
