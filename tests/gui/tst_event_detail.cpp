// SPDX-License-Identifier: MIT
#include "core/stream/stream_reader.h"
#include "gui/appearance.h"
#include "gui/shown.h"
#include "gui/widgets/event_detail.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDeadlineTimer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace lavascope;
using namespace std::chrono_literals;

namespace {

const QDeadlineTimer noHurry(QDeadlineTimer::Forever);

} // namespace

class TestEventDetail : public QObject {
    Q_OBJECT

private:
    void showEventOf(const QByteArray& data) {
        m_reader.emplace(StreamHints{"https://api.openai.com/v1/images/generations", {}, {}});
        m_reader->takeHeaders(200, {{"Content-Type", "text/event-stream"}}, 1ms);
        m_reader->take({2ms, "data: " + data + "\n\n"});
        m_detail->setEvent(*m_reader, 0);
    }
    int drawAll() {
        int steps = 1;
        while (m_detail->pull(QDeadlineTimer(0)))
            ++steps;
        return steps;
    }

    std::optional<StreamReader> m_reader;
    std::unique_ptr<EventDetail> m_detail;
    std::optional<Shown> m_shown;

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Theme::Light); }
    void init() {
        m_detail = std::make_unique<EventDetail>();
        m_shown.emplace(*m_detail);
        m_detail->resize(500, 300);
        m_detail->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_detail.get()));
    }
    void cleanup() {
        m_detail.reset();
        m_reader.reset();
    }

    void shortData_areShownWhole() {
        showEventOf(R"({"a":[1,"x"]})");
        drawAll();
        QCOMPARE(m_shown->text("eventDetail"), QStringLiteral("{\n  \"a\": [\n    1,\n    \"x\"\n  ]\n}"));
        QVERIFY(m_shown->isHidden("longString"));
    }

    void longString_isElidedAndCanBeHadWhole() {
        const QByteArray picture = "iVBORw0KGgo" + QByteArray(1'300'000, 'A');
        showEventOf("{\"type\":\"x\",\"b64_json\":\"" + picture + "\",\"note\":\"" +
                    QByteArray(R"(line\nü\u00fc🌊)").repeated(1000) + "\"}");
        drawAll();
        const QString text = m_shown->text("eventDetail");
        QVERIFY2(text.contains(QStringLiteral("AAA… 1.3 MB …\",\n")), qPrintable(text));
        QVERIFY(text.size() < 400);
        auto* which = m_shown->find<QComboBox>("longString");
        QVERIFY(which->isVisible());
        QCOMPARE(which->count(), 2);
        QCOMPARE(which->itemText(0), QStringLiteral("b64_json · 1.3 MB"));
        m_shown->find<QPushButton>("copyString")->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), QString::fromLatin1(picture));

        which->setCurrentIndex(1);
        const QSignalSpy saved(m_detail.get(), &EventDetail::saveWanted);
        m_shown->find<QPushButton>("saveString")->click();
        QCOMPARE(saved.size(), 1);
        QCOMPARE(saved[0][0].toByteArray(), QByteArray("line\nüü🌊").repeated(1000));
        QCOMPARE(saved[0][1].toString(), QStringLiteral("string.txt"));
    }

    void nameThatDeceives_isAChipInTheList() {
        showEventOf("{\"a\u202eb\":\"" + QByteArray(5000, 'x') + "\"}");
        drawAll();
        QVERIFY(m_shown->find<QComboBox>("longString")
                    ->itemText(0)
                    .startsWith(QStringLiteral("a<U+202E>b · 5.0 kB")));
    }

    void hugeData_areDrawnInSteps() {
        showEventOf("[\"" + QByteArray(64'000'000, 'A') + "\"]");
        QVERIFY(drawAll() > 30);
        QVERIFY(m_shown->text("eventDetail").contains(QStringLiteral("64.0 MB")));
        QVERIFY(!m_shown->find<QPushButton>("copyString")->isEnabled());
        QVERIFY(m_shown->find<QPushButton>("saveString")->isEnabled());
    }

    void muchData_breakOffWithANote() {
        showEventOf("[" + QByteArray("1234567,").repeated(1'000'000) + "0]");
        // What is left out is not looked at.
        QVERIFY(drawAll() < 500);
        const QString text = m_shown->text("eventDetail");
        QVERIFY(text.endsWith(
            QStringLiteral("… 8.0 MB in all; the rest is left out here, not in the recording.")));
        QVERIFY(text.size() < 1'000'000);
    }

    void noJson_isShownAsItIs() {
        showEventOf("[DONE]");
        drawAll();
        QCOMPARE(m_shown->text("eventDetail"), QStringLiteral("[DONE]"));
    }

    void anotherEvent_takesTheBarAway() {
        showEventOf("\"" + QByteArray(5000, 'x') + "\"");
        drawAll();
        QVERIFY(!m_shown->isHidden("longString"));
        m_detail->clear();
        QVERIFY(m_shown->isHidden("longString"));
        QCOMPARE(m_shown->text("eventDetail"), QString());
    }

    void everyControl_hasANameForScreenReaders() {
        QCOMPARE(m_shown->nameless(), QStringList());
        QCOMPARE(m_shown->richLabels(), QStringList());
    }
};

QTEST_MAIN(TestEventDetail)
#include "tst_event_detail.moc"
