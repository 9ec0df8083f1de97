// SPDX-License-Identifier: MIT
#include "cli/pty_pipe_name.h"

#include <QTest>

using namespace lavascope;

class TestPtyPipeName : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pipeOfATerminal_isOne_data() {
        QTest::addColumn<QString>("name");
        for (const char* name :
             {R"(\msys-1888ae32e00d56aa-pty0-to-master)", R"(\msys-DD50A72AB4668B33-pty12-from-master)",
              R"(\cygwin-c5e39b7a9d22bafb-pty1-to-master)", R"(\cygwin-c5e39b7a9d22bafb-pty1-to-master-nat)",
              R"(\msys-1888ae32e00d56aa-pty0-from-master-nat)"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void pipeOfATerminal_isOne() {
        QFETCH(const QString, name);
        QVERIFY(isPtyPipeName(name));
    }

    void anyOtherPipe_isNone_data() {
        QTest::addColumn<QString>("name");
        for (const char* name :
             {"", R"(\)", R"(\pipe-of-mine)", R"(msys-1888ae32e00d56aa-pty0-to-master)",
              R"(\msys-1888ae32e00d56aa-pty0-echoloop)", R"(\msys-1888ae32e00d56aa-pipe-0x2)",
              R"(\msys--pty0-to-master)", R"(\msys-1888ae32e00d56aa-pty-to-master)",
              R"(\msys-1888ae32e00d56aa-pty0-to-master-net)", R"(\other-1888ae32e00d56aa-pty0-to-master)",
              R"(\msys-xyz-pty0-to-master)", R"(\a\msys-1888ae32e00d56aa-pty0-to-master)",
              "\\msys-1888ae32e00d56aa-pty0-to-master\n"})
            QTest::newRow(*name ? name : "no name") << QString::fromLatin1(name);
    }
    void anyOtherPipe_isNone() {
        QFETCH(const QString, name);
        QVERIFY(!isPtyPipeName(name));
    }
};

QTEST_APPLESS_MAIN(TestPtyPipeName)
#include "tst_pty_pipe_name.moc"
