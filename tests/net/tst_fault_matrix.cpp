// SPDX-License-Identifier: MIT
// That docs/fault-matrix.md says nothing that no test proves: every test it names is there, and no row is
// left out.
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

namespace {

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString fileOf(const QString& program) {
    QDirIterator all(QStringLiteral(LAVASCOPE_SOURCE_DIR "/tests"), {program + QStringLiteral(".cpp")},
                     QDir::Files, QDirIterator::Subdirectories);
    return all.hasNext() ? all.next() : QString();
}

struct NamedTest {
    QString program;
    QString function;
};

QList<NamedTest> testsIn(const QString& text) {
    static const QRegularExpression name(QStringLiteral("`(tst_\\w+)\\.(\\w+)`"));
    QList<NamedTest> tests;
    for (auto match = name.globalMatch(text); match.hasNext();) {
        const QRegularExpressionMatch one = match.next();
        tests.append({one.captured(1), one.captured(2)});
    }
    return tests;
}

} // namespace

class TestFaultMatrix : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        m_matrix = QString::fromUtf8(contentOf(QStringLiteral(LAVASCOPE_SOURCE_DIR "/docs/fault-matrix.md")));
        QVERIFY(!m_matrix.isEmpty());
    }

    void everyRow_namesATest() {
        constexpr int rows = 36;
        int row = 0;
        const QStringList lines = m_matrix.split(QLatin1Char('\n'));
        for (const QString& line : lines) {
            if (!line.startsWith(QStringLiteral("| %1 |").arg(row + 1)))
                continue;
            ++row;
            QVERIFY2(!testsIn(line).isEmpty(), qPrintable(line));
        }
        QCOMPARE(row, rows);
    }

    void everyNamedTest_exists() {
        const QList<NamedTest> tests = testsIn(m_matrix);
        QVERIFY(!tests.isEmpty());
        for (const NamedTest& test : tests) {
            const QByteArray source = contentOf(fileOf(test.program));
            QVERIFY2(!source.isEmpty(), qPrintable(QStringLiteral("there is no ") + test.program));
            QVERIFY2(source.contains("void " + test.function.toLatin1() + "()"),
                     qPrintable(test.program + QStringLiteral(" has no ") + test.function));
        }
    }

    void everyNameInBackticks_isATestOrAFile() {
        // A name with a slip in it would otherwise be passed over.
        static const QRegularExpression quoted(QStringLiteral("`([^`]+)`"));
        for (auto match = quoted.globalMatch(m_matrix); match.hasNext();) {
            const QString name = match.next().captured(0);
            const QString path = QStringLiteral(LAVASCOPE_SOURCE_DIR "/") + name.mid(1, name.size() - 2);
            QVERIFY2(!testsIn(name).isEmpty() || QFile::exists(path), qPrintable(name));
        }
    }

private:
    QString m_matrix;
};

QTEST_GUILESS_MAIN(TestFaultMatrix)
#include "tst_fault_matrix.moc"
