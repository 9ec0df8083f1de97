// SPDX-License-Identifier: MIT
#pragma once

#include "gui/appearance.h"
#include "gui/played_call.h"
#include "gui/screen_share.h"
#include "gui/shown.h"
#include "gui/stream_pane.h"

#include <QApplication>
#include <QFile>
#include <QTabWidget>
#include <QTest>

namespace lavascope {

/// A pane of answers and real calls to fill it: to the built-in gateway, and to a server that says exactly
/// what is written in the test.
class StreamPaneTest : public QObject {
    Q_OBJECT

protected:
    static constexpr int patience = 20'000;

    [[nodiscard]] static QByteArray fixture(const QString& name) {
        QFile file(QStringLiteral(LAVASCOPE_SOURCE_DIR "/tests/fixtures/streams/") + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void play(const FaultScript& script, const SendOptions& options = {},
              const QByteArray& providerUrl = "https://api.openai.com/v1/chat/completions") {
        m_server = std::make_unique<FaultServer>(script);
        m_run = callTo(*m_workbench, *m_server, options, providerUrl);
        m_pane->showRun(m_run.get());
    }
    void playToTheEnd(const FaultScript& script,
                      const QByteArray& providerUrl = "https://api.openai.com/v1/chat/completions") {
        play(script, {}, providerUrl);
        QTRY_VERIFY_WITH_TIMEOUT(m_run->isDone(), patience);
    }
    std::unique_ptr<Run> sandboxCall(const SendOptions& options = {}) {
        RequestDraft draft;
        draft.gateway = m_workbench->sandbox().origin();
        draft.providerUrl = "https://api.openai.com/v1/chat/completions";
        draft.token.secretKey = Secret("aks_test_gui_0000_CANARY");
        draft.body =
            R"({"model":"gpt-4o-mini","stream":true,"messages":[{"role":"user","content":"hello"}]})";
        Result<std::unique_ptr<Run>> run = m_workbench->send(draft, options);
        return run ? *std::move(run) : nullptr;
    }
    void startSandbox(double pace, const QStringList& faults = {}) {
        SandboxWish wish;
        wish.pace = pace;
        wish.faults = faults;
        QVERIFY(m_workbench->sandbox().start(wish));
    }
    void openTab(int index) { m_shown->find<QTabWidget>("tabs")->setCurrentIndex(index); }
    QLabel* cardLabel(const char* name) const {
        return m_shown->find<QFrame>("diagnosis")->findChild<QLabel*>(QLatin1String(name));
    }

    std::unique_ptr<Workbench> m_workbench;
    ScreenShare m_share;
    std::unique_ptr<StreamPane> m_pane;
    std::unique_ptr<FaultServer> m_server;
    std::unique_ptr<Run> m_run;
    std::optional<Shown> m_shown;

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Theme::Light); }
    void init() {
        m_workbench = std::make_unique<Workbench>();
        m_pane = std::make_unique<StreamPane>(m_share);
        m_shown.emplace(*m_pane);
        m_pane->resize(700, 700);
        m_pane->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_pane.get()));
    }
    void cleanup() {
        m_pane.reset();
        m_run.reset();
        m_server.reset();
        m_workbench.reset();
    }
};

} // namespace lavascope
