// SPDX-License-Identifier: MIT
// That docs/stream-cases.md says nothing that no test proves: every stored answer, test and row of a test
// that it names is there, no case is left out, and no stored answer is there for nothing.
#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QTest>

namespace {

const QString root = QStringLiteral(LAVASCOPE_SOURCE_DIR "/");

QString contentOf(const QString& path) {
    QFile file(root + path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QString sourceOf(const QString& program) {
    static QHash<QString, QString> known;
    if (known.contains(program))
        return known.value(program);
    QDirIterator all(root + QStringLiteral("tests"), {program + QStringLiteral(".cpp")}, QDir::Files,
                     QDirIterator::Subdirectories);
    const QString source = all.hasNext() ? contentOf(all.next().mid(root.size())) : QString();
    known.insert(program, source);
    return source;
}

/// What stands between backticks.
QStringList namesIn(const QString& text) {
    static const QRegularExpression quoted(QStringLiteral("`([^`]+)`"));
    QStringList names;
    for (auto match = quoted.globalMatch(text); match.hasNext();)
        names.append(match.next().captured(1));
    return names;
}

bool isStoredAnswer(const QString& name) {
    return QFile::exists(root + QStringLiteral("tests/fixtures/streams/%1.expect.json").arg(name));
}

/// `tst_x.function`, or `tst_x "name of a row"`.
bool isTest(const QString& name) {
    static const QRegularExpression function(QStringLiteral("^(tst_\\w+)\\.(\\w+)$"));
    static const QRegularExpression row(QStringLiteral("^(tst_\\w+) (\".+\")$"));
    if (const auto match = function.match(name); match.hasMatch())
        return sourceOf(match.captured(1)).contains(QStringLiteral("void %1()").arg(match.captured(2)));
    if (const auto match = row.match(name); match.hasMatch())
        return sourceOf(match.captured(1)).contains(match.captured(2));
    return false;
}

bool isProof(const QString& name) {
    return isStoredAnswer(name) || isTest(name);
}

/// The cells of a row of a table; none for any other line.
QStringList cellsOf(const QString& line) {
    if (!line.startsWith(QLatin1String("| ")))
        return {};
    QStringList cells = line.mid(2).chopped(2).split(QStringLiteral(" | "));
    return cells;
}

} // namespace

class TestStreamCases : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        const QString document = contentOf(QStringLiteral("docs/stream-cases.md"));
        QVERIFY(!document.isEmpty());
        for (const QString& line : document.split(QLatin1Char('\n')))
            if (const QStringList cells = cellsOf(line); !cells.isEmpty())
                m_rows.append(cells);
    }

    void everyCase_hasItsProof() {
        QStringList cases;
        for (const QStringList& cells : m_rows) {
            static const QRegularExpression number(QStringLiteral("^[0-9]+b?$"));
            if (!number.match(cells.first()).hasMatch())
                continue;
            cases.append(cells.first());
            QVERIFY2(!namesIn(cells.last()).isEmpty(), qPrintable(cells.join(QStringLiteral(" | "))));
        }
        QStringList all;
        for (int number = 1; number <= 38; ++number)
            all.append(QString::number(number));
        all.insert(8, QStringLiteral("8b"));
        QCOMPARE(cases, all);
    }

    void everyProofThatIsNamed_exists() {
        int proofs = 0;
        for (const QStringList& cells : m_rows)
            for (const QString& name : namesIn(cells.last())) {
                QVERIFY2(isProof(name), qPrintable(name));
                ++proofs;
            }
        QVERIFY(proofs > 200);
    }

    void everyCaseOfTheWebPlatformTests_isARow() {
        const QStringList cases = {QStringLiteral("bom"),
                                   QStringLiteral("bom-2"),
                                   QStringLiteral("comments"),
                                   QStringLiteral("data-before-final-empty-line"),
                                   QStringLiteral("field-data"),
                                   QStringLiteral("field-event"),
                                   QStringLiteral("field-event-empty"),
                                   QStringLiteral("field-id"),
                                   QStringLiteral("field-id-2"),
                                   QStringLiteral("field-id-3"),
                                   QStringLiteral("field-id-null"),
                                   QStringLiteral("field-parsing"),
                                   QStringLiteral("field-retry"),
                                   QStringLiteral("field-retry-bogus"),
                                   QStringLiteral("field-retry-empty"),
                                   QStringLiteral("field-unknown"),
                                   QStringLiteral("leading-space"),
                                   QStringLiteral("mime-bogus"),
                                   QStringLiteral("mime-trailing-semicolon"),
                                   QStringLiteral("mime-valid-bogus"),
                                   QStringLiteral("newlines"),
                                   QStringLiteral("null-character"),
                                   QStringLiteral("utf-8"),
                                   QStringLiteral("event-data")};
        const QString sources =
            sourceOf(QStringLiteral("tst_sse_parser")) + sourceOf(QStringLiteral("tst_stream_reader"));
        for (const QString& name : cases)
            QVERIFY2(sources.contains(QStringLiteral("\"wpt %1\"").arg(name)), qPrintable(name));
    }

private:
    QList<QStringList> m_rows;
};

QTEST_GUILESS_MAIN(TestStreamCases)
#include "tst_stream_cases.moc"
