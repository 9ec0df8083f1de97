// SPDX-License-Identifier: MIT
#include "gui/appearance.h"
#include "gui/key_picker.h"
#include "gui/screen_share.h"
#include "gui/shown.h"
#include "gui/token_pane.h"
#include "gui/widgets/secret_field.h"
#include "session/key_ring.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

using namespace lavascope;
using namespace std::chrono_literals;

namespace {

const QByteArray liveKey = "aks_live_CANARYkey0123456789";

} // namespace

class TestTokenPane : public QObject {
    Q_OBJECT

private:
    void press(const QString& text) {
        for (QAction* action : m_shown->find<QToolButton>("copyMore")->menu()->actions())
            if (action->text() == text)
                action->trigger();
    }
    void fill(const QByteArray& key, const QString& customer = {}, const QString& meter = {}) {
        TokenFields fields;
        fields.secretKey = Secret(key);
        if (!customer.isNull())
            fields.customerId = customer;
        if (!meter.isNull())
            fields.meterSlug = meter;
        m_pane->setFields(fields);
    }
    [[nodiscard]] QStringList menuOf(KeyPicker* picker) const {
        Q_EMIT picker->menu()->aboutToShow();
        QStringList texts;
        for (const QAction* action : picker->menu()->actions())
            texts += action->text();
        return texts;
    }

    std::unique_ptr<KeyRing> m_keys;
    ScreenShare m_share;
    std::unique_ptr<TokenPane> m_pane;
    std::optional<Shown> m_shown;

private Q_SLOTS:
    void initTestCase() {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus"); // no key store here
        qunsetenv("LAVA_SECRET_KEY");
        applyTheme(*qApp, Theme::Light);
    }
    void init() {
        m_share.setOn(false);
        m_keys = std::make_unique<KeyRing>(QString());
        m_pane = std::make_unique<TokenPane>(*m_keys, m_share);
        m_shown.emplace(*m_pane);
        m_pane->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_pane.get()));
    }
    void cleanup() {
        m_pane.reset();
        m_keys.reset();
    }

    void riskyToken_isWarnedOf_data() {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QString>("customer");
        QTest::addColumn<QByteArray>("gateway");
        QTest::addColumn<QString>("risk");
        const QByteArray loopback = "http://127.0.0.1:4000";
        QTest::newRow("live key to the sandbox")
            << liveKey << QString() << loopback
            << QStringLiteral("live key is about to go to a gateway on this");
        QTest::newRow("test key to the live gateway")
            << QByteArray("aks_test_x") << QString() << QByteArray("https://api.lava.so")
            << QStringLiteral("test key is about to go to the live gateway");
        QTest::newRow("customer without a meter") << QByteArray("aks_test_x") << QStringLiteral("conn_1")
                                                  << loopback << QStringLiteral("without a meter");
        QTest::newRow("key of another kind")
            << QByteArray("sk-ant-abcdefgh") << QString() << loopback << QStringLiteral("provider key");
        QTest::newRow("nothing") << QByteArray("aks_test_x") << QString() << loopback << QString();
        QTest::newRow("no key yet") << QByteArray() << QString() << loopback << QString();
    }
    void riskyToken_isWarnedOf() {
        QFETCH(QByteArray, key);
        QFETCH(QString, customer);
        QFETCH(QByteArray, gateway);
        QFETCH(QString, risk);
        m_pane->setGateway(gateway);
        fill(key, customer.isEmpty() ? QString() : customer);
        QCOMPARE(m_shown->isHidden("risks"), risk.isEmpty());
        QVERIFY2(m_shown->label("risks").contains(risk), qPrintable(m_shown->label("risks")));
        QVERIFY(!m_shown->label("risks").contains(QStringLiteral("CANARY")));
    }

    void token_isCopiedInEveryForm() {
        fill(liveKey);
        m_pane->setGateway("http://127.0.0.1:4000");
        const QByteArray token = *buildToken(m_pane->fields());
        const QClipboard* clipboard = QGuiApplication::clipboard();
        press(QStringLiteral("Copy with secret: line of .env"));
        QCOMPARE(clipboard->text(), QStringLiteral("LAVA_FORWARD_TOKEN=") + QString::fromLatin1(token));
        QCOMPARE(clipboard->mimeData()->data(QStringLiteral("x-kde-passwordManagerHint")),
                 QByteArray("secret"));
        press(QStringLiteral("Copy with secret: curl command"));
        QVERIFY(clipboard->text().contains(QString::fromLatin1(token)));
        QVERIFY(clipboard->text().endsWith(QStringLiteral("'http://127.0.0.1:4000/v1/forward?u=https%3A%2F%2F"
                                                          "api.openai.com%2Fv1%2Fmodels'")));
        press(QStringLiteral("Copy as curl, token from $LAVA_FORWARD_TOKEN"));
        QVERIFY(!clipboard->text().contains(QString::fromLatin1(token)));
        QVERIFY(clipboard->text().contains(QStringLiteral("\"Authorization: Bearer $LAVA_FORWARD_TOKEN\"")));
    }

    void textThatIsNoGateway_staysOutOfACommand() {
        fill("aks_test_x");
        m_pane->setGateway("https://api.lava.so' ; rm -rf ~ ; '");
        press(QStringLiteral("Copy as curl, token from $LAVA_FORWARD_TOKEN"));
        const QString command = QGuiApplication::clipboard()->text();
        QVERIFY2(!command.contains(QStringLiteral("rm -rf")), qPrintable(command));
        QVERIFY(command.contains(QStringLiteral("--url 'https://api.lava.so/v1/forward?u=")));
    }

    void copiedSecret_leavesTheClipboardAfterItsTime() {
        fill(liveKey);
        m_pane->setSecretTimes({10s, 1s});
        const QSignalSpy said(m_pane.get(), &TokenPane::said);
        press(QStringLiteral("Copy with secret: token"));
        QVERIFY(said.first().first().toString().contains(QStringLiteral("1 s")));
        QVERIFY(!QGuiApplication::clipboard()->text().isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(QGuiApplication::clipboard()->text().isEmpty(), 10'000);
    }
    void otherTextOnTheClipboard_staysThere() {
        fill(liveKey);
        m_pane->setSecretTimes({10s, 1s});
        press(QStringLiteral("Copy with secret: token"));
        QGuiApplication::clipboard()->setText(QStringLiteral("mine"));
        QTimer later; // started after the clipboard's own, so it ends after it
        later.setSingleShot(true);
        later.start(1500ms);
        QTRY_VERIFY_WITH_TIMEOUT(!later.isActive(), 10'000);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("mine"));
    }

    void keptKey_isOfferedAndTaken() {
        auto* picker = m_shown->find<KeyPicker>("keyPicker");
        QCOMPARE(picker->text(), QStringLiteral("typed ▾"));
        fill(liveKey);
        QSignalSpy said(picker, &KeyPicker::said);
        picker->keepAs(QStringLiteral("the shop & co"), QStringLiteral("ours"));
        QTRY_COMPARE_WITH_TIMEOUT(said.count(), 1, 30'000);
        // No key store: the window must say so.
        QVERIFY2(said.first().first().toString().contains(QStringLiteral("memory")),
                 qPrintable(said.first().first().toString()));
        QVERIFY(picker->toolTip().contains(QStringLiteral("this session only")));

        fill("aks_test_other");
        QCOMPARE(picker->text(), QStringLiteral("typed ▾"));
        const QStringList menu = menuOf(picker);
        QVERIFY2(
            menu.first().startsWith(QStringLiteral("● LIVE  the shop && co  (memory, this session only)")),
            qPrintable(menu.first()));
        picker->choose(QStringLiteral("the shop & co"));
        QTRY_COMPARE(m_pane->fields().secretKey.reveal(), liveKey);
        QVERIFY(picker->accessibleDescription().contains(QStringLiteral("the shop & co")));
        QVERIFY(!(menu.join(QLatin1Char(' ')) + picker->toolTip()).contains(QStringLiteral("CANARY")));
    }

    void keyOfTheEnvironment_isOfferedByItsName() {
        auto* picker = m_shown->find<KeyPicker>("keyPicker");
        QVERIFY(!menuOf(picker).join(QLatin1Char(' ')).contains(QStringLiteral("LAVA_SECRET_KEY")));
        qputenv("LAVA_SECRET_KEY", liveKey);
        const QStringList menu = menuOf(picker);
        QVERIFY(menu.first().startsWith(QStringLiteral("● LIVE  from LAVA_SECRET_KEY")));
        picker->menu()->actions().first()->trigger();
        qunsetenv("LAVA_SECRET_KEY");
        QCOMPARE(m_pane->fields().secretKey.reveal(), liveKey);
        QVERIFY(picker->accessibleDescription().contains(QStringLiteral("environment variable")));
    }

    void sharedScreen_showsNoSecretNorItsEnd() {
        fill("aks_live_CANARYkey01WXYZ");
        auto* field = m_shown->find<SecretField>("secretKey");
        auto* reveal = field->findChild<QToolButton*>(QStringLiteral("reveal"));
        auto* line = field->findChild<QLineEdit*>(QStringLiteral("line"));
        reveal->click();
        QCOMPARE(line->echoMode(), QLineEdit::Normal);
        m_share.setOn(true);
        QCOMPARE(line->echoMode(), QLineEdit::Password);
        QVERIFY(!reveal->isEnabled());
        QCOMPARE(m_shown->label("preview"), QStringLiteral("Bearer eyJ…"));
        m_share.setOn(false);
        QVERIFY(reveal->isEnabled());
        QVERIFY(m_shown->label("preview").size() > QStringLiteral("Bearer eyJ…").size());
    }

    // A key is easily pasted into the wrong field.
    void sharedScreen_coversKeysInFieldsForIds() {
        fill(liveKey, QStringLiteral("sk-proj-CANARYcustomerWXYZ"), QStringLiteral("meter_1"));
        auto* customer = m_shown->find<QLineEdit>("customerId");
        auto* meter = m_shown->find<QLineEdit>("meterSlug");
        QVERIFY(customer->displayText().contains(QStringLiteral("WXYZ")));
        m_share.setOn(true);
        QVERIFY(!customer->displayText().contains(QStringLiteral("WXYZ")));
        QCOMPARE(meter->displayText(), QStringLiteral("meter_1"));
        meter->setText(QString::fromLatin1(liveKey));
        QVERIFY(!meter->displayText().contains(QStringLiteral("CANARY")));
        QTest::keyClicks(customer, QStringLiteral("x"));
        customer->undo();
        QVERIFY(!customer->displayText().contains(QStringLiteral("CANARY")));
        for (const char* name : {"payer", "risks", "preview"})
            QVERIFY2(!m_shown->label(name).contains(QStringLiteral("WXYZ")), name);
        customer->setText(QStringLiteral("conn_1"));
        QCOMPARE(customer->displayText(), QStringLiteral("conn_1"));
        m_share.setOn(false);
        QCOMPARE(meter->displayText(), QString::fromLatin1(liveKey));
    }

    void screenShare_hidesEveryMasksEnd_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char* name, const char* text, const char* shown) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(shown);
        };
        row("alone", "aks_live_…9f3c", "aks_live_…");
        row("before a full stop", "attributed to meter aks_live_…1Xb2.", "attributed to meter aks_live_….");
        row("in quotes", "\"aks_live_…1Xb2\" is no field", "\"aks_live_…\" is no field");
        row("before a comma", "priced by sk-proj-…9999, while", "priced by sk-proj-…, while");
        row("two of them", "…abcd and …efgh", "… and …");
        row("one after the other", "…abcd…efgh", "……");
        row("cut off", "it is aks_live_…1X", "it is aks_live_…");
        row("cut off and marked so", "it is aks_live_…1X…", "it is aks_live_……");
        row("a word that goes on", "wait … and see", "wait … and see");
        row("end of a line", "…abcd\nnext", "…\nnext");
    }
    void screenShare_hidesEveryMasksEnd() {
        QFETCH(QString, text);
        QFETCH(QString, shown);
        QCOMPARE(m_share.shown(text), text);
        m_share.setOn(true);
        QCOMPARE(m_share.shown(text), shown);
    }
    void screenShare_starsOutWholeKeys() {
        m_share.setOn(true);
        for (const char* text :
             {"it is sk-proj-abcdefgh1234 there", "https://a.example/x?key=abcdefgh1234&b=1"}) {
            const QString shown = m_share.shown(QString::fromLatin1(text));
            QVERIFY2(!shown.contains(QStringLiteral("abcdefgh1234")), qPrintable(shown));
            QVERIFY2(shown.contains(QLatin1Char('*')), qPrintable(shown));
        }
    }

    void everythingIsReachableByName() {
        QCOMPARE(m_shown->nameless(), QStringList());
        QCOMPARE(m_shown->richLabels(), QStringList());
    }
};

QTEST_MAIN(TestTokenPane)
#include "tst_token_pane.moc"
