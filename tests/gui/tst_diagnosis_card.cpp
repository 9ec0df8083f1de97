// SPDX-License-Identifier: MIT
#include "gui/appearance.h"
#include "gui/diagnosis_card.h"
#include "gui/shown.h"

#include <QApplication>
#include <QClipboard>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace lavascope;
using namespace std::chrono_literals;

namespace {

const QString hostile = QStringLiteral("<img src=file:///etc/passwd>\u202e<b>x</b>");

Diagnosis noCredit() {
    Diagnosis diagnosis;
    diagnosis.kind = QStringLiteral("no_credit");
    diagnosis.title = QStringLiteral("There is no credit");
    diagnosis.fault = Fault::Wallet;
    diagnosis.cause = QStringLiteral("The wallet is empty.");
    diagnosis.steps = {QStringLiteral("Fill it."), QStringLiteral("Send again.")};
    diagnosis.evidence = {QStringLiteral("Status 402")};
    diagnosis.requestId = QStringLiteral("req_7");
    diagnosis.docs = QStringLiteral("https://lava.so/docs");
    return diagnosis;
}

} // namespace

class TestDiagnosisCard : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QWidget> m_window;
    DiagnosisCard* m_card = nullptr;
    std::optional<Shown> m_shown;

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Theme::Light); }
    void init() {
        m_window = std::make_unique<QWidget>();
        auto* layout = new QVBoxLayout(m_window.get());
        m_card = new DiagnosisCard(m_window.get());
        layout->addWidget(m_card);
        layout->addStretch(1);
        m_shown.emplace(*m_card);
        m_window->resize(500, 700);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }
    void cleanup() { m_window.reset(); }

    void withoutDiagnosis_itIsHidden() {
        QVERIFY(!m_card->isVisible());
        m_card->showDiagnosis(noCredit());
        QVERIFY(m_card->isVisible());
        m_card->clear();
        QVERIFY(!m_card->isVisible());
    }

    void oneSentence_isReadFirst() {
        m_card->showDiagnosis(noCredit());
        QCOMPARE(m_card->accessibleName(), QStringLiteral("There is no credit: the wallet, do not retry."));
    }

    void faultAndRetry_areToldInWordsAndSigns_data() {
        QTest::addColumn<Fault>("fault");
        QTest::addColumn<QString>("words");
        QTest::newRow("you") << Fault::You << QStringLiteral("● on your side");
        QTest::newRow("wallet") << Fault::Wallet << QStringLiteral("$ the wallet");
        QTest::newRow("gateway") << Fault::Gateway << QStringLiteral("◆ the gateway");
        QTest::newRow("provider") << Fault::Provider << QStringLiteral("▲ the provider");
        QTest::newRow("network") << Fault::Network << QStringLiteral("⇄ the network");
        QTest::newRow("unknown") << Fault::Unknown << QStringLiteral("? whose fault cannot be told");
    }
    void faultAndRetry_areToldInWordsAndSigns() {
        QFETCH(Fault, fault);
        QFETCH(QString, words);
        Diagnosis diagnosis = noCredit();
        diagnosis.fault = fault;
        m_card->showDiagnosis(diagnosis);
        QCOMPARE(m_shown->label("fault"), words);
        QCOMPARE(m_shown->label("retry"), QStringLiteral("✕ do not retry"));
        QVERIFY(m_shown->isHidden("retryNow"));
    }

    void retryThatHelps_isOffered() {
        Diagnosis diagnosis = noCredit();
        diagnosis.retry = Retry::After;
        diagnosis.retryAfter = 7s;
        m_card->showDiagnosis(diagnosis);
        QCOMPARE(m_shown->label("retry"), QStringLiteral("↻ retry after 7.00 s"));
        const QSignalSpy wanted(m_card, &DiagnosisCard::retryNowWanted);
        m_shown->find<QPushButton>("retryNow")->click();
        QCOMPARE(wanted.size(), 1);
        QVERIFY(m_shown->isHidden("countdown"));
    }

    void stepsAreNumbered_andEvidenceIsFoldedAway() {
        m_card->showDiagnosis(noCredit());
        QCOMPARE(m_shown->label("steps"), QStringLiteral("1. Fill it.\n2. Send again."));
        QVERIFY(m_shown->isHidden("evidence"));
        m_shown->find<QPushButton>("showEvidence")->click();
        QVERIFY(!m_shown->isHidden("evidence"));
        QCOMPARE(m_shown->label("evidence"),
                 QStringLiteral("Status 402\nDocumentation: https://lava.so/docs"));
        m_card->showDiagnosis(noCredit());
        QVERIFY(m_shown->isHidden("evidence"));
    }

    void limits_areBarsAndWords() {
        m_card->showDiagnosis(noCredit());
        QVERIFY(m_shown->isHidden("limits"));
        Diagnosis diagnosis = noCredit();
        diagnosis.rateLimits = {{QStringLiteral("requests"), QStringLiteral("requests"), 60, 3, 12s},
                                {QStringLiteral("tokens"), QStringLiteral("tokens"), 1'000'000, 1, {}},
                                {QStringLiteral("input tokens"), QStringLiteral("tokens"), 100, 0, {}},
                                {QStringLiteral("output tokens"), QStringLiteral("tokens"), {}, 9, {}}};
        m_card->showDiagnosis(diagnosis);
        QVERIFY(!m_shown->isHidden("limits"));
        QStringList words;
        for (const QLabel* label : m_card->findChildren<QLabel*>(QStringLiteral("limitWords")))
            words += label->text();
        QCOMPARE(words, QStringList({QStringLiteral("3 of 60 requests left, full again in 12 s"),
                                     QStringLiteral("1 of 1000000 tokens left"),
                                     QStringLiteral("0 of 100 input tokens left"),
                                     QStringLiteral("9 output tokens left")}));
        const auto bars = m_card->findChildren<QProgressBar*>(QStringLiteral("limitBar"));
        QCOMPARE(bars.size(), qsizetype(3));
        QCOMPARE(bars[0]->value(), 50);
        QVERIFY(bars[1]->value() > 0);
        QCOMPARE(bars[2]->value(), 0);
        QCOMPARE(bars[0]->accessibleName(), QStringLiteral("What is left of requests"));
        QCOMPARE(bars[0]->accessibleDescription(), words[0]);
        m_shown->find<QPushButton>("copyReport")->click();
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("- Limit: ") + words[0]));
        QCOMPARE(m_shown->richLabels(), QStringList());

        m_card->showDiagnosis(noCredit());
        QVERIFY(m_shown->isHidden("limits"));
        QVERIFY(m_card->findChildren<QProgressBar*>().isEmpty());
    }
    void limits_areDrawn() {
        Diagnosis diagnosis = noCredit();
        diagnosis.rateLimits = {{QStringLiteral("requests"), QStringLiteral("requests"), 60, 60, {}}};
        m_card->showDiagnosis(diagnosis);
        auto* bar = m_shown->find<QProgressBar>("limitBar");
        const auto middle = [bar] {
            const QImage image = bar->grab().toImage();
            return image.pixelColor(image.width() * 3 / 4, image.height() / 2);
        };
        QCOMPARE(middle(), meaningColors(bar->palette()).accent);
        bar->setValue(500);
        QVERIFY(middle() != meaningColors(bar->palette()).accent);
    }

    void billing_isWarnedOfWhereItIsInDoubt() {
        m_card->showDiagnosis(noCredit());
        QVERIFY(m_shown->isHidden("billed"));
        Diagnosis doubtful = noCredit();
        doubtful.mayHaveBeenBilled = true;
        m_card->showDiagnosis(doubtful);
        QVERIFY(!m_shown->isHidden("billed"));
    }

    void markup_isShownAsItIs() {
        Diagnosis diagnosis = noCredit();
        diagnosis.title = hostile;
        diagnosis.cause = hostile;
        diagnosis.steps = {hostile};
        diagnosis.evidence = {hostile};
        diagnosis.requestId = hostile;
        m_card->showDiagnosis(diagnosis);
        const QString shown = QStringLiteral("<img src=file:///etc/passwd><U+202E><b>x</b>");
        for (const char* name : {"title", "cause"})
            QCOMPARE(m_shown->label(name), shown);
        QVERIFY(m_shown->label("evidence").startsWith(shown));
        QVERIFY(m_card->accessibleName().startsWith(shown));
        QVERIFY(m_shown->find<QPushButton>("copyRequestId")->toolTip().contains(QStringLiteral("&lt;img")));
        QCOMPARE(m_shown->richLabels(), QStringList());
    }

    void copies_areTheIdAndAReport() {
        m_card->showDiagnosis(noCredit());
        m_shown->find<QPushButton>("copyRequestId")->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("req_7"));
        m_shown->find<QPushButton>("copyReport")->click();
        const QString report = QGuiApplication::clipboard()->text();
        for (const char* part :
             {"## There is no credit", "the wallet, do not retry", "1. Fill it.", "- Status 402", "req_7"})
            QVERIFY2(report.contains(QLatin1String(part)), part);
    }

    void longWords_scrollWhileTheButtonsStay() {
        Diagnosis diagnosis = noCredit();
        for (int i = 0; i < 40; ++i)
            diagnosis.steps +=
                QStringLiteral("One more step that goes on for a while and is wrapped at least once.");
        m_card->setTextHeightLimit(150);
        m_card->showDiagnosis(diagnosis);
        QCoreApplication::processEvents();
        const auto* scroll = m_card->findChild<QScrollArea*>();
        QVERIFY(scroll->height() <= 150);
        QVERIFY(scroll->verticalScrollBar()->maximum() > 0);
        QVERIFY(
            m_card->rect().contains(m_shown->find<QPushButton>("copyReport")->mapTo(m_card, QPoint(1, 1))));
    }

    void fewWords_takeOnlyTheirHeight() {
        m_card->setTextHeightLimit(600);
        m_card->showDiagnosis(noCredit());
        QCoreApplication::processEvents();
        const auto* scroll = m_card->findChild<QScrollArea*>();
        QCOMPARE(scroll->verticalScrollBar()->maximum(), 0);
        QVERIFY2(m_card->height() < 250, qPrintable(QString::number(m_card->height())));
        const int before = m_card->height();
        m_shown->find<QPushButton>("showEvidence")->click();
        QTRY_VERIFY(m_card->height() > before);
        QCOMPARE(scroll->verticalScrollBar()->maximum(), 0);
    }

    void everyControl_hasANameForScreenReaders() {
        m_card->showDiagnosis(noCredit());
        QCOMPARE(m_shown->nameless(), QStringList());
    }
};

QTEST_MAIN(TestDiagnosisCard)
#include "tst_diagnosis_card.moc"
