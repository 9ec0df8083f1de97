// SPDX-License-Identifier: MIT
// One call through the real transport to the real built-in gateway.
#include "session/workbench.h"

#include <QSignalSpy>
#include <QTest>

using namespace lavascope;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 20'000;
const QByteArray key = "aks_test_run_0000_CANARY";

} // namespace

class TestRun : public QObject {
    Q_OBJECT

private:
    RequestDraft draft() {
        RequestDraft made;
        made.gateway = m_workbench->sandbox().origin();
        made.providerUrl = "https://api.openai.com/v1/chat/completions";
        made.token.secretKey = Secret(key);
        made.body = R"({"model":"gpt-4o-mini","stream":true,"messages":[{"role":"user","content":"hello"}]})";
        return made;
    }
    std::unique_ptr<Run> send(const SendOptions& options = {}) {
        auto run = m_workbench->send(draft(), options);
        return run ? *std::move(run) : nullptr;
    }
    void restart(double pace, const QStringList& faults = {}) {
        SandboxWish wish;
        wish.pace = pace;
        wish.faults = faults;
        QVERIFY(m_workbench->sandbox().start(wish));
    }

    std::unique_ptr<Workbench> m_workbench;

private Q_SLOTS:
    void init() {
        m_workbench = std::make_unique<Workbench>();
        restart(0);
    }

    void goodCall_endsOnceWithAWholeAnswer() {
        const auto run = send();
        QSignalSpy finished(run.get(), &Run::finished);
        const QSignalSpy attempts(run.get(), &Run::attemptStarted);
        QCOMPARE(run->state(), Run::State::Connecting);
        QVERIFY(finished.wait(patience));
        QVERIFY(run->succeeded());
        QVERIFY(!run->diagnosis());
        QCOMPARE(attempts.size(), 1);
        QCOMPARE(run->recording().attempts.size(), size_t(1));
        QCOMPARE(run->reader().transcript().verdict, std::optional(Verdict::Complete));
        QVERIFY(!run->reader().transcript().first().text.isEmpty());
        run->stop();
        QCOMPARE(finished.size(), 1);
    }

    void stoppedCall_keepsWhatCame() {
        restart(1);
        const auto run = send();
        QSignalSpy finished(run.get(), &Run::finished);
        QTRY_VERIFY_WITH_TIMEOUT(run->reader().transcript().events > 2, patience);
        run->stop();
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patience);
        QVERIFY(!run->succeeded());
        QCOMPARE(run->reader().transcript().verdict, std::optional(Verdict::Stopped));
        QVERIFY(run->recording().attempts.back().bodySize() > 0);
    }

    void callStoppedBeforeItWasSent_isAnAttemptWithAnEnd() {
        const auto run = send();
        const QSignalSpy finished(run.get(), &Run::finished);
        run->stop();
        QCOMPARE(finished.size(), 1);
        QCOMPARE(run->recording().attempts.size(), size_t(1));
        QCOMPARE(run->recording().attempts[0].ending->timesSent, 0);
        QVERIFY(m_workbench->sandbox().log().isEmpty());
    }

    void failure_isNotTriedAgainUnasked() {
        restart(0, {QStringLiteral("503")});
        const auto run = send();
        QSignalSpy finished(run.get(), &Run::finished);
        QVERIFY(finished.wait(patience));
        QCOMPARE(run->recording().attempts.size(), size_t(1));
        QVERIFY(run->diagnosis());
        QCOMPARE(m_workbench->sandbox().log().size(), qsizetype(1));
    }

    void retry_waitsCanBeHurriedAndSucceeds() {
        restart(0, {QStringLiteral("429:times=1,retry_after=3600")});
        SendOptions options;
        options.retry.maxRetries = 1;
        options.retry.cap = 3600s;
        const auto run = send(options);
        QSignalSpy waiting(run.get(), &Run::waiting);
        QSignalSpy finished(run.get(), &Run::finished);
        QVERIFY(waiting.wait(patience));
        QCOMPARE(run->state(), Run::State::Waiting);
        QVERIFY(run->waitLeft() > 1000s);
        run->retryNow();
        QVERIFY(finished.wait(patience));
        QVERIFY(run->succeeded());
        QCOMPARE(run->recording().attempts.size(), size_t(2));
    }

    void waiting_canBeStopped() {
        restart(0, {QStringLiteral("429:retry_after=3600")});
        SendOptions options;
        options.retry.maxRetries = 1;
        options.retry.cap = 3600s;
        const auto run = send(options);
        QSignalSpy waiting(run.get(), &Run::waiting);
        const QSignalSpy finished(run.get(), &Run::finished);
        QVERIFY(waiting.wait(patience));
        QCOMPARE(run->retryPlan().next, RetryPlan::Next::ByItself);
        run->stop();
        QCOMPARE(finished.size(), 1);
        QVERIFY(run->diagnosis());
        // What the server asked for still holds, for whoever tries again.
        QCOMPARE(run->retryPlan().next, RetryPlan::Next::ByHand);
        QVERIFY(run->waitLeft() > 1000s);
    }

    void retries_endAfterAsManyAsWereAskedFor() {
        restart(0, {QStringLiteral("503")});
        SendOptions options;
        options.retry.maxRetries = 2;
        options.retry.base = 1ms;
        const auto run = send(options);
        QSignalSpy finished(run.get(), &Run::finished);
        QVERIFY(finished.wait(patience));
        QCOMPARE(finished.size(), 1);
        QCOMPARE(run->recording().attempts.size(), size_t(3));
        QCOMPARE(m_workbench->sandbox().log().size(), qsizetype(3));
        QCOMPARE(run->retryPlan().obstacle, RetryPlan::Obstacle::UsedUp);
    }

    void failureUnasked_saysWhenATryIsWorthIt() {
        restart(0, {QStringLiteral("429:retry_after=3600")});
        const auto run = send();
        QSignalSpy finished(run.get(), &Run::finished);
        QVERIFY(finished.wait(patience));
        QCOMPARE(run->retryPlan().next, RetryPlan::Next::ByHand);
        QVERIFY(run->waitLeft() > 1000s);
        QVERIFY(run->waitLeft() <= 3600s);
    }

    void beginningsOfAnswers_areMaskedAndShort() {
        restart(0, {QStringLiteral("503")});
        const auto run = send();
        QSignalSpy finished(run.get(), &Run::finished);
        QVERIFY(finished.wait(patience));
        const Recording beginnings = run->redactedBeginnings(10);
        QCOMPARE(beginnings.attempts.size(), size_t(1));
        QCOMPARE(beginnings.attempts[0].body(), run->recording().attempts[0].body().first(10));
        for (const Headers::Field& field : beginnings.request.headers)
            QVERIFY(!field.value.contains("CANARY"));
    }

    void brokenStream_isNeverTriedAgainByItself() {
        restart(0, {QStringLiteral("cut:after=4")});
        SendOptions options;
        options.retry.maxRetries = 3;
        const auto run = send(options);
        QSignalSpy finished(run.get(), &Run::finished);
        QVERIFY(finished.wait(patience));
        QCOMPARE(run->recording().attempts.size(), size_t(1));
        QCOMPARE(run->reader().transcript().verdict, std::optional(Verdict::CutOff));
    }

    void silentGateway_timesOut() {
        restart(0, {QStringLiteral("hang")});
        SendOptions options;
        options.firstByteLimit = 200ms;
        const auto run = send(options);
        QSignalSpy finished(run.get(), &Run::finished);
        QVERIFY(finished.wait(patience));
        QCOMPARE(run->recording().attempts[0].ending->reason, EndReason::FirstByteTimeout);
        QVERIFY(run->diagnosis());
    }

    void gatewayThatIsDown_isRefused() {
        RequestDraft wanted = draft();
        m_workbench->sandbox().stop();
        const auto run = m_workbench->send(wanted);
        QVERIFY(run);
        QSignalSpy finished(run->get(), &Run::finished);
        QVERIFY(finished.wait(patience));
        QCOMPARE((*run)->recording().attempts[0].ending->reason, EndReason::ConnectionRefused);
    }

    void unusableDraft_isRefusedBeforeAnythingIsSent() {
        RequestDraft bad = draft();
        bad.headers.append("X-Bad", "a\r\nX-Smuggled: 1");
        const auto run = m_workbench->send(bad);
        QVERIFY(!run);
        QCOMPARE(run.error().code, QStringLiteral("header_value_invalid"));
        QVERIFY(m_workbench->sandbox().log().isEmpty());
    }

    void redactedRecording_holdsNoSecret() {
        const auto run = send();
        QSignalSpy finished(run.get(), &Run::finished);
        QVERIFY(finished.wait(patience));
        const QByteArray written = writeRecording(run->redacted());
        QVERIFY(written.contains("api.openai.com"));
        QVERIFY(!written.contains(key));
        QVERIFY(!written.contains(key.toBase64()));
        QVERIFY(!written.contains("eyJzZWNyZXRfa2V5Ijoi"));
    }
};

QTEST_GUILESS_MAIN(TestRun)
#include "tst_run.moc"
