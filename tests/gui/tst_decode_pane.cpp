// SPDX-License-Identifier: MIT
#include "core/token/token_fields.h"
#include "gui/appearance.h"
#include "gui/batch_view.h"
#include "gui/decode_pane.h"
#include "gui/screen_share.h"
#include "gui/shown.h"
#include "gui/widgets/findings_table.h"
#include "gui/widgets/paste_box.h"
#include "gui/widgets/token_field_table.h"
#include "session/workbench.h"

#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace lavascope;
using namespace std::chrono_literals;

namespace {

const QByteArray secretKey = "aks_live_CANARYkey0123456789";
const QByteArray providerKey = "sk-ant-CANARYprovider0123456789";

QByteArray token(const QString& customer = QStringLiteral("conn_1")) {
    TokenFields fields;
    fields.secretKey = Secret(secretKey);
    fields.customerId = customer;
    fields.meterSlug = Field<QString>::null();
    fields.providerKey = Secret(providerKey);
    return *buildToken(fields);
}

} // namespace

class TestDecodePane : public QObject {
    Q_OBJECT

private:
    void paste(const QString& text) {
        QGuiApplication::clipboard()->setText(text);
        box()->paste();
    }
    void show(const QByteArray& text) {
        m_pane->setPastedText(QString::fromUtf8(text));
        QCoreApplication::processEvents();
    }
    [[nodiscard]] PasteBox* box() const { return m_shown->find<PasteBox>("paste"); }
    [[nodiscard]] QString cell(int row, int column) const {
        return m_shown->find<TokenFieldTable>("fields")->item(row, column)->text();
    }
    [[nodiscard]] QString copiedReport() const {
        m_shown->find<QPushButton>("copyReport")->click();
        return QGuiApplication::clipboard()->text();
    }
    [[nodiscard]] QString everythingShown() const {
        QStringList texts;
        for (const QLabel* label : m_pane->findChildren<QLabel*>())
            texts += {label->text(), label->toolTip(), label->accessibleName()};
        for (const QAbstractButton* button : m_pane->findChildren<QAbstractButton*>())
            texts += {button->text(), button->toolTip(), button->accessibleName()};
        texts += m_shown->cells("fields");
        texts += m_shown->cells("findings");
        return texts.join(QLatin1Char('\n'));
    }

    Workbench m_workbench;
    ScreenShare m_share;
    std::unique_ptr<DecodePane> m_pane;
    std::optional<Shown> m_shown;

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Theme::Light); }
    void init() {
        m_pane = std::make_unique<DecodePane>(m_workbench, m_share);
        m_shown.emplace(*m_pane);
        m_pane->resize(1000, 700);
        m_pane->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_pane.get()));
    }
    void cleanup() {
        m_pane.reset();
        m_share.setOn(false);
    }

    void emptyPane_listsWhatItTakes() {
        QCOMPARE(m_shown->label("headline"), QStringLiteral("Nothing pasted yet"));
        QVERIFY(m_shown->label("forms").contains(QStringLiteral("a forward token")));
        QVERIFY(m_shown->label("hint").contains(QStringLiteral("stays on this computer")));
        QVERIFY(!m_shown->find<QPushButton>("edit")->isEnabled());
        QVERIFY(!m_shown->find<QPushButton>("copyReport")->isEnabled());
        QVERIFY(m_shown->isHidden("fields"));
    }

    void goodToken_isDecodedWithEverySecretMasked() {
        show("Authorization: Bearer " + token());
        QVERIFY(!m_shown->label("headline").isEmpty());
        QCOMPARE(m_shown->label("modeBadge"), QStringLiteral("● LIVE: real money"));
        QCOMPARE(m_shown->label("kindBadge"), QStringLiteral("forward token"));
        QCOMPARE(cell(0, TokenFieldTable::Name), QStringLiteral("secret_key"));
        QCOMPARE(cell(0, TokenFieldTable::State), QStringLiteral("value"));
        QCOMPARE(cell(0, TokenFieldTable::Shown), QStringLiteral("aks_live_…6789"));
        QCOMPARE(cell(0, TokenFieldTable::Fingerprint), Secret(secretKey).fingerprint());
        QCOMPARE(cell(1, TokenFieldTable::Shown), QStringLiteral("conn_1"));
        QCOMPARE(cell(2, TokenFieldTable::State), QStringLiteral("null"));
        QCOMPARE(cell(4, TokenFieldTable::State), QStringLiteral("absent"));
        QVERIFY(m_shown->label("layers").contains(QStringLiteral("bearer")));
        QVERIFY(!everythingShown().contains(QStringLiteral("CANARY")));
        QVERIFY(m_shown->isHidden("forms"));
    }

    void secret_isShownOnRequestAndHidesAgain() {
        show(token());
        auto* fields = m_shown->find<TokenFieldTable>("fields");
        fields->setRevealTime(30ms);
        fields->findChild<QPushButton*>(QStringLiteral("reveal_secret_key"))->click();
        QCOMPARE(cell(0, TokenFieldTable::Shown), QString::fromLatin1(secretKey));
        QTRY_COMPARE(cell(0, TokenFieldTable::Shown), QStringLiteral("aks_live_…6789"));
    }

    void secrets_areShownOneAtATime() {
        show(token());
        auto* fields = m_shown->find<TokenFieldTable>("fields");
        auto* first = fields->findChild<QPushButton*>(QStringLiteral("reveal_secret_key"));
        auto* second = fields->findChild<QPushButton*>(QStringLiteral("reveal_provider_key"));
        first->click();
        second->click();
        QVERIFY(!cell(0, TokenFieldTable::Shown).contains(QStringLiteral("CANARY")));
        QCOMPARE(cell(3, TokenFieldTable::Shown), QString::fromLatin1(providerKey));
        QCOMPARE(second->text(), QStringLiteral("Hide"));
        second->click();
        QVERIFY(!everythingShown().contains(QStringLiteral("CANARY")));
    }

    void shownSecret_isCopiedAsASecret() {
        show(token());
        SecretTimes times;
        times.onClipboard = 1s;
        m_pane->setSecretTimes(times);
        auto* fields = m_shown->find<TokenFieldTable>("fields");
        const QSignalSpy said(m_pane.get(), &DecodePane::said);
        fields->setCurrentCell(0, TokenFieldTable::Shown);
        QTest::keySequence(fields, QKeySequence::Copy);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("aks_live_…6789"));
        QVERIFY(said.isEmpty());

        fields->findChild<QPushButton*>(QStringLiteral("reveal_secret_key"))->click();
        QTest::keySequence(fields, QKeySequence::Copy);
        const QMimeData* copied = QGuiApplication::clipboard()->mimeData();
        QCOMPARE(copied->text(), QString::fromLatin1(secretKey));
        QCOMPARE(copied->data(QStringLiteral("x-kde-passwordManagerHint")), QByteArray("secret"));
        QVERIFY(said.last().first().toString().contains(QStringLiteral("leaves the clipboard after 1 s")));
        QTRY_VERIFY(QGuiApplication::clipboard()->text().isEmpty());
    }

    void shownSecret_hidesWhenThePaneIsLeftOrTheTextChanges() {
        show(token());
        auto* fields = m_shown->find<TokenFieldTable>("fields");
        fields->findChild<QPushButton*>(QStringLiteral("reveal_secret_key"))->click();
        m_pane->hide();
        QVERIFY(!cell(0, TokenFieldTable::Shown).contains(QStringLiteral("CANARY")));
        m_pane->show();
        fields->findChild<QPushButton*>(QStringLiteral("reveal_secret_key"))->click();
        show(token(QStringLiteral("conn_2")));
        QVERIFY(!everythingShown().contains(QStringLiteral("CANARY")));
    }

    void finding_selectsItsBytesInThePaste() {
        // Three bytes, one character: offsets in bytes and places in the text differ.
        const QString before = QStringLiteral("\u200b");
        const QByteArray good = token();
        show((before + QStringLiteral("Bearer ")).toUtf8() + good.first(40) + "!" + good.sliced(41));
        auto* findings = m_shown->find<QTableWidget>("findings");
        int broken = 0;
        while (broken < findings->rowCount() && !findings->item(broken, 2)->text().contains(QLatin1Char('!')))
            ++broken;
        QVERIFY2(broken < findings->rowCount(), qPrintable(m_shown->cells("findings")));
        QVERIFY(findings->item(broken, 0)->text().contains(QStringLiteral("error")));
        findings->selectRow(broken);
        QVERIFY2(box()->textCursor().selectedText().startsWith(QLatin1Char('!')),
                 qPrintable(box()->textCursor().selectedText()));
        QCOMPARE(findings->item(broken, 1)->text().toLongLong(),
                 qint64((before + QStringLiteral("Bearer ")).toUtf8().size() + 40));
    }

    // Files and mails from Windows end their lines with two bytes, and offsets count them.
    void lineEnds_areKeptAsTheyWerePasted_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("CR LF") << QStringLiteral("X: 1\r\n\r\nAuthorization: Bearer ");
        QTest::newRow("CR") << QStringLiteral("X: 1\r\rAuthorization: Bearer ");
        QTest::newRow("LF") << QStringLiteral("X: 1\n\nAuthorization: Bearer ");
        QTest::newRow("mixed") << QStringLiteral("é\r\nb\nc\rd\n\rAuthorization: Bearer ");
        QTest::newRow("paragraph separator") << QStringLiteral("a\u2029Authorization: Bearer ");
        QTest::newRow("byte order mark") << QStringLiteral("\uFEFF\r\nAuthorization: Bearer ");
    }
    void lineEnds_areKeptAsTheyWerePasted() {
        QFETCH(QString, text);
        const QByteArray good = token();
        const QString pasted = text + QString::fromLatin1(good.first(40)) + QLatin1Char('!') +
                               QString::fromLatin1(good.sliced(41));
        const qint64 offset = text.toUtf8().size() + 40;
        for (const bool isPasted : {true, false}) {
            box()->clear();
            isPasted ? paste(pasted) : m_pane->setPastedText(pasted);
            QCOMPARE(box()->content(), pasted.toUtf8());
            box()->selectBytes(offset, offset + 1);
            QCOMPARE(box()->textCursor().selectedText(), QStringLiteral("!"));
            box()->selectBytes(offset - 1, offset + 2);
            QCOMPARE(box()->textCursor().selectedText().size(), 3);
        }
        // In the middle of other lines, with one of them replaced.
        box()->setContent(QStringLiteral("one\r\ntwo\r\nthree\n"));
        QTextCursor cursor(box()->document());
        cursor.setPosition(4);
        cursor.setPosition(7, QTextCursor::KeepAnchor);
        box()->setTextCursor(cursor);
        paste(pasted);
        QCOMPARE(box()->content(), "one\r\n" + pasted.toUtf8() + "\r\nthree\n");
        QTest::keyClicks(box(), QStringLiteral("x"));
        QCOMPARE(box()->content(), "one\r\n" + pasted.toUtf8() + "x\r\nthree\n");
    }

    void noBreakSpace_reachesTheInspection() {
        show(token() + "\u00a0");
        QCOMPARE(box()->content(), token() + "\u00a0");
    }

    void whatOthersWrote_isShownLiterally() {
        const QString hostile = QStringLiteral("<img src=file:///etc/passwd>\u202e<b>x</b>");
        show(token(hostile));
        QCOMPARE(cell(1, TokenFieldTable::Shown),
                 QStringLiteral("<img src=file:///etc/passwd><U+202E><b>x</b>"));
        QCOMPARE(m_shown->richLabels(), QStringList());
    }

    void sharedScreen_hidesTheEndsOfMasksWhereverTheyStand() {
        const QByteArray list = token() + "\n" +
                                QByteArray(R"({"secret_key":"aks_live_CANARYkeyWXYZ","customer_id":)"
                                           R"("sk-proj-CANARYcustomerWXYZ","meter_slug":"m"})")
                                    .toBase64() +
                                "\nhello\n";
        show(list);
        m_shown->find<QPushButton>("showAll")->click();
        QTRY_VERIFY(!m_shown->find<BatchView>("batch")->isReading());
        QVERIFY(m_shown->label("batchDetails").contains(QStringLiteral("WXYZ")));
        m_share.setOn(true);
        QVERIFY(!everythingShown().contains(QStringLiteral("WXYZ")));
        QVERIFY(!m_shown->cells("batchTable").contains(QStringLiteral("WXYZ")));
        show(list.split('\n').at(1));
        QVERIFY(!everythingShown().contains(QStringLiteral("WXYZ")));
        m_share.setOn(false);
        QVERIFY(everythingShown().contains(QStringLiteral("WXYZ")));
    }

    void editing_handsTheFieldsOver() {
        qRegisterMetaType<TokenFields>();
        QSignalSpy wanted(m_pane.get(), &DecodePane::editTokenWanted);
        show(token());
        m_shown->find<QPushButton>("edit")->click();
        QCOMPARE(wanted.size(), 1);
        const auto fields = wanted[0][0].value<TokenFields>();
        QCOMPARE(fields.secretKey.reveal(), secretKey);
        QCOMPARE(fields.customerId.value(), QStringLiteral("conn_1"));
        QVERIFY(fields.meterSlug.isNull());
    }

    // With the connection's secret gone the merchant pays, and nobody must find that out from a bill.
    void editing_saysWhatItCannotCarryOver_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("button");
        QTest::addColumn<QString>("remark");
        const auto row = [](const char* name, const char* json, const char* button, const char* remark) {
            QTest::newRow(name) << QByteArray(json) << QString::fromLatin1(button)
                                << QString::fromLatin1(remark);
        };
        row("2025 secrets",
            R"({"secret_key":"aks_test_abcdefgh","connection_secret":"cons_test_CANARYxx","product_secret":"ps_test_CANARYxx"})",
            "Edit without connection_secret and product_secret", "the merchant's wallet pays");
        row("unknown fields", R"({"secret_key":"aks_test_abcdefgh","team":1,"a&b":2,"c":3})",
            "Edit without team, a&&b and 1 more", "team, a&b and 1 more");
        row("two ids of a customer",
            R"({"secret_key":"aks_test_abcdefgh","customer_id":"c","connection_id":"d","meter_slug":"m"})",
            "Edit without connection_id", "customer c pays");
    }
    void editing_saysWhatItCannotCarryOver() {
        QFETCH(QByteArray, json);
        QFETCH(QString, button);
        QFETCH(QString, remark);
        auto* edit = m_shown->find<QPushButton>("edit");
        show(token());
        const QString plain = edit->text();
        QVERIFY(m_shown->isHidden("editRemark"));
        show(json.toBase64());
        QCOMPARE(edit->text(), button);
        QVERIFY(edit->isEnabled());
        QVERIFY2(m_shown->label("editRemark").contains(remark), qPrintable(m_shown->label("editRemark")));
        QVERIFY(edit->accessibleDescription().contains(QStringLiteral("cannot carry over")));
        QVERIFY(edit->toolTip().contains(QStringLiteral("cannot carry over")));
        const QSignalSpy said(m_pane.get(), &DecodePane::said);
        edit->click();
        QCOMPARE(said.count(), 1);
        QVERIFY(said.first().first().toString().contains(QStringLiteral("cannot carry over")));
        QVERIFY(!everythingShown().contains(QStringLiteral("CANARY")));
        show(QByteArray(R"({"secret_key":"aks_test_abcdefgh","connection_id":"d","meter_slug":"m"})")
                 .toBase64());
        QCOMPARE(edit->text(), plain);
        show("hello");
        QVERIFY(!edit->isEnabled());
        QVERIFY(!edit->toolTip().isEmpty());
    }

    void report_holdsNoSecretAndNoMarkupOfOthers() {
        show("Bearer " + token(QStringLiteral("a`b``c\n# head <b>|x|</b>")));
        const QString report = copiedReport();
        QVERIFY(!report.contains(QStringLiteral("CANARY")));
        QVERIFY(report.contains(Secret(secretKey).fingerprint()));
        QVERIFY(report.contains(QStringLiteral("- Peeled off: bearer")));
        QVERIFY2(report.contains(QStringLiteral("``` a`b``c<U+000A># head <b>|x|</b> ```")),
                 qPrintable(report));
        for (const QString& line : report.split(QLatin1Char('\n')))
            QVERIFY2(!line.startsWith(QLatin1Char('#')), qPrintable(line));
    }

    void longLine_isInspectedWithoutBeingLaidOut() {
        paste(QString::fromLatin1("Bearer " + token()) + QString(3'000'000, QLatin1Char(' ')));
        QVERIFY(box()->isHolding());
        QTRY_VERIFY(m_shown->label("headline").contains(QStringLiteral("orward token")));
        QVERIFY(box()->document()->isEmpty());
        QVERIFY(box()->placeholderText().contains(QStringLiteral("3.0 MB")));
        QVERIFY(!box()->placeholderText().contains(QStringLiteral("eyJ")));

        QTest::keyClick(box(), Qt::Key_Backspace);
        QVERIFY(!box()->isHolding());
        QTRY_COMPARE(m_shown->label("headline"), QStringLiteral("Nothing pasted yet"));
    }

    void heldPaste_giveWayToWhatIsTyped() {
        paste(QString(2'000'000, QLatin1Char('x')));
        QVERIFY(box()->isHolding());
        QTest::keyClicks(box(), QStringLiteral("abc"));
        QVERIFY(!box()->isHolding());
        QCOMPARE(box()->content(), QByteArray("abc"));
    }

    void clearing_takesEverythingAway() {
        show(token());
        m_shown->find<QPushButton>("clear")->click();
        QTRY_COMPARE(m_shown->label("headline"), QStringLiteral("Nothing pasted yet"));
        QVERIFY(box()->content().isEmpty());
        QVERIFY(m_shown->isHidden("fields"));
        QVERIFY(m_shown->isHidden("findings"));
        QVERIFY(box()->hasFocus());
    }

    void everyControl_hasANameForScreenReaders() {
        show(token());
        QCOMPARE(m_shown->nameless(), QStringList());
    }

    void mechanicalFault_isMendedByAPress() {
        show(QByteArray("{\"secret_key\":\" aks_test_CANARYkey01234\",\"disable_billing\":\"true\"}")
                 .toBase64());
        QVERIFY(m_shown->label("headline").contains(QStringLiteral("cannot be used")));
        auto* table = m_shown->find<FindingsTable>("findings");
        for (int presses = 0; presses < 3 && table->findChild<QPushButton*>(); ++presses) {
            const auto buttons = table->findChildren<QPushButton*>();
            buttons.first()->click();
            QCoreApplication::processEvents();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        }
        QCOMPARE(m_shown->label("headline"),
                 QStringLiteral("Test forward token: the merchant's wallet pays."));
        QVERIFY(!everythingShown().contains(QStringLiteral("CANARY")));
    }

    void otherCredential_isComparedFieldByField() {
        show(token());
        QVERIFY(m_shown->isHidden("other"));
        auto* compare = m_shown->find<QPushButton>("compare");
        compare->click();
        QVERIFY(!m_shown->isHidden("other") && m_shown->isHidden("comparison"));
        m_shown->find<PasteBox>("other")->setContent(QString::fromUtf8(token(QStringLiteral("conn_2"))));
        QCoreApplication::processEvents();
        QCOMPARE(m_shown->label("comparisonHeadline"), QStringLiteral("They differ in customer_id."));
        const QString cells = m_shown->cells("comparison");
        QVERIFY(cells.contains(QStringLiteral("≠ differs")) && cells.contains(QStringLiteral("conn_2")));
        QVERIFY(!cells.contains(QStringLiteral("CANARY")));
        compare->click();
        QVERIFY(m_shown->isHidden("other") && m_shown->isHidden("comparisonHeadline"));
        QVERIFY(m_shown->find<PasteBox>("other")->content().isEmpty());
    }

    void severalCredentials_areOfferedAsATable() {
        show(token());
        QVERIFY(m_shown->isHidden("showAll"));
        show(token() + "\nhello\n" + token(QStringLiteral("conn_2")));
        m_shown->find<QPushButton>("showAll")->click();
        QTRY_VERIFY(!m_shown->find<BatchView>("batch")->isReading());
        QVERIFY(m_shown->label("batchHeadline").startsWith(QStringLiteral("3 credentials: 2 live")));
        const QString cells = m_shown->cells("batchTable");
        QVERIFY(cells.contains(QStringLiteral("conn_2")) && cells.contains(QStringLiteral("✕ broken")));
        QVERIFY(!(cells + everythingShown()).contains(QStringLiteral("CANARY")));

        auto* table = m_shown->find<QTableView>("batchTable");
        table->setCurrentIndex(table->model()->index(2, 0));
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Return);
        QCoreApplication::processEvents();
        QVERIFY(m_shown->isHidden("batchTable"));
        QCOMPARE(cell(1, TokenFieldTable::Shown), QStringLiteral("conn_2"));
    }

    void openedFile_isExportedWithoutSecretsAndFormulas() {
        const QTemporaryDir folder;
        const QString source = folder.filePath(QStringLiteral("list.csv"));
        QFile file(source);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("name,token\n=1+1," + token() + "\n");
        file.close();
        m_pane->openFile(source);
        QTRY_VERIFY(!m_shown->find<BatchView>("batch")->isReading());
        QVERIFY(m_shown->cells("batchTable").contains(QStringLiteral("=1+1")));
        // The keyboard is where the rows are, and goes on to what can be done with them.
        m_pane->activateWindow();
        auto* table = m_shown->find<QTableView>("batchTable");
        QTRY_VERIFY(table->hasFocus());
        QCOMPARE(table->currentIndex().row(), 0);
        QTest::keyClick(table, Qt::Key_Tab);
        QVERIFY(m_shown->find<QPushButton>("batchBack")->hasFocus());
        const QString target = folder.filePath(QStringLiteral("out.csv"));
        m_pane->exportBatch(target);
        QFile written(target);
        QVERIFY(written.open(QIODevice::ReadOnly));
        const QByteArray csv = written.readAll();
        QVERIFY2(csv.contains("\"'=1+1\"") && csv.contains("conn_1") && !csv.contains("CANARY"), csv);
    }

    void gateway_isAskedOnlyWhenWanted() {
        QVERIFY(m_workbench.sandbox().start({}));
        TokenFields fields;
        fields.secretKey = Secret("aks_test_CANARYkey0123456789");
        fields.customerId = QStringLiteral("conn_demo");
        fields.meterSlug = QStringLiteral("no-such-meter");
        show(*buildToken(fields));
        QCOMPARE(m_workbench.sandbox().log().size(), 0);
        auto* button = m_shown->find<QPushButton>("gatewayCheck");
        Q_EMIT button->menu()->aboutToShow();
        QStringList places;
        for (QAction* action : button->menu()->actions())
            places += action->text();
        QCOMPARE(places.size(), 2);
        QVERIFY(places.first().contains(QStringLiteral("sandbox-api.lavapayments.com")));
        button->menu()->actions().last()->trigger();
        const auto result = [this] { return m_shown->label("gatewayCheckResult"); };
        QTRY_VERIFY_WITH_TIMEOUT(result().contains(QStringLiteral("credit left 5.00")), 20'000);
        QVERIFY(result().contains(QStringLiteral("✓ The gateway knows this key.")));
        QVERIFY(result().contains(QStringLiteral("✕ This key has no meter no-such-meter.")));
        QVERIFY(!everythingShown().contains(QStringLiteral("CANARY")));
        show(token());
        QVERIFY(m_shown->isHidden("gatewayCheckResult"));
        Q_EMIT button->menu()->aboutToShow(); // a live key: the sandbox is not offered
        QCOMPARE(button->menu()->actions().size(), 1);
        m_workbench.sandbox().stop();
    }

    void fileThatCannotBeRead_isSaid() {
        const QSignalSpy said(m_pane.get(), &DecodePane::said);
        m_pane->openFile(QStringLiteral("/nonexistent/list.csv"));
        QCOMPARE(said.count(), 1);
        QVERIFY(m_shown->isHidden("batchTable"));
    }
};

QTEST_MAIN(TestDecodePane)
#include "tst_decode_pane.moc"
