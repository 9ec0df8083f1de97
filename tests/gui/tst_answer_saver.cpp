// SPDX-License-Identifier: MIT
// What a call leaves in a file, by the form that was asked for.
#include "gui/answer_saver.h"
#include "gui/played_call.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace lavascope;
using namespace lavascope::fault;

namespace {

constexpr int patience = 20'000;
const QByteArray key = "aks_test_gui_0000_CANARY"; // what every call here is sent with

} // namespace

class TestAnswerSaver : public QObject {
    Q_OBJECT

private:
    void play(const QByteArray& answer) {
        m_server = std::make_unique<FaultServer>(FaultScript{say(answer), fin()});
        m_run = callTo(*m_workbench, *m_server);
        QTRY_VERIFY_WITH_TIMEOUT(m_run->isDone(), patience);
    }
    [[nodiscard]] QByteArray saved(AnswerSaver::Form form) const {
        QWidget window;
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("answer")));
        const Result<void> written = AnswerSaver(*m_workbench, &window).write(file.fileName(), *m_run, form);
        if (!written || !file.open(QIODevice::ReadOnly))
            qFatal("the answer was not written");
        return file.readAll();
    }

    std::unique_ptr<Workbench> m_workbench;
    std::unique_ptr<FaultServer> m_server;
    std::unique_ptr<Run> m_run;

private Q_SLOTS:
    void init() { m_workbench = std::make_unique<Workbench>(); }
    void cleanup() {
        m_run.reset();
        m_server.reset();
        m_workbench.reset();
    }

    void body_isTheBytesThatCame() {
        const QByteArray body = ": hello\n\n" + textEvent("High tide") + openAiEnd;
        play(streamHead() + body);
        QCOMPARE(saved(AnswerSaver::Form::Body), body);
    }

    void text_isWhatTheAnswerSays() {
        play(streamHead() + textEvent("High ") + textEvent("tide") + openAiEnd);
        QCOMPARE(saved(AnswerSaver::Form::Text), QByteArray("High tide"));
    }

    void json_isTheContractOfReplay() {
        play(streamHead() + textEvent("High tide") + openAiEnd);
        const QJsonObject json = QJsonDocument::fromJson(saved(AnswerSaver::Form::Json)).object();
        QCOMPARE(json[QStringLiteral("text")].toString(), QStringLiteral("High tide"));
        QCOMPARE(json[QStringLiteral("verdict")].toString(), QStringLiteral("complete"));
        QVERIFY(json[QStringLiteral("error")].isNull());
        QVERIFY(json[QStringLiteral("timeline")][QStringLiteral("end_ms")].isDouble());
    }

    void json_saysWhatAFailureIs() {
        play(
            "HTTP/1.1 402 Payment Required\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{}");
        const QJsonObject json = QJsonDocument::fromJson(saved(AnswerSaver::Form::Json)).object();
        QVERIFY(!json[QStringLiteral("error")][QStringLiteral("title")].toString().isEmpty());
    }

    void recording_isOneThatCanBeRead() {
        play(streamHead() + textEvent("High tide") + openAiEnd);
        const Result<Recording> read = readRecording(saved(AnswerSaver::Form::Recording));
        QVERIFY(read);
        QCOMPARE(read->attempts.back().body(), textEvent("High tide") + openAiEnd);
    }

    void answerThatQuotesTheKey_isSavedWithoutIt() {
        play(streamHead() + textEvent("your key is " + key) + openAiEnd);
        for (AnswerSaver::Form form : {AnswerSaver::Form::Recording, AnswerSaver::Form::Body,
                                       AnswerSaver::Form::Text, AnswerSaver::Form::Json}) {
            const QByteArray file = saved(form);
            QVERIFY(file.size() > 20);
            QVERIFY2(!file.contains("CANARY"), file);
        }
    }

    void withoutACall_nothingIsSavedAndItSaysSo() {
        QWidget window;
        AnswerSaver saver(*m_workbench, &window);
        QStringList said;
        connect(&saver, &AnswerSaver::said, this, [&](const QString& text) { said.append(text); });
        saver.save(nullptr, AnswerSaver::Form::Body);
        QCOMPARE(said, QStringList{QStringLiteral("There is no call to save yet.")});
    }
};

QTEST_MAIN(TestAnswerSaver)
#include "tst_answer_saver.moc"
