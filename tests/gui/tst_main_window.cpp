// SPDX-License-Identifier: MIT
// The real window with the real built-in gateway, driven as a person would: by keyboard, by what stands on
// the screen.
#include "gui/appearance.h"
#include "gui/main_window.h"
#include "session/workbench.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenuBar>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScopeGuard>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTableView>
#include <QTableWidget>
#include <QTest>
#include <QTextEdit>
#include <QTimer>

using namespace lavascope;

namespace {

constexpr int patience = 20'000; // milliseconds; an answer takes a few hundred, sanitizers some more

const QByteArray forwardToken =
    "eyJzZWNyZXRfa2V5IjoiYWtzX3Rlc3RfRVhBTVBMRW5vdEFSZWFsS2V5MDAwMCIsImN1c3RvbWVyX2lkIjoiY29ubl9hYmMxMjMiLCJt"
    "ZXRlcl9zbHVnIjoi"
    "bXktbWV0ZXIiLCJwcm92aWRlcl9rZXkiOiJzay1hbnQtRVhBTVBMRSIsImRpc2FibGVfYmlsbGluZyI6dHJ1ZX0=";

} // namespace

class TestMainWindow : public QObject {
    Q_OBJECT

private:
    template <typename T>
    T* find(const char* name) const {
        T* found = m_window->findChild<T*>(QLatin1String(name));
        Q_ASSERT_X(found, "find", name);
        return found;
    }
    QString textOf(const char* name) const { return find<QPlainTextEdit>(name)->toPlainText(); }
    QString tableText(const char* name) const {
        const QAbstractItemModel* model = find<QTableView>(name)->model();
        QStringList cells;
        for (int row = 0; row < model->rowCount(); ++row)
            for (int column = 0; column < model->columnCount(); ++column)
                cells += model->index(row, column).data().toString();
        return cells.join(QLatin1Char('\n'));
    }
    QLabel* cardLabel(const char* name) const {
        return find<QFrame>("diagnosis")->findChild<QLabel*>(QLatin1String(name));
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(m_window.get(), key, modifiers);
    }
    void sendAndWait() {
        press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(find<QPushButton>("send")->text(), QStringLiteral("Send"), patience);
    }
    bool cardIsShown() const { return find<QFrame>("diagnosis")->isVisible(); }

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

    void firstStart_onePressStreamsAnAnswer() {
        QVERIFY(find<QLineEdit>("forwardUrl")->text().startsWith(QStringLiteral("http://127.0.0.1:")));
        press(Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(find<QPushButton>("send")->text(), QStringLiteral("Stop"));
        // It streams: there is text before there is an end.
        QTRY_VERIFY_WITH_TIMEOUT(!textOf("answerText").isEmpty(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(find<QPushButton>("send")->text(), QStringLiteral("Send"), patience);
        QTRY_VERIFY(find<QLabel>("verdict")->text().contains(QStringLiteral("complete")));
        QVERIFY(find<QLabel>("firstByte")->text().endsWith(QStringLiteral("s")));
        QVERIFY(!cardIsShown());
        QVERIFY(find<QTableView>("eventTable")->model()->rowCount() > 3);
        QVERIFY(
            tableText("answerHeaders").contains(QStringLiteral("x-lava-request-id"), Qt::CaseInsensitive));
        QVERIFY(tableText("requestHeaders").contains(QStringLiteral("Bearer eyJ…")));
        QVERIFY(!tableText("requestHeaders").contains(QStringLiteral("eyJzZWNyZXRfa2V5Ijoi")));
    }

    void formOfTheAnswer_isRemembered() {
        sendAndWait();
        find<QPushButton>("showRendered")->click();
        QTRY_COMPARE(find<QTextEdit>("renderedAnswer")->toPlainText().isEmpty(), false);
        m_window.reset();
        m_window = std::make_unique<MainWindow>(*m_workbench);
        QVERIFY(find<QPushButton>("showRendered")->isChecked());
        find<QPushButton>("showPlain")->click();
        m_window.reset();
        m_window = std::make_unique<MainWindow>(*m_workbench);
        QVERIFY(find<QPushButton>("showPlain")->isChecked());
    }

    void escape_stopsAndKeepsWhatCame() {
        press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(!textOf("answerText").isEmpty(), patience);
        press(Qt::Key_Escape);
        QTRY_COMPARE_WITH_TIMEOUT(find<QPushButton>("send")->text(), QStringLiteral("Send"), patience);
        QVERIFY(find<QLabel>("verdict")->text().contains(QStringLiteral("stopped by you")));
        QVERIFY(!textOf("answerText").isEmpty());
    }

    void emptyWallet_isExplained() {
        m_workbench->sandbox().setMerchantBalanceMicros(0);
        sendAndWait();
        QTRY_VERIFY(cardIsShown());
        QVERIFY(find<QLabel>("status")->text().contains(QStringLiteral("402")));
        QVERIFY(cardLabel("fault")->text().contains(QStringLiteral("wallet")));
        QVERIFY(cardLabel("retry")->text().contains(QStringLiteral("do not retry")));
        QVERIFY(cardLabel("steps")->text().startsWith(QStringLiteral("1. ")));
    }

    void requestLimit_isExplainedWithTheTimeToWait() {
        QVERIFY(m_workbench->sandbox().setFaults({QStringLiteral("429:retry_after=7")}));
        sendAndWait();
        QTRY_VERIFY(cardIsShown());
        QVERIFY(find<QLabel>("status")->text().contains(QStringLiteral("429")));
        QVERIFY(cardLabel("retry")->text().contains(QStringLiteral("retry after 7.00 s")));
    }

    void automaticRetries_endAfterAsManyAsWereChosen() {
        m_workbench->setPreference(QStringLiteral("retry/base_milliseconds"), 100);
        const auto usual = qScopeGuard(
            [this] { m_workbench->setPreference(QStringLiteral("retry/base_milliseconds"), 500); });
        QVERIFY(m_workbench->sandbox().setFaults({QStringLiteral("503")}));
        QCOMPARE(find<QSpinBox>("retries")->value(), 0);
        find<QSpinBox>("retries")->setValue(2);
        sendAndWait();
        QCOMPARE(m_workbench->sandbox().log().size(), qsizetype(3));
        QVERIFY(find<QLabel>("retryWords")->text().contains(QStringLiteral("used up")));
        press(Qt::Key_N, Qt::ControlModifier);
        QCOMPARE(find<QSpinBox>("retries")->value(), 0);
    }

    void idempotencyKey_staysWithItsRequest() {
        const auto key = [this] {
            const QString sent = find<QPlainTextEdit>("sentAs")->toPlainText();
            const QString name = QStringLiteral("Idempotency-Key: ");
            const qsizetype at = sent.indexOf(name);
            return at < 0 ? QString() : sent.mid(at + name.size()).section(QLatin1Char('\n'), 0, 0);
        };
        QVERIFY(key().isEmpty());
        find<QCheckBox>("idempotencyKey")->click();
        const QString first = key();
        QCOMPARE(first.size(), qsizetype(36));
        QVERIFY(m_workbench->sandbox().setFaults({QStringLiteral("503:times=1")}));
        sendAndWait();
        QCOMPARE(key(), first);
        sendAndWait(); // this one succeeds, so the next press is another call
        const QString second = key();
        QVERIFY(second != first);
        find<QLineEdit>("providerUrl")->setText(QStringLiteral("https://api.openai.com/v1/responses"));
        QVERIFY(key() != second);
        press(Qt::Key_N, Qt::ControlModifier);
        QVERIFY(key().isEmpty());
    }

    void callThatMayHaveBeenBilled_isSentAgainOnlyAfterAQuestion() {
        QVERIFY(m_workbench->sandbox().setFaults({QStringLiteral("cut:after=5")}));
        sendAndWait();
        find<QPushButton>("retryNow")->click();
        find<QMessageBox>("repeatQuestion")->button(QMessageBox::Cancel)->click();
        QTRY_VERIFY(!m_window->findChild<QMessageBox*>(QStringLiteral("repeatQuestion")));
        QCOMPARE(m_workbench->sandbox().log().size(), qsizetype(1));
        find<QPushButton>("retryNow")->click();
        find<QPushButton>("sendAgain")->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_workbench->sandbox().log().size(), qsizetype(2), patience);
        QTRY_COMPARE_WITH_TIMEOUT(find<QPushButton>("send")->text(), QStringLiteral("Send"), patience);
        // Both tries stand side by side, and the next pause is that of a third try.
        const QAbstractItemModel* tries = find<QTableView>("attemptTable")->model();
        QVERIFY(tries->index(1, 2).data().toString().endsWith(QStringLiteral(", by hand")));
        QVERIFY(find<QLabel>("retryWords")->text().contains(QStringLiteral("try 3: up to ")));
    }

    void streamThatBreaks_isCutOffAndKept() {
        QVERIFY(m_workbench->sandbox().setFaults({QStringLiteral("cut:after=5")}));
        sendAndWait();
        QTRY_VERIFY(cardIsShown());
        QVERIFY(find<QLabel>("verdict")->text().contains(QStringLiteral("cut off")));
        QVERIFY(!textOf("answerText").isEmpty());
    }

    void gatewayThatIsDown_isSaidPlainly() {
        m_workbench->sandbox().stop();
        find<QComboBox>("environment")->setCurrentIndex(2);
        find<QLineEdit>("customGateway")->setText(QStringLiteral("http://127.0.0.1:1"));
        sendAndWait();
        QTRY_VERIFY(cardIsShown());
        QVERIFY(find<QLabel>("verdict")->text().contains(QStringLiteral("no answer")));
        QCOMPARE(cardLabel("title")->text(), QStringLiteral("Nothing listens on this computer at that port"));
        QVERIFY(cardLabel("fault")->text().contains(QStringLiteral("on your side")));
    }

    void faultChosenInTheSandboxPage_hitsTheNextCall() {
        press(Qt::Key_3, Qt::ControlModifier);
        auto* fault = find<QComboBox>("fault");
        QVERIFY(fault->isVisible());
        fault->setCurrentIndex(fault->findData(QStringLiteral("503")));
        sendAndWait();
        QTRY_VERIFY(cardIsShown());
        QVERIFY(find<QLabel>("status")->text().contains(QStringLiteral("503")));
        const QAbstractItemModel* log = find<QTableView>("log")->model();
        QCOMPARE(log->rowCount(), 1);
        QCOMPARE(log->index(0, 1).data().toString(), QStringLiteral("✕ 503"));
    }

    void tokenForm_saysWhoPaysAsYouType() {
        QVERIFY(find<QLabel>("payer")->text().contains(QStringLiteral("merchant"), Qt::CaseInsensitive) ||
                find<QLabel>("payer")->text().contains(QStringLiteral("you"), Qt::CaseInsensitive));
        auto* customer = find<QLineEdit>("customerId");
        auto* meter = find<QLineEdit>("meterSlug");
        customer->setFocus();
        QTest::keyClicks(customer, QStringLiteral("conn_demo"));
        QTest::keyClicks(meter, QStringLiteral("demo-meter"));
        QVERIFY(find<QLabel>("payer")->text().contains(QStringLiteral("conn_demo")));
        QVERIFY(find<QLabel>("payer")->text().contains(QStringLiteral("demo-meter")));
        QVERIFY(find<QLabel>("preview")->text().startsWith(QStringLiteral("Bearer eyJ…")));
    }

    void copyOfTheToken_isMaskedByDefault() {
        find<QPushButton>("copyMasked")->click();
        const QString copied = QGuiApplication::clipboard()->text();
        QVERIFY(copied.startsWith(QStringLiteral("Authorization: Bearer eyJ…")));
        QVERIFY(!copied.contains(QStringLiteral("YWtzX3Rlc3Rf")));
    }

    void brokenJson_isLocatedByLineAndColumn() {
        auto* body = find<QPlainTextEdit>("bodyText");
        body->setPlainText(QStringLiteral("{\n  \"model\": \"m\"\n  \"stream\": true\n}"));
        QVERIFY2(find<QLabel>("bodyState")->text().contains(QStringLiteral("line 3, column 3")),
                 qPrintable(find<QLabel>("bodyState")->text()));
    }

    void streamSwitch_changesThatValueAndNothingElse() {
        auto* body = find<QPlainTextEdit>("bodyText");
        const QString before = QStringLiteral("{ \"n\": 1.10,\n\t\"stream\" :  true, \"a\": [ ] }");
        body->setPlainText(before);
        auto* stream = find<QCheckBox>("stream");
        QVERIFY(stream->isChecked());
        stream->click();
        QCOMPARE(body->toPlainText(),
                 QString(before).replace(QStringLiteral("true"), QStringLiteral("false")));
    }

    void bodyThatTheUserWrote_survivesAnotherProvider() {
        auto* body = find<QPlainTextEdit>("bodyText");
        body->setPlainText(QStringLiteral("{\"mine\": 1}"));
        find<QComboBox>("provider")->setCurrentText(QStringLiteral("Anthropic"));
        QCOMPARE(body->toPlainText(), QStringLiteral("{\"mine\": 1}"));
        QVERIFY(find<QPushButton>("useExample")->isVisible());
        QVERIFY(textOf("headers").contains(QStringLiteral("anthropic-version: 2023-06-01")));
    }

    void everyPresetThatStreams_streamsFromTheSandbox_data() {
        QTest::addColumn<QString>("provider");
        QTest::addColumn<int>("endpoint");
        QTest::newRow("OpenAI responses") << QStringLiteral("OpenAI") << 1;
        QTest::newRow("Anthropic messages") << QStringLiteral("Anthropic") << 0;
        QTest::newRow("Gemini") << QStringLiteral("Google Gemini") << 1;
    }
    void everyPresetThatStreams_streamsFromTheSandbox() {
        QFETCH(QString, provider);
        QFETCH(int, endpoint);
        find<QComboBox>("provider")->setCurrentText(provider);
        find<QComboBox>("endpoint")->setCurrentIndex(endpoint);
        sendAndWait();
        QTRY_VERIFY2(find<QLabel>("verdict")->text().contains(QStringLiteral("complete")),
                     qPrintable(find<QLabel>("verdict")->text()));
        QVERIFY(!textOf("answerText").isEmpty());
    }

    void brokenToken_isDecodedAndTheFailingStepNamed() {
        press(Qt::Key_2, Qt::ControlModifier);
        auto* paste = find<QPlainTextEdit>("paste");
        QVERIFY(paste->hasFocus());
        paste->setPlainText(QString::fromLatin1("Authorization: Bearer " + forwardToken.first(80) + "!" +
                                                forwardToken.sliced(81)));
        QTRY_VERIFY(find<QTableWidget>("findings")->rowCount() > 0);
        const QString finding = find<QTableWidget>("findings")->item(0, 2)->text();
        QVERIFY2(finding.contains(QStringLiteral("base64"), Qt::CaseInsensitive), qPrintable(finding));
        QVERIFY(!find<QLabel>("headline")->text().isEmpty());
    }

    void goodToken_isExplainedMaskedAndCanBeEdited() {
        press(Qt::Key_2, Qt::ControlModifier);
        find<QPlainTextEdit>("paste")->setPlainText(QString::fromLatin1(forwardToken));
        auto* fields = find<QTableWidget>("fields");
        QTRY_COMPARE(fields->rowCount(), 5);
        for (int row = 0; row < fields->rowCount(); ++row)
            for (int column = 0; column < fields->columnCount(); ++column)
                QVERIFY(!fields->item(row, column)->text().contains(QStringLiteral("aks_test_EXAMPLE")));
        find<QPushButton>("edit")->click();
        QCOMPARE(find<QLineEdit>("customerId")->text(), QStringLiteral("conn_abc123"));
        QCOMPARE(find<QCheckBox>("disableBilling")->isChecked(), true);
    }

    void textFromOutside_isShownLiterally() {
        press(Qt::Key_2, Qt::ControlModifier);
        const QString hostile = QStringLiteral("<img src=file:///etc/passwd><b>x</b>");
        find<QPlainTextEdit>("paste")->setPlainText(hostile);
        find<QLineEdit>("customerId")->setText(hostile);
        QCoreApplication::processEvents();
        for (const QLabel* label : m_window->findChildren<QLabel*>())
            QVERIFY2(label->textFormat() == Qt::PlainText, qPrintable(label->objectName() + label->text()));
    }

    void everyControl_hasANameForScreenReaders() {
        QStringList nameless;
        for (const QWidget* widget : m_window->findChildren<QWidget*>()) {
            const bool inner =
                widget->objectName().startsWith(QStringLiteral("qt_")) || !widget->parentWidget() ||
                qobject_cast<const QAbstractItemView*>(widget->parentWidget()) ||
                qobject_cast<const QComboBox*>(widget->parentWidget()) || widget->window() != m_window.get();
            if (widget->focusPolicy() & Qt::TabFocus && !inner && widget->accessibleName().isEmpty() &&
                !qobject_cast<const QMenuBar*>(widget) && !widget->focusProxy())
                nameless += QStringLiteral("%1 %2").arg(QLatin1String(widget->metaObject()->className()),
                                                        widget->objectName());
        }
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QStringLiteral(", "))));
    }

    void tabKey_goesThroughTheWindowAndComesBack() {
        QSet<QWidget*> visited;
        find<QComboBox>("environment")->setFocus();
        for (int i = 0; i < 60; ++i) {
            visited.insert(QApplication::focusWidget());
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        }
        for (const char* name : {"environment", "send", "customerId", "provider", "bodyText"})
            QVERIFY2(visited.contains(find<QWidget>(name)), name);
    }

    void commandPalette_findsAndRunsACommand() {
        QTimer::singleShot(0, this, [] {
            auto* palette = QApplication::activeModalWidget();
            auto* line = palette->findChild<QLineEdit*>(QStringLiteral("commandFilter"));
            QTest::keyClicks(line, QStringLiteral("decode"));
            QTest::keyClick(line, Qt::Key_Return);
        });
        press(Qt::Key_K, Qt::ControlModifier);
        QVERIFY(find<QPlainTextEdit>("paste")->isVisible());
    }

    void placesInTheLibrary_canBeReadAtTwiceTheTextSize() {
        auto* library = find<QListWidget>("library");
        QFont large = library->font();
        large.setPointSizeF(large.pointSizeF() * 2);
        library->setFont(large);
        m_window->resize(1024, 700);
        const QFontMetrics metrics(large);
        for (int place = 0; place < 4; ++place) // with the heading of the providers
            QTRY_VERIFY(library->viewport()->width() >
                        metrics.horizontalAdvance(library->item(place)->text()));
    }

    void windowOf1024By700_cutsNothingThatIsNeeded() {
        m_window->resize(1024, 700);
        QCoreApplication::processEvents();
        QVERIFY2(m_window->width() <= 1024 && m_window->height() <= 700,
                 qPrintable(QStringLiteral("%1×%2").arg(m_window->width()).arg(m_window->height())));
        const auto* send = find<QPushButton>("send");
        QVERIFY(m_window->rect().contains(QRect(send->mapTo(m_window.get(), QPoint(0, 0)), send->size())));
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
