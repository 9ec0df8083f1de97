// SPDX-License-Identifier: MIT
#include "app/opened_files.h"

#include <QFileOpenEvent>
#include <QTest>

class TestOpenedFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFileThatTheSystemNames_isOpened() {
        QFileOpenEvent event(QStringLiteral("/tmp/call.lavascope"));
        QVERIFY(QCoreApplication::sendEvent(&m_application, &event));
        QCOMPARE(m_opened, QStringList{QStringLiteral("/tmp/call.lavascope")});
    }

    void anAddressThatIsNoFile_isNotOpened() {
        QFileOpenEvent event(QUrl(QStringLiteral("https://example.com/call.lavascope")));
        QVERIFY(QCoreApplication::sendEvent(&m_application, &event));
        QCOMPARE(m_opened, QStringList());
    }

    void anyOtherEvent_isLeftAlone() {
        QEvent event(QEvent::User);
        QVERIFY(!m_files.eventFilter(&m_application, &event));
        QCOMPARE(m_opened, QStringList());
    }

    void cleanup() { m_opened.clear(); }

private:
    QStringList m_opened;
    QObject m_application; // stands for the QApplication, whose events are filtered in the same way
    lavascope::OpenedFiles m_files{&m_application, [this](const QString& path) { m_opened += path; }};
};

QTEST_GUILESS_MAIN(TestOpenedFiles)
#include "tst_opened_files.moc"
