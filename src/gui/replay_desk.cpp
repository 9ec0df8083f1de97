// SPDX-License-Identifier: MIT
#include "gui/replay_desk.h"

#include "gui/recorded_request_view.h"
#include "gui/replay_strip.h"
#include "gui/widgets/file_drop.h"
#include "session/workbench.h"

#include <QFileDialog>
#include <QGuiApplication>
#include <QStackedWidget>

namespace lavascope {

namespace {

QString inWords(const Error& error) {
    QStringList sentences{error.message};
    if (error.offset > 0)
        sentences += ReplayDesk::tr("That is at byte %1.").arg(error.offset);
    if (!error.fix.isEmpty())
        sentences += error.fix;
    return sentences.join(QLatin1Char(' '));
}

} // namespace

ReplayDesk::ReplayDesk(Workbench& workbench, const ScreenShare& share, QWidget* window)
    : QObject(window)
    , m_workbench(workbench)
    , m_window(window)
    , m_strip(new ReplayStrip(window))
    , m_request(new RecordedRequestView(share, window))
    , m_requests(new QStackedWidget(window)) {
    connect(new FileDrop(window), &FileDrop::dropped, this, &ReplayDesk::open);
    connect(m_strip, &ReplayStrip::playWanted, this, &ReplayDesk::playAgain);
    connect(m_strip, &ReplayStrip::stopWanted, this, &ReplayDesk::stopWanted);
    connect(m_strip, &ReplayStrip::closeWanted, this, &ReplayDesk::closeWanted);
    connect(m_strip, &ReplayStrip::requestWanted, this, [this] { showRecordedRequest(true); });
    connect(m_request, &RecordedRequestView::ownRequestWanted, this, [this] { showRecordedRequest(false); });
}

ReplayDesk::~ReplayDesk() = default;

QWidget* ReplayDesk::besides(QWidget* ownRequest) {
    m_requests->insertWidget(0, ownRequest);
    m_requests->addWidget(m_request);
    m_requests->setCurrentIndex(0);
    return m_requests;
}

QWidget* ReplayDesk::strip() const {
    return m_strip;
}

void ReplayDesk::chooseFile() {
    const QString path = QFileDialog::getOpenFileName(
        m_window, tr("Open recording or body"), {},
        tr("Recordings and bodies (*.lavascope *.jsonl *.sse *.ndjson *.json *.bin *.txt)") +
            QStringLiteral(";;") + tr("All files (*)"));
    if (!path.isEmpty())
        open(path);
}

void ReplayDesk::open(const QString& path) {
    if (m_shown && !m_shown->isDone() && !m_shown->isReplay()) {
        m_strip->showProblem(path, tr("A call is running. Stop it (Esc), or wait for its end."));
        Q_EMIT refused();
        return;
    }
    QGuiApplication::setOverrideCursor(Qt::WaitCursor);
    Result<Recording> recording = m_workbench.loadRecording(path);
    QGuiApplication::restoreOverrideCursor();
    if (!recording) {
        m_strip->showProblem(path, inWords(recording.error()));
        Q_EMIT refused();
        return;
    }
    m_recording = *std::move(recording);
    m_strip->showRecording(path, *m_recording);
    Recording requestOnly;
    requestOnly.request = m_recording->request;
    m_request->showRequest(redact(requestOnly, {}));
    playAgain();
    showRecordedRequest(!m_recording->request.url.isEmpty());
    m_strip->focusControls();
}

void ReplayDesk::playAgain() {
    if (!m_recording) {
        chooseFile();
        return;
    }
    Result<std::unique_ptr<Run>> run = m_workbench.replay(*m_recording, m_strip->pace());
    if (!run)
        return; // loadRecording() gives none without an attempt
    m_made = *std::move(run);
    Q_EMIT played();
}

std::unique_ptr<Run> ReplayDesk::takeRun() {
    return std::move(m_made);
}

void ReplayDesk::follow(Run* run) {
    m_shown = run;
    if (run && run->isReplay()) {
        m_strip->follow(run);
        return;
    }
    m_recording.reset();
    m_strip->clear();
    showRecordedRequest(false);
}

bool ReplayDesk::bringBackOwnRequest() {
    if (m_requests->currentIndex() == 0)
        return false;
    showRecordedRequest(false);
    Q_EMIT said(tr("This is your own request again. Press Send once more to send it."));
    return true;
}

void ReplayDesk::showRecordedRequest(bool shown) {
    m_requests->setCurrentIndex(shown ? 1 : 0);
    m_strip->setRequestShown(shown);
}

} // namespace lavascope
