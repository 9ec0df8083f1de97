// SPDX-License-Identifier: MIT
#include "gui/link_question.h"
#include "gui/shown.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QTest>

using namespace lavascope;

/// Takes the place of the browser.
class Browser : public QObject {
    Q_OBJECT

public:
    Browser() {
        for (const char* scheme : {"http", "https", "file", "javascript"})
            QDesktopServices::setUrlHandler(QLatin1String(scheme), this, "open");
    }
    ~Browser() override {
        for (const char* scheme : {"http", "https", "file", "javascript"})
            QDesktopServices::unsetUrlHandler(QLatin1String(scheme));
    }
    QList<QUrl> opened;

public Q_SLOTS:
    void open(const QUrl& url) { opened.append(url); }
};

class TestLinkQuestion : public QObject {
    Q_OBJECT

private:
    QMessageBox* ask(const QString& address) {
        askAboutLink(m_window.get(), address);
        auto* box = m_window->findChild<QMessageBox*>(QStringLiteral("linkQuestion"));
        Q_ASSERT(box);
        return box;
    }

    std::unique_ptr<QWidget> m_window;
    std::unique_ptr<Browser> m_browser;

private Q_SLOTS:
    void init() {
        m_window = std::make_unique<QWidget>();
        m_window->show();
        m_browser = std::make_unique<Browser>();
    }
    void cleanup() {
        m_window.reset();
        m_browser.reset();
    }

    void webAddress_isOpenedOnlyByItsButton() {
        QMessageBox* box = ask(QStringLiteral("https://x.example/a?b=1#c"));
        QCOMPARE(box->textFormat(), Qt::PlainText);
        QVERIFY(box->text().contains(QStringLiteral("x.example")));
        QCOMPARE(box->defaultButton(), box->button(QMessageBox::Cancel));
        QCOMPARE(m_browser->opened, QList<QUrl>());
        box->findChild<QPushButton*>(QStringLiteral("openLink"))->click();
        QCOMPARE(m_browser->opened, QList<QUrl>{QUrl(QStringLiteral("https://x.example/a?b=1#c"))});
    }

    void cancelling_opensNothing() {
        ask(QStringLiteral("https://x.example"))->button(QMessageBox::Cancel)->click();
        QCOMPARE(m_browser->opened, QList<QUrl>());
    }

    void disguisedHost_isShownAsItIs() {
        const QString address = QStringLiteral("https://ex\u0430mple.com/login");
        QMessageBox* box = ask(address);
        QVERIFY(box->text().contains(QStringLiteral("xn--exmple-4nf.com")));
        QVERIFY(box->text().contains(QStringLiteral("Take care")));
        QCOMPARE(box->icon(), QMessageBox::Warning);
        box->findChild<QPushButton*>(QStringLiteral("copyLink"))->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), address);
        QCOMPARE(m_browser->opened, QList<QUrl>());
    }

    void anythingElse_canOnlyBeCopied_data() {
        QTest::addColumn<QString>("address");
        QTest::newRow("file") << QStringLiteral("file:///etc/passwd");
        QTest::newRow("script") << QStringLiteral("javascript:alert(1)");
        QTest::newRow("bidi") << QStringLiteral("https://x.example/\u202Efdp.exe");
        QTest::newRow("relative") << QStringLiteral("page.html");
        QTest::newRow("markup") << QStringLiteral("<img src=file:///etc/passwd>");
    }
    void anythingElse_canOnlyBeCopied() {
        QFETCH(QString, address);
        QMessageBox* box = ask(address);
        QVERIFY(!box->findChild<QPushButton*>(QStringLiteral("openLink")));
        QVERIFY(!box->text().contains(QChar(0x202E)));
        box->findChild<QPushButton*>(QStringLiteral("copyLink"))->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), address);
        QCOMPARE(m_browser->opened, QList<QUrl>());
    }

    void endlessAddress_isShownByItsBeginning() {
        QVERIFY(ask(QStringLiteral("https://x.example/") + QString(100'000, u'a'))->text().size() < 1000);
    }
};

QTEST_MAIN(TestLinkQuestion)
#include "tst_link_question.moc"
