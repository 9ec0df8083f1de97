// SPDX-License-Identifier: MIT
// Help, Check for updates: what is said of each answer, and that nobody is asked unless the user wants it.
#include "gui/main_window.h"
#include "gui/shown.h"
#include "gui/update_dialog.h"
#include "session/workbench.h"
#include "support/fault_server.h"

#include <QAction>
#include <QApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QTest>
#include <QTimer>

using namespace lavascope;
using namespace lavascope::fault;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 60'000;

FaultScript release(const QByteArray& tag, const QByteArray& notes = "What is new",
                    const QByteArray& page = "https://127.0.0.1/release") {
    const QByteArray body =
        "{\"tag_name\":\"" + tag + "\",\"body\":\"" + notes + "\",\"html_url\":\"" + page + "\"}";
    return {say("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body),
            fin()};
}

} // namespace

class TestUpdateDialog : public QObject {
    Q_OBJECT

private:
    void open(const QList<FaultScript>& scripts) {
        m_server = std::make_unique<FaultServer>(FaultServer::Settings{.scripts = scripts});
        m_dialog = std::make_unique<UpdateDialog>(
            UpdateCheck::Settings{m_server->url("/latest"), QStringLiteral("1.0.0"), 15s});
        m_dialog->show();
        m_shown.emplace(*m_dialog);
        QVERIFY(m_shown->label("answer").contains(QStringLiteral("Asking 127.0.0.1")));
        QTRY_VERIFY_WITH_TIMEOUT(m_shown->find<QPushButton>("again")->isEnabled(), patience);
    }

    std::unique_ptr<FaultServer> m_server;
    std::unique_ptr<UpdateDialog> m_dialog;
    std::optional<Shown> m_shown;

private Q_SLOTS:
    void cleanup() {
        m_dialog.reset();
        m_server.reset();
    }

    void newestVersion_isSaidAndNothingElseIsOffered() {
        open({release("v1.0.0")});
        QCOMPARE(m_shown->label("answer"), QStringLiteral("✓ You have the newest version, 1.0.0."));
        QVERIFY(m_shown->isHidden("notes") && m_shown->isHidden("page"));
        QVERIFY(m_shown->label("privacy").contains(QStringLiteral("127.0.0.1")));
    }

    void newerVersion_isShownWithNotesAndItsPageBehindTheQuestion() {
        open({release("v1.1.0")});
        QCOMPARE(m_shown->label("answer"), QStringLiteral("▲ There is a newer version: 1.1.0."));
        QCOMPARE(m_shown->text("notes"), QStringLiteral("What is new"));
        QTest::keyClick(m_shown->find<QPushButton>("page"), Qt::Key_Space);
        auto* question = m_dialog->findChild<QMessageBox*>(QStringLiteral("linkQuestion"));
        QVERIFY(question);
        QVERIFY(question->text().contains(QStringLiteral("https://127.0.0.1/release")));
    }

    void notesOnOneEndlessLine_areBrokenIntoSome() {
        open({release("v1.1.0", QByteArray("\\u202E").repeated(20'000))});
        const QString notes = m_shown->text("notes");
        QCOMPARE(notes.count(QStringLiteral("<U+202E>").front()), 20'000);
        for (const QString& line : notes.split(QLatin1Char('\n')))
            QVERIFY(line.size() <= 2000);
    }

    void preReleaseAndOlderRelease_areSaidToBeSo() {
        open({release("1.1.0-rc.1"), release("0.9.0")});
        QCOMPARE(m_shown->label("answer"),
                 QStringLiteral("▲ There is a newer version to be tried out: 1.1.0-rc.1."));
        m_shown->find<QPushButton>("again")->click();
        QVERIFY(m_shown->isHidden("notes") && m_shown->isHidden("page"));
        QTRY_COMPARE_WITH_TIMEOUT(
            m_shown->label("answer"),
            QStringLiteral("✓ Your version 1.0.0 is newer than the latest release, 0.9.0."), patience);
        QCOMPARE(m_server->requests(), 2);
    }

    void hostileNotes_arePlainTextWithoutSecretsOrTricks() {
        open({release("1.1.0",
                      "<b>bold</b><img src='file:///etc/passwd'>\\u202Efdp.exe\\u0007\\n"
                      "aks_live_abcdefghij0123456789",
                      "https://evil.example/download")});
        const QString notes = m_shown->text("notes");
        QVERIFY(notes.contains(QStringLiteral("<b>bold</b><img")));
        QVERIFY(notes.contains(QStringLiteral("<U+202E>")));
        QVERIFY(!notes.contains(QChar(0x202E)) && !notes.contains(QChar(7)));
        QVERIFY2(!notes.contains(QStringLiteral("abcdefghij0123456789")), qPrintable(notes));
        QVERIFY(m_shown->isHidden("page"));
    }

    void failure_isSaidWithItsReasonAndCanBeAskedAgain() {
        open({{say("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"), fin()},
              {reset()},
              release("1.0.0")});
        QCOMPARE(m_shown->label("answer"), QStringLiteral("✕ The latest release could not be looked up."));
        QVERIFY(m_shown->label("detail").contains(QStringLiteral("404")));
        m_shown->find<QPushButton>("again")->click();
        QTRY_VERIFY_WITH_TIMEOUT(m_shown->find<QPushButton>("again")->isEnabled(), patience);
        QVERIFY(m_shown->label("answer").startsWith(QStringLiteral("✕")));
        m_shown->find<QPushButton>("again")->click();
        QTRY_VERIFY_WITH_TIMEOUT(m_shown->label("answer").startsWith(QStringLiteral("✓")), patience);
        QVERIFY(m_shown->isHidden("detail"));
    }

    void dialogThatIsClosedInTheMiddle_endsTheQuestion() {
        m_server = std::make_unique<FaultServer>(FaultScript{hang()});
        m_dialog = std::make_unique<UpdateDialog>(
            UpdateCheck::Settings{m_server->url("/latest"), QStringLiteral("1.0.0"), 15s});
        QTRY_COMPARE_WITH_TIMEOUT(m_server->requests(), 1, patience);
        m_dialog.reset();
        QTRY_COMPARE_WITH_TIMEOUT(m_server->openConnections(), 0, patience);
    }

    void everyWidget_hasANameAndPlainText() {
        open({release("1.1.0")});
        QCOMPARE(m_shown->nameless(), QStringList());
        QCOMPARE(m_shown->richLabels(), QStringList());
    }

    // The server is both the releases address and the proxy for everything else, so that no question to
    // anybody outside could go past it.
    void windowThatIsStarted_asksNobodyUntilTheUserDoes() {
        FaultServer outside(release("v0.0.1"));
        const QByteArray proxy = "http://127.0.0.1:" + QByteArray::number(outside.port());
        for (const char* name : {"http_proxy", "https_proxy", "all_proxy"})
            qputenv(name, proxy);
        qputenv("LAVASCOPE_UPDATES_URL", outside.url("/latest"));
        {
            Workbench workbench;
            MainWindow window(workbench);
            window.show();
            QVERIFY(QTest::qWaitForWindowExposed(&window));
            QCoreApplication::processEvents();
            outside.settle();
            QCOMPARE(outside.connections(), 0);

            // Now the user asks: the same server hears of it, so the silence before was no deafness.
            QTimer closer;
            QString answer;
            connect(&closer, &QTimer::timeout, &window, [&] {
                auto* dialog = qobject_cast<UpdateDialog*>(QApplication::activeModalWidget());
                if (!dialog || !dialog->findChild<QPushButton*>(QStringLiteral("again"))->isEnabled())
                    return;
                answer = dialog->findChild<QLabel*>(QStringLiteral("answer"))->text();
                dialog->accept();
            });
            closer.start(10ms);
            for (QAction* action : window.findChildren<QAction*>())
                if (action->text() == QStringLiteral("Check for &updates…"))
                    action->trigger();
            QVERIFY2(answer.contains(QStringLiteral("newer than the latest release, 0.0.1")),
                     qPrintable(answer));
            QCOMPARE(outside.requests(), 1);
        }
        for (const char* name : {"http_proxy", "https_proxy", "all_proxy", "LAVASCOPE_UPDATES_URL"})
            qunsetenv(name);
    }
};

QTEST_MAIN(TestUpdateDialog)
#include "tst_update_dialog.moc"
