// SPDX-License-Identifier: MIT
// What the card of a failed call lets one do, in the window and with the built-in gateway.
#include "gui/appearance.h"
#include "gui/main_window.h"
#include "session/workbench.h"

#include <QApplication>
#include <QComboBox>
#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStatusBar>
#include <QTest>

using namespace lavascope;

namespace {

constexpr int patience = 20'000;

} // namespace

class RemediesTest : public QObject {
    Q_OBJECT

private:
    template <typename T>
    T* find(const char* name) const {
        T* found = m_window->findChild<T*>(QLatin1String(name));
        Q_ASSERT_X(found, "find", name);
        return found;
    }
    [[nodiscard]] QStringList offered() const {
        QStringList words;
        for (const QPushButton* button :
             find<QFrame>("diagnosis")->findChildren<QPushButton*>(QStringLiteral("remedy")))
            words += button->text();
        return words;
    }
    void pressRemedy(const QString& words) {
        for (QPushButton* button :
             find<QFrame>("diagnosis")->findChildren<QPushButton*>(QStringLiteral("remedy")))
            if (button->text() == words)
                return button->click();
        QFAIL(qPrintable(words + QStringLiteral(" is not offered, but ") +
                         offered().join(QStringLiteral(", "))));
    }
    void chooseProvider(const char* name) {
        auto* provider = find<QComboBox>("provider");
        provider->setCurrentIndex(provider->findText(QLatin1String(name)));
    }
    void sendAndFail() {
        QTest::keyClick(m_window.get(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(find<QPushButton>("send")->text(), QStringLiteral("Send"), patience);
        QTRY_VERIFY(find<QFrame>("diagnosis")->isVisible());
    }
    [[nodiscard]] QString said() const { return find<QLabel>("remedySaid")->text(); }

    std::unique_ptr<Workbench> m_workbench;
    std::unique_ptr<MainWindow> m_window;

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Theme::Light); }
    void init() {
        m_workbench = std::make_unique<Workbench>();
        m_window = std::make_unique<MainWindow>(*m_workbench);
        m_window->resize(1280, 800);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }
    void cleanup() {
        m_window.reset();
        m_workbench.reset();
    }

    void missingHeader_isAddedByAPressAndNothingIsSent() {
        chooseProvider("Anthropic");
        find<QPlainTextEdit>("headers")->clear();
        QVERIFY(m_workbench->sandbox().setFaults({QStringLiteral("400:times=1")}));
        sendAndFail();
        const qsizetype served = m_workbench->sandbox().log().size();
        pressRemedy(QStringLiteral("Add anthropic-version"));
        QCOMPARE(find<QPlainTextEdit>("headers")->toPlainText(),
                 QStringLiteral("anthropic-version: 2023-06-01\n"));
        QVERIFY(said().startsWith(QStringLiteral("Done; nothing was sent.")));
        QCOMPARE(m_workbench->sandbox().log().size(), served);
        // It is there already now.
        pressRemedy(QStringLiteral("Add anthropic-version"));
        QVERIFY(said().startsWith(QStringLiteral("The request has changed")));
    }

    void emptyWallet_isLookedUpOnlyWhenAsked() {
        m_workbench->sandbox().setMerchantBalanceMicros(0);
        sendAndFail();
        QVERIFY(said().isEmpty());
        const qsizetype served = m_workbench->sandbox().log().size();
        QCOMPARE(served, qsizetype(1));
        pressRemedy(QStringLiteral("Look up what is left"));
        QTRY_VERIFY_WITH_TIMEOUT(said().contains(QStringLiteral("The gateway knows this key.")), patience);
        QVERIFY2(said().contains(QStringLiteral("Left in the sandbox: $0")), qPrintable(said()));
        QVERIFY(!said().contains(QStringLiteral("aks_test_demo_key_0000")));
        QTRY_VERIFY(!find<QLabel>("remedySaid")->visibleRegion().isEmpty()); // it is scrolled to
    }

    void nextCall_forgetsWhatWasAsked() {
        m_workbench->sandbox().setMerchantBalanceMicros(0);
        sendAndFail();
        pressRemedy(QStringLiteral("Look up what is left"));
        m_workbench->sandbox().setMerchantBalanceMicros(1'000'000);
        QVERIFY(m_workbench->sandbox().setFaults({QStringLiteral("500:times=1")}));
        sendAndFail();
        QVERIFY(find<QLabel>("status")->text().contains(QStringLiteral("500")));
        QVERIFY(said().isEmpty());
        QVERIFY(!offered().contains(QStringLiteral("Look up what is left")));
    }

    void changedRequest_isNotSentByTheButtonOfTheOldOne() {
        QVERIFY(m_workbench->sandbox().setFaults({QStringLiteral("503:times=1")}));
        sendAndFail();
        const qsizetype served = m_workbench->sandbox().log().size();
        auto* url = find<QLineEdit>("providerUrl");
        const QString before = url->text();
        url->setText(before + QStringLiteral("?changed=1"));
        find<QPushButton>("retryNow")->click();
        QVERIFY2(said().startsWith(QStringLiteral("The request has changed since.")), qPrintable(said()));
        QCOMPARE(m_workbench->sandbox().log().size(), served);
        url->setText(before); // it is the same again
        find<QPushButton>("retryNow")->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_workbench->sandbox().log().size(), served + 1, patience);
    }

    void callUnderWay_isNotReplacedByAnother() {
        QVERIFY(m_workbench->sandbox().setFaults({QStringLiteral("hang")}));
        QTest::keyClick(m_window.get(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(find<QPushButton>("send")->text(), QStringLiteral("Stop"));
        QTest::keyClick(m_window.get(), Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(m_window->statusBar()->currentMessage().startsWith(QStringLiteral("A call is under way.")));
        QTest::keyClick(m_window.get(), Qt::Key_Escape);
        QTRY_COMPARE_WITH_TIMEOUT(find<QPushButton>("send")->text(), QStringLiteral("Send"), patience);
        QVERIFY(m_workbench->sandbox().log().size() <= 1); // it is told of when the caller has gone
    }

    void retriesChosenForPlayMoney_endWithIt() {
        auto* retries = m_window->findChild<QSpinBox*>(QStringLiteral("retries"));
        QVERIFY(retries);
        retries->setValue(1);
        auto* environment = find<QComboBox>("environment");
        environment->setCurrentIndex(environment->currentIndex() == 0 ? 1 : 0);
        QCOMPARE(retries->value(), 0);
    }

    void placesInTheForm_areGoneTo_data() {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QString>("button");
        QTest::addColumn<QString>("focus"); // name of the widget
        QTest::newRow("secret key") << "401:times=1"
                                    << "Go to the secret key"
                                    << "secretKey";
        QTest::newRow("URL") << "404:times=1"
                             << "Go to the URL"
                             << "providerUrl";
        QTest::newRow("body") << "422:times=1"
                              << "Go to the body"
                              << "body";
    }
    void placesInTheForm_areGoneTo() {
        QFETCH(QString, fault);
        QFETCH(QString, button);
        QFETCH(QString, focus);
        QVERIFY(m_workbench->sandbox().setFaults({fault}));
        sendAndFail();
        pressRemedy(button);
        QTRY_VERIFY(m_window->focusWidget());
        const QWidget* at = m_window->focusWidget();
        while (at && at->objectName() != focus)
            at = at->parentWidget();
        QVERIFY2(at, qPrintable(m_window->focusWidget()->objectName()));
    }
};

QTEST_MAIN(RemediesTest)
#include "tst_remedies.moc"
