// SPDX-License-Identifier: MIT
#include "store/data_folder.h"
#include "store/preferences.h"
#include "store/recording_file.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace lavascope;

namespace {

#ifdef Q_OS_WIN // access lists say it there; Qt makes these bits up
constexpr QFileDevice::Permissions forOthers = {};
#else
constexpr auto forOthers = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther |
                           QFileDevice::WriteOther | QFileDevice::ExeOther;
#endif

void write(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), qint64(bytes.size()));
}

} // namespace

class TestStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void dataFolder_isForItsOwnerOnly() {
        const QTemporaryDir parent;
        qputenv("LAVASCOPE_DATA_DIR", parent.filePath(QStringLiteral("a folder/é")).toUtf8());
        const Result<QString> folder = dataFolder();
        QVERIFY(folder);
        QVERIFY(QFileInfo(*folder).isDir());
        QCOMPARE(QFileInfo(*folder).permissions() & forOthers, QFileDevice::Permissions());
    }

    void dataFolderThatCannotBe_isSaid() {
        const QTemporaryDir parent;
        const QString file = parent.filePath(QStringLiteral("file"));
        write(file, "x");
        qputenv("LAVASCOPE_DATA_DIR", (file + QStringLiteral("/below")).toUtf8());
        const Result<QString> folder = dataFolder();
        QVERIFY(!folder);
        QCOMPARE(folder.error().code, QStringLiteral("data_folder_unusable"));
    }

    void preferences_outliveTheProgramAndArePrivate() {
        const QTemporaryDir folder;
        {
            Preferences first(folder.path());
            first.setValue(QStringLiteral("view/theme"), QStringLiteral("dark"));
        }
        const Preferences second(folder.path());
        QCOMPARE(second.value(QStringLiteral("view/theme")).toString(), QStringLiteral("dark"));
        QCOMPARE(second.value(QStringLiteral("view/none"), 7).toInt(), 7);
        QCOMPARE(QFileInfo(folder.filePath(QStringLiteral("preferences.ini"))).permissions() & forOthers,
                 QFileDevice::Permissions());
    }

    void preferencesWithoutFolder_lastForThisRun() {
        Preferences preferences{QString()};
        preferences.setValue(QStringLiteral("a/b"), 1);
        QCOMPARE(preferences.value(QStringLiteral("a/b")).toInt(), 1);
    }

    void file_isReadUpToItsLimitAndNoFurther() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("body"));
        write(path, "12345");
        QCOMPARE(*readFile(path, 5), QByteArray("12345"));
        QCOMPARE(readFile(path, 4).error().code, QStringLiteral("file_too_large"));
        QCOMPARE(readFile(path + QStringLiteral("x"), 4).error().code, QStringLiteral("file_not_found"));
        QCOMPARE(readFile(folder.path(), 4).error().code, QStringLiteral("file_unreadable"));
    }

    void recording_isWrittenWholeOrNotAtAll() {
        const QTemporaryDir folder;
        Recording recording;
        recording.request.method = "POST";
        recording.request.url = "https://api.lava.so/v1/forward?u=x";
        recording.attempts.emplace_back();
        const QString path = folder.filePath(QStringLiteral("call.jsonl"));
        QVERIFY(saveRecording(path, redact(recording, {})));
        QCOMPARE(QFileInfo(path).permissions() & forOthers, QFileDevice::Permissions());
        const Result<Recording> read = readRecording(*readFile(path, 1 << 20));
        QVERIFY(read);
        QCOMPARE(read->request.url, recording.request.url);
        const Result<void> failed =
            saveRecording(folder.filePath(QStringLiteral("none/call.jsonl")), redact(recording, {}));
        QVERIFY(!failed);
        QCOMPARE(failed.error().code, QStringLiteral("file_not_written"));
    }
};

QTEST_GUILESS_MAIN(TestStore)
#include "tst_store.moc"
