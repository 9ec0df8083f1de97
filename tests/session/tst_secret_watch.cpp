// SPDX-License-Identifier: MIT
#include "gui/played_call.h"
#include "session/secret_watch.h"

#include <QDeadlineTimer>
#include <QTest>

using namespace lavascope;
using namespace lavascope::fault;
using Seen = SecretWatch::Seen;

namespace {

constexpr int patience = 30'000;

/// Megabytes in which nothing looks like a secret, as text of an answer.
QByteArray harmless(int megabytes) {
    const QByteArray event = textEvent(QByteArray(900, 'w'));
    return event.repeated(megabytes * 1'000'000 / int(event.size()));
}

Seen lookThrough(SecretWatch& watch) {
    Seen seen = Seen::NotAll;
    while (seen == Seen::NotAll)
        seen = watch.lookOn(QDeadlineTimer(0));
    return seen;
}

} // namespace

class TestSecretWatch : public QObject {
    Q_OBJECT

private:
    void play(const QByteArray& body) {
        m_server = std::make_unique<FaultServer>(FaultScript{say(streamHead() + body + openAiEnd), fin()});
        m_run = callTo(m_workbench, *m_server);
        QTRY_VERIFY_WITH_TIMEOUT(m_run->isDone(), patience);
        QVERIFY(m_run->succeeded());
    }

    Workbench m_workbench;
    std::unique_ptr<FaultServer> m_server;
    std::unique_ptr<Run> m_run;

private Q_SLOTS:
    void cleanup() {
        m_run.reset();
        m_server.reset();
    }

    void secretAnywhere_isSeen_data() {
        QTest::addColumn<QByteArray>("secret");
        QTest::addColumn<int>("before");
        QTest::addColumn<int>("after");
        const QByteArray sent = "aks_test_gui_0000_CANARY";
        const QByteArray other = "sk-ant-abcdefghijklmnop";
        QTest::newRow("sent, at the beginning") << sent << 0 << 3;
        QTest::newRow("sent, in the middle") << sent << 2 << 2;
        QTest::newRow("sent, at the end") << sent << 3 << 0;
        QTest::newRow("of a known shape") << other << 1 << 1;
        QTest::newRow("sent, in base64") << QByteArray("secret: \\\"" + sent + "\\\"").toBase64() << 1 << 1;
    }
    void secretAnywhere_isSeen() {
        QFETCH(QByteArray, secret);
        QFETCH(int, before);
        QFETCH(int, after);
        play(harmless(before) + textEvent("it is " + secret) + harmless(after));
        SecretWatch watch(*m_run);
        QVERIFY(lookThrough(watch) == Seen::Some);
        QVERIFY(watch.lookOn(QDeadlineTimer(0)) == Seen::Some);
    }

    void secretAcrossTwoLooks_isSeen() {
        // Everywhere around the place where one look ends and the next begins.
        constexpr int lookSize = 256 * 1024;
        const int head = int(textEvent({}).indexOf("\"content\":\"") + 11);
        for (const int place : {lookSize - 30, lookSize - 12, lookSize - 1, lookSize}) {
            play(textEvent(QByteArray(place - head, 'w') + " aks_test_gui_0000_CANARY " +
                           QByteArray(lookSize, 'w')));
            SecretWatch watch(*m_run);
            QVERIFY2(lookThrough(watch) == Seen::Some, qPrintable(QString::number(place)));
        }
    }

    void harmlessAnswer_isLookedThroughInShortSteps() {
        play(harmless(8));
        SecretWatch watch(*m_run);
        int steps = 0;
        while (watch.lookOn(QDeadlineTimer(0)) == Seen::NotAll)
            ++steps;
        QVERIFY2(steps > 20, qPrintable(QString::number(steps)));
        QVERIFY(watch.lookOn(QDeadlineTimer(0)) == Seen::None);
    }

    void answerThatGrows_isLookedAtOn() {
        m_server = std::make_unique<FaultServer>(
            FaultScript{say(streamHead() + textEvent("harmless")), gate(),
                        say(textEvent("sk-ant-abcdefghijklmnop") + openAiEnd), fin()});
        m_run = callTo(m_workbench, *m_server);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->reader().eventCount(), qsizetype(1), patience);
        SecretWatch watch(*m_run);
        QVERIFY(watch.lookOn(QDeadlineTimer(0)) == Seen::None);
        m_server->openGate();
        QTRY_VERIFY_WITH_TIMEOUT(m_run->isDone(), patience);
        QVERIFY(watch.lookOn(QDeadlineTimer(0)) == Seen::Some);
    }

    void runBeforeItsFirstAttempt_holdsNothing() {
        m_server = std::make_unique<FaultServer>(FaultScript{hang()});
        m_run = callTo(m_workbench, *m_server);
        SecretWatch watch(*m_run);
        QVERIFY(watch.lookOn(QDeadlineTimer(0)) == Seen::None);
    }
};

QTEST_GUILESS_MAIN(TestSecretWatch)
#include "tst_secret_watch.moc"
