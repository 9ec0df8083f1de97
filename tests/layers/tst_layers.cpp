// SPDX-License-Identifier: MIT
#include "layers/layer_check.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace {

/// A small house to break rules in.
class House {
public:
    House() {
        write(QStringLiteral("CMakeLists.txt"), "lavascope_room(core/base QT Core LIBS tl::expected)\n"
                                                "lavascope_room(core/token QT Core USES core/base)\n"
                                                "lavascope_room(net QT Core Network USES core/base)\n"
                                                "lavascope_room(session QT Core USES core/base net)\n"
                                                "lavascope_room(gui QT Widgets USES core/base session)\n");
    }

    void write(const QString& file, const QByteArray& text) const {
        const QString path = m_folder.path() + QStringLiteral("/src/") + file;
        QDir().mkpath(QFileInfo(path).path());
        QFile out(path);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(text);
    }

    [[nodiscard]] QStringList broken() const { return brokenRules(m_folder.path()); }

private:
    QTemporaryDir m_folder;
};

const QByteArray licence = "// SPDX-License-Identifier: MIT\n";

} // namespace

class TestLayers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ourOwnHouse_keepsEveryRule() {
        const QStringList broken = brokenRules(QStringLiteral(LAVASCOPE_SOURCE_DIR));
        QVERIFY2(broken.isEmpty(), qPrintable(broken.join(QLatin1Char('\n'))));
    }

    void brokenRule_isNamedInOneSentence_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("sentence");

        QTest::newRow("sideways") << "net/a.cpp" << licence + "#include \"gui/b.h\"\n"
                                  << "net/a.cpp includes \"gui/b.h\", but net may not use gui";
        QTest::newRow("up")
            << "core/base/a.h" << licence + "#include \"core/token/b.h\"\n"
            << "core/base/a.h includes \"core/token/b.h\", but core/base may not use core/token";
        QTest::newRow("through another") << "gui/a.cpp" << licence + "#include \"net/b.h\"\n"
                                         << "gui/a.cpp includes \"net/b.h\", but gui may not use net";
        QTest::newRow("without its room") << "net/a.cpp" << licence + "#include \"b.h\"\n"
                                          << "net/a.cpp includes \"b.h\" without its room";
        QTest::newRow("no room") << "attic/a.cpp" << licence
                                 << "attic/a.cpp lies in no room of the table in src/CMakeLists.txt";
        QTest::newRow("clock in core")
            << "core/base/a.cpp" << licence + "auto t = QDateTime::currentMSecsSinceEpoch();\n"
            << "core/base/a.cpp uses currentMSecsSinceEpoch, but core is pure: bytes in, values out";
        QTest::newRow("file in core")
            << "core/token/a.cpp" << licence + "QFile file;\n"
            << "core/token/a.cpp uses QFile, but core is pure: bytes in, values out";
        QTest::newRow("licence") << "net/a.cpp" << QByteArray("int a;\n")
                                 << "net/a.cpp does not begin with its licence line";
        QTest::newRow("too long") << "net/a.cpp" << licence + QByteArray(400, '\n')
                                  << "net/a.cpp has 401 lines: what second idea lives there?";
    }
    void brokenRule_isNamedInOneSentence() {
        QFETCH(QString, file);
        QFETCH(QByteArray, text);
        QFETCH(QString, sentence);
        const House house;
        QCOMPARE(house.broken(), QStringList());
        house.write(file, text);
        QCOMPARE(house.broken(), QStringList(sentence));
    }

    void tableThatLetsADoorSeeTheNetwork_isRefused() {
        const House house;
        house.write(QStringLiteral("CMakeLists.txt"),
                    "lavascope_room(net QT Core)\nlavascope_room(gui QT Widgets USES net)\n");
        QCOMPARE(house.broken(), QStringList(QStringLiteral(
                                     "the table lets gui use net, but a door sees session and core only")));
    }

    void missingTable_isNoSilentPass() {
        const QTemporaryDir empty;
        QCOMPARE(brokenRules(empty.path()),
                 QStringList(QStringLiteral("src/CMakeLists.txt holds no table of rooms")));
    }
};

QTEST_GUILESS_MAIN(TestLayers)
#include "tst_layers.moc"
