// SPDX-License-Identifier: MIT
// What the program says it was made of, and the script that finds the commit out.
#include "core/base/build_facts.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace lavascope;

class TestBuildFacts : public QObject {
    Q_OBJECT

private:
    QString path(const char* name) const { return m_folder->filePath(QLatin1String(name)); }

    bool run(const QString& program, const QStringList& words, const QString& commit = {}) {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.remove(QStringLiteral("LAVASCOPE_COMMIT"));
        if (!commit.isEmpty())
            environment.insert(QStringLiteral("LAVASCOPE_COMMIT"), commit);
        process.setProcessEnvironment(environment);
        process.start(program, words);
        return process.waitForFinished() && process.exitCode() == 0;
    }
    bool git(const QString& words) {
        return run(QStringLiteral("git"),
                   QStringList{QStringLiteral("-C"), path("source"), QStringLiteral("-c"),
                               QStringLiteral("user.name=t"), QStringLiteral("-c"),
                               QStringLiteral("user.email=t@localhost")} +
                       words.split(QLatin1Char(' ')));
    }
    void write(const char* name, const QByteArray& bytes) {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }
    /// What the script writes for the folder `source`.
    QString header(const QString& commit = {}) {
        const bool ran =
            run(QStringLiteral("cmake"),
                {QStringLiteral("-DSOURCE=") + path("source"), QStringLiteral("-DOUT=") + path("out.h"),
                 QStringLiteral("-P"), path("source/cmake/WriteCommit.cmake")},
                commit);
        QFile file(path("out.h"));
        return ran && file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }

    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init() {
        for (const char* tool : {"git", "cmake"})
            if (QStandardPaths::findExecutable(QLatin1String(tool)).isEmpty())
                QSKIP("the script needs git and cmake, which a computer that only runs tests need not have");
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("source/cmake")));
        const QString from = QStringLiteral(LAVASCOPE_SOURCE_DIR "/cmake/");
        for (const char* name : {"WriteCommit.cmake", "commit.txt"})
            QVERIFY(QFile::copy(from + QLatin1String(name), path("source/cmake/") + QLatin1String(name)));
    }

    void facts_areOfThisBuild() {
        const BuildFacts facts = buildFacts();
        QCOMPARE(facts.version, QStringLiteral(LAVASCOPE_VERSION));
        static const QRegularExpression commit(QStringLiteral("^([0-9a-f]{7,12}|unknown)$"));
        QVERIFY2(commit.match(facts.commit).hasMatch(), qPrintable(facts.commit));
        QVERIFY(facts.compiler.contains(QRegularExpression(QStringLiteral("^[A-Za-z]+ [0-9]"))));
        QVERIFY(!facts.buildType.contains(QLatin1Char('$')));
    }

    void changes_areToldInWords() {
        QCOMPARE(commitText({{}, QStringLiteral("abc"), false, {}, {}}), QStringLiteral("abc"));
        QCOMPARE(commitText({{}, QStringLiteral("abc"), true, {}, {}}), QStringLiteral("abc, with changes"));
    }

    void sourcesWithoutGit_haveNoCommit() { QVERIFY(header().contains(QStringLiteral("\"unknown\""))); }

    void archive_tellsTheCommitItWasMadeFrom() {
        write("source/cmake/commit.txt", "0123456789abcdef0123456789abcdef01234567\n");
        QVERIFY(header().contains(QStringLiteral("\"0123456789ab\"")));
    }

    void environment_comesBeforeEverything() {
        write("source/cmake/commit.txt", "0123456789abcdef0123456789abcdef01234567\n");
        QVERIFY(header(QStringLiteral("feedbee")).contains(QStringLiteral("\"feedbee\"")));
        QVERIFY(header(QStringLiteral("\"; evil")).contains(QStringLiteral("\"unknown\"")));
    }

    void clone_tellsItsCommitAndWhetherFilesWereChanged() {
        QVERIFY(git(QStringLiteral("init -q")));
        QVERIFY(git(QStringLiteral("add .")) && git(QStringLiteral("commit -q -m one")));
        const QString clean = header();
        QVERIFY2(clean.contains(QRegularExpression(QStringLiteral("\"[0-9a-f]{12}\""))), qPrintable(clean));
        QVERIFY(clean.contains(QStringLiteral("IS_DIRTY false")));
        write("source/new.txt", "lies there, and is not built");
        QCOMPARE(header(), clean);
        write("source/cmake/commit.txt", "$Format:%H$ changed\n");
        QCOMPARE(header(),
                 QString(clean).replace(QStringLiteral("IS_DIRTY false"), QStringLiteral("IS_DIRTY true")));
    }

    void worktree_tellsItsOwnCommit() {
        QVERIFY(git(QStringLiteral("init -q")));
        QVERIFY(git(QStringLiteral("add .")) && git(QStringLiteral("commit -q -m one")));
        const QString first = header();
        QVERIFY(git(QStringLiteral("worktree add -q ../tree")));
        QVERIFY(git(QStringLiteral("commit -q --allow-empty -m two")));
        QVERIFY(header() != first);
        QVERIFY(run(QStringLiteral("cmake"),
                    {QStringLiteral("-DSOURCE=") + path("tree"), QStringLiteral("-DOUT=") + path("out.h"),
                     QStringLiteral("-P"), path("tree/cmake/WriteCommit.cmake")}));
        QFile file(path("out.h"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(QString::fromUtf8(file.readAll()), first);
    }

    void sameCommit_leavesTheFileUntouched() {
        header();
        QFile file(path("out.h"));
        QVERIFY(file.open(QIODevice::ReadWrite));
        const QDateTime old = QDateTime::fromSecsSinceEpoch(1'000'000'000);
        QVERIFY(file.setFileTime(old, QFileDevice::FileModificationTime));
        file.close();
        header();
        QCOMPARE(QFileInfo(path("out.h")).lastModified(), old);
        header(QStringLiteral("feedbee"));
        QVERIFY(QFileInfo(path("out.h")).lastModified() != old);
    }
};

QTEST_GUILESS_MAIN(TestBuildFacts)
#include "tst_build_facts.moc"
