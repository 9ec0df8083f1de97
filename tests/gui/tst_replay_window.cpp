// SPDX-License-Identifier: MIT
// Files that are opened in the real window: what is shown of them, and what they leave alone.
#include "gui/appearance.h"
#include "gui/main_window.h"
#include "gui/models/event_table_model.h"
#include "gui/shown.h"
#include "session/workbench.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QUrl>

using namespace lavascope;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 20'000;

QByteArray textEvent(const QByteArray& text) {
    return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
}
const QByteArray end =
    "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

/// A recorded call that said these words, one every so often.
QByteArray recordingOf(const QByteArrayList& words, std::chrono::microseconds every) {
    Recording recording;
    recording.startedAtMs = 1'780'000'000'123;
    recording.request.method = "POST";
    recording.request.url =
        "https://api.lava.so/v1/forward?u=https%3A%2F%2Fapi.openai.com%2Fv1%2Fchat%2Fcompletions";
    recording.request.headers.append("Authorization", "Bearer aks_test_0123456789abcdefCANARY");
    recording.request.body = R"({"model":"recorded-model","stream":true})";
    Attempt attempt;
    attempt.status = 200;
    attempt.reason = "OK";
    attempt.headers.append("Content-Type", "text/event-stream");
    attempt.headersAt = 1ms;
    std::chrono::microseconds at = 2ms;
    for (const QByteArray& word : words) {
        attempt.chunks.push_back({at, textEvent(word)});
        at += every;
    }
    attempt.chunks.push_back({at, end});
    attempt.ending = Ending{EndReason::Finished, {}, at + 1ms, 1};
    recording.attempts.push_back(std::move(attempt));
    return writeRecording(redact(recording, {}));
}

QByteArray refusedCall() {
    Recording recording;
    recording.startedAtMs = 1'780'000'000'123;
    recording.request.method = "POST";
    recording.request.url = "https://api.lava.so/v1/forward?u=x";
    Attempt attempt;
    attempt.status = 429;
    attempt.headersAt = 1ms;
    attempt.headers.append("Retry-After", "30");
    attempt.chunks = {{2ms, R"({"error":{"message":"Slow down","code":"rate_limit_exceeded"}})"}};
    attempt.ending = Ending{EndReason::Finished, {}, 3ms, 1};
    recording.attempts.push_back(std::move(attempt));
    return writeRecording(redact(recording, {}));
}

} // namespace

class TestReplayWindow : public QObject {
    Q_OBJECT

private:
    QString file(const QString& name, const QByteArray& content) {
        const QString path = m_folder->filePath(name);
        QFile written(path);
        const bool isWritten = written.open(QIODevice::WriteOnly) && written.write(content) == content.size();
        return isWritten ? path : QString();
    }
    void open(const QString& name, const QByteArray& content) { m_window->openFile(file(name, content)); }
    template <typename T>
    T* find(const char* name) const {
        return m_shown->find<T>(name);
    }
    [[nodiscard]] QString answer() const { return m_shown->text("answerText"); }
    [[nodiscard]] bool strip() const { return !m_shown->isHidden("replayStrip"); }
    [[nodiscard]] bool ownRequestIsShown() const { return m_shown->isHidden("recordedRequest"); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(m_window.get(), key, modifiers);
    }
    /// As with the arrow keys, from At once downwards.
    void chooseSpeed(int down) {
        auto* speed = find<QComboBox>("replaySpeed");
        speed->setFocus();
        for (int i = 0; i < down; ++i)
            QTest::keyClick(speed, Qt::Key_Down);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Workbench> m_workbench;
    std::unique_ptr<MainWindow> m_window;
    std::optional<Shown> m_shown;

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Theme::Light); }
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_workbench = std::make_unique<Workbench>();
        m_window = std::make_unique<MainWindow>(*m_workbench);
        m_shown.emplace(*m_window);
        m_window->resize(1280, 800);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }
    void cleanup() {
        m_window.reset();
        m_workbench.reset();
    }

    void recording_isShownAsWhatItIs() {
        QVERIFY(!strip());
        open(QStringLiteral("call.jsonl"), recordingOf({"High ", "tide"}, 1h));
        QTRY_COMPARE(answer(), QStringLiteral("High tide"));
        QVERIFY(strip());
        const QString day = QDateTime::fromMSecsSinceEpoch(1'780'000'000'123).toString(Qt::ISODate).left(10);
        QVERIFY(
            m_shown->label("replayTitle").contains(QStringLiteral("Replay of call.jsonl, recorded ") + day));
        QTRY_VERIFY(m_shown->label("verdict").contains(QStringLiteral("complete")));
        QCOMPARE(m_shown->label("status"), QStringLiteral("200 OK"));
        QCOMPARE(find<QPushButton>("send")->text(), QStringLiteral("Send"));
        QVERIFY(m_workbench->sandbox().log().isEmpty());
    }

    void recordedRequest_isShownMaskedAndTheOwnOneIsKept() {
        const QString own = m_shown->text("bodyText");
        open(QStringLiteral("call.jsonl"), recordingOf({"x"}, 1ms));
        QVERIFY(!ownRequestIsShown());
        QVERIFY(
            find<QLineEdit>("recordedLine")->text().startsWith(QStringLiteral("POST https://api.lava.so")));
        QVERIFY(m_shown->cells("recordedHeaders").contains(QStringLiteral("Bearer aks_test_…NARY")));
        QVERIFY(!m_shown->cells("recordedHeaders").contains(QStringLiteral("0123456789")));
        QVERIFY(m_shown->text("recordedBody").contains(QStringLiteral("recorded-model")));
        press(Qt::Key_F9); // the screen is shared
        QVERIFY(m_shown->cells("recordedHeaders").contains(QStringLiteral("Bearer aks_test_…")));
        QVERIFY(!m_shown->cells("recordedHeaders").contains(QStringLiteral("NARY")));
        press(Qt::Key_F9);
        find<QPushButton>("ownRequest")->click();
        QVERIFY(ownRequestIsShown());
        QCOMPARE(m_shown->text("bodyText"), own);
        find<QPushButton>("replayRequest")->click();
        QVERIFY(!ownRequestIsShown());
    }

    void sendWhileARecordedRequestIsShown_doesNotSendUnseen() {
        open(QStringLiteral("call.jsonl"), recordingOf({"then"}, 1ms));
        press(Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(ownRequestIsShown());
        QVERIFY(strip());
        QVERIFY(m_workbench->sandbox().log().isEmpty());
        press(Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(!strip());
        QTRY_COMPARE_WITH_TIMEOUT(m_workbench->sandbox().log().size(), qsizetype(1), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!answer().isEmpty(), patience);
        QVERIFY(!answer().contains(QStringLiteral("then")));
    }

    void originalSpeed_showsWhatCameFirstAndCanBeStopped() {
        open(QStringLiteral("call.jsonl"), recordingOf({"now ", "later"}, 1h));
        QTRY_COMPARE(answer(), QStringLiteral("now later"));
        QVERIFY(!find<QPushButton>("replayStop")->isEnabled());
        chooseSpeed(1);
        QTRY_COMPARE(answer(), QStringLiteral("now "));
        QVERIFY(m_shown->label("verdict").contains(QStringLiteral("receiving")));
        QVERIFY(find<QPushButton>("replayStop")->isEnabled());
        find<QPushButton>("replayStop")->click();
        QTRY_VERIFY(m_shown->label("verdict").contains(QStringLiteral("stopped by you")));
        QVERIFY(m_shown->isHidden("diagnosis"));
        QCOMPARE(answer(), QStringLiteral("now "));
        find<QPushButton>("replayPlay")->click();
        QTRY_COMPARE(answer(), QStringLiteral("now "));
        press(Qt::Key_Escape);
        QTRY_VERIFY(!find<QPushButton>("replayStop")->isEnabled());
    }

    void fasterSpeed_playsToTheEnd() {
        open(QStringLiteral("call.jsonl"), recordingOf({"a", "b", "c"}, 20ms));
        for (int speed = 1; speed <= 3; ++speed) {
            chooseSpeed(1);
            QTRY_VERIFY(!find<QPushButton>("replayStop")->isEnabled());
            QTRY_COMPARE(answer(), QStringLiteral("abc"));
        }
        QCOMPARE(find<QComboBox>("replaySpeed")->currentText(), QStringLiteral("×10"));
    }

    void secondRecording_holdsNothingOfTheFirst() {
        open(QStringLiteral("first.jsonl"), recordingOf({"one ", "one ", "one"}, 1ms));
        chooseSpeed(1);
        open(QStringLiteral("second.jsonl"), recordingOf({"two ", "two"}, 1ms));
        QTRY_COMPARE(answer(), QStringLiteral("two two"));
        QTRY_COMPARE(find<QAbstractItemView>("eventTable")->model()->rowCount(), 4);
        QVERIFY(m_shown->label("replayTitle").contains(QStringLiteral("second.jsonl")));
        for (int i = 0; i < 20; ++i) { // back and forth in one breath
            open(QStringLiteral("first.jsonl"), recordingOf({"one ", "one ", "one"}, 1ms));
            open(QStringLiteral("second.jsonl"), recordingOf({"two ", "two"}, 1ms));
        }
        QTRY_COMPARE(answer(), QStringLiteral("two two"));
        QTRY_COMPARE(find<QAbstractItemView>("eventTable")->model()->rowCount(), 4);
    }

    void bareBody_hasNeitherTimesNorRequest() {
        open(QStringLiteral("answer.sse"), textEvent("High tide") + end);
        QTRY_COMPARE(answer(), QStringLiteral("High tide"));
        QVERIFY(m_shown->label("replayFacts").contains(QStringLiteral("no times")));
        QVERIFY(!find<QComboBox>("replaySpeed")->isEnabled());
        QVERIFY(ownRequestIsShown());
        QVERIFY(m_shown->isHidden("replayRequest"));
        QTRY_VERIFY(m_shown->label("verdict").contains(QStringLiteral("complete")));
        QVERIFY(m_shown->isHidden("firstByte"));
        QVERIFY(m_shown->isHidden("end"));
        QVERIFY(!m_shown->isHidden("size"));
        const auto* events = find<QTableView>("eventTable");
        QVERIFY(events->isColumnHidden(EventTableModel::Arrival));
        QVERIFY(events->isColumnHidden(EventTableModel::Gap));
        QVERIFY(!events->isColumnHidden(EventTableModel::Preview));
        QCOMPARE(m_shown->label("timelineEmpty"),
                 QStringLiteral("The file does not tell when each event came."));
    }

    void replayedFailure_isExplainedAndOffersNoSending() {
        open(QStringLiteral("refused.jsonl"), refusedCall());
        QTRY_VERIFY(!m_shown->isHidden("diagnosis"));
        QVERIFY(m_shown->isHidden("retryNow"));
        QVERIFY(m_shown->label("status").contains(QStringLiteral("429")));
    }

    void fileThatCannotBePlayed_isToldWhyAndNothingIsLost_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("said");
        const QByteArray head = R"({"lavascope_recording":1})"
                                "\n";
        QTest::newRow("broken line") << QStringLiteral("broken.jsonl")
                                     << head + "{\"attempt\":1}\n{oops}\n{}\n"
                                     << QStringLiteral("Line 3");
        QTest::newRow("of the future")
            << QStringLiteral("new.jsonl") << QByteArray(R"({"lavascope_recording":9})")
            << QStringLiteral("version 9");
        QTest::newRow("no attempt") << QStringLiteral("none.jsonl") << head << QStringLiteral("no attempt");
        QTest::newRow("empty") << QStringLiteral("empty.sse") << QByteArray() << QStringLiteral("is empty");
        QTest::newRow("folder") << QStringLiteral(".") << QByteArray() << QStringLiteral("is a folder");
        QTest::newRow("hostile name")
            << QStringLiteral("<b>x\u202E.jsonl") << head << QStringLiteral("<b>x<U+202E>");
    }
    void fileThatCannotBePlayed_isToldWhyAndNothingIsLost() {
        QFETCH(QString, name);
        QFETCH(QByteArray, content);
        QFETCH(QString, said);
        open(QStringLiteral("good.jsonl"), recordingOf({"High tide"}, 1ms));
        QTRY_COMPARE(answer(), QStringLiteral("High tide"));
        press(Qt::Key_2, Qt::ControlModifier); // wherever one is
        m_window->openFile(name == QLatin1String(".") ? m_folder->path() : file(name, content));
        QVERIFY(!m_shown->isHidden("replayProblem"));
        QVERIFY2(m_shown->label("replayProblem").contains(said), qPrintable(m_shown->label("replayProblem")));
        QCOMPARE(find<QLabel>("replayProblem")->textFormat(), Qt::PlainText);
        QCOMPARE(answer(), QStringLiteral("High tide"));
        QVERIFY(m_shown->label("replayTitle").contains(QStringLiteral("good.jsonl")));
        find<QPushButton>("replayDismiss")->click();
        QVERIFY(m_shown->isHidden("replayProblem"));
        QVERIFY(strip());
    }

    void missingFile_isSaidWhereTheAnswerWouldBe() {
        m_window->openFile(m_folder->filePath(QStringLiteral("nowhere.jsonl")));
        QVERIFY(m_shown->label("replayProblem").contains(QStringLiteral("There is no file")));
        QVERIFY(m_shown->isHidden("replayTitle"));
        find<QPushButton>("replayDismiss")->click();
        QVERIFY(!strip());
    }

    void runningCall_isNotLostToARecording() {
        press(Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(find<QPushButton>("send")->text(), QStringLiteral("Stop"));
        open(QStringLiteral("call.jsonl"), recordingOf({"then"}, 1ms));
        QVERIFY(m_shown->label("replayProblem").contains(QStringLiteral("A call is running")));
        QTRY_COMPARE_WITH_TIMEOUT(find<QPushButton>("send")->text(), QStringLiteral("Send"), patience);
        QTRY_VERIFY(m_shown->label("verdict").contains(QStringLiteral("complete")));
        QVERIFY(!answer().isEmpty());
        open(QStringLiteral("call.jsonl"), recordingOf({"then"}, 1ms));
        QTRY_COMPARE(answer(), QStringLiteral("then"));
    }

    void droppedFile_isPlayed_data() {
        QTest::addColumn<bool>("ontoTheEditor");
        QTest::newRow("onto the window") << false;
        QTest::newRow("onto an editor") << true;
    }
    void droppedFile_isPlayed() {
        QFETCH(bool, ontoTheEditor);
        auto* editor = find<QPlainTextEdit>("bodyText");
        QWidget* target = ontoTheEditor ? editor->viewport() : m_window.get();
        const QString own = editor->toPlainText();
        const QString path = file(QStringLiteral("call.jsonl"), recordingOf({"dropped"}, 1ms));
        QMimeData dragged;
        dragged.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter({10, 10}, Qt::CopyAction | Qt::MoveAction, &dragged, Qt::LeftButton,
                              Qt::NoModifier);
        QApplication::sendEvent(target, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop({10, 10}, Qt::CopyAction | Qt::MoveAction, &dragged, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(target, &drop);
        QCOMPARE(drop.dropAction(), Qt::CopyAction);
        QTRY_COMPARE(answer(), QStringLiteral("dropped"));
        QCOMPARE(editor->toPlainText(), own);
    }

    void draggedText_isNoFile() {
        QMimeData dragged;
        dragged.setText(QStringLiteral("words"));
        QDragEnterEvent enter({10, 10}, Qt::CopyAction, &dragged, Qt::LeftButton, Qt::NoModifier);
        enter.ignore();
        QApplication::sendEvent(m_window.get(), &enter);
        QVERIFY(!enter.isAccepted());
    }

    void openCommand_asksForAFile() {
        const QString path = file(QStringLiteral("call.jsonl"), recordingOf({"chosen"}, 1ms));
        QTimer::singleShot(0, this, [path] {
            auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
            QVERIFY(dialog);
            dialog->findChild<QLineEdit*>()->setText(path);
            QTest::keyClick(dialog->findChild<QLineEdit*>(), Qt::Key_Return);
        });
        press(Qt::Key_O, Qt::ControlModifier);
        QTRY_COMPARE(answer(), QStringLiteral("chosen"));
        press(Qt::Key_R, Qt::ControlModifier); // once more, without asking
        QTRY_COMPARE(answer(), QStringLiteral("chosen"));
    }

    void closedReplay_leavesTheOwnRequest() {
        open(QStringLiteral("call.jsonl"), recordingOf({"then"}, 1h));
        chooseSpeed(1);
        find<QPushButton>("replayClose")->click();
        QVERIFY(!strip());
        QVERIFY(ownRequestIsShown());
        QVERIFY(m_shown->isHidden("clock"));
        QVERIFY(answer().isEmpty());
    }

    void replayControls_haveNamesAndPlainText() {
        open(QStringLiteral("call.jsonl"), recordingOf({"then"}, 1ms));
        for (const char* place : {"replayStrip", "recordedRequest"}) {
            const Shown part(*find<QWidget>(place));
            QCOMPARE(part.nameless(), QStringList());
            QCOMPARE(part.richLabels(), QStringList());
        }
        QCOMPARE(QApplication::focusWidget(), find<QWidget>("replayPlay"));
    }

    void windowOf1024By700_holdsTheStrip() {
        m_window->resize(1024, 700);
        open(QStringLiteral("a-rather-long-name-of-a-recording-that-somebody-mailed.jsonl"),
             recordingOf({"then"}, 1ms));
        QCoreApplication::processEvents();
        QVERIFY(m_window->width() <= 1024 && m_window->height() <= 700);
        const QWidget* strip = find<QWidget>("replayStrip");
        for (const char* name : {"replaySpeed", "replayPlay", "replayStop", "replayClose"}) {
            const auto* control = find<QWidget>(name);
            const QRect place(control->mapTo(strip, QPoint(0, 0)), control->size());
            QVERIFY2(strip->rect().contains(place), name);
        }
        QVERIFY(find<QWidget>("StreamPane")->findChild<QWidget*>(QStringLiteral("tabs"))->height() > 150);
    }
};

QTEST_MAIN(TestReplayWindow)
#include "tst_replay_window.moc"
