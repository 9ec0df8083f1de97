// SPDX-License-Identifier: MIT
#pragma once

#include <QPointer>
#include <QStringDecoder>
#include <QTimer>
#include <QWidget>

#include <memory>

namespace Ui {
class StreamPane;
}

namespace lavascope {

class Run;

/// The answer side of one call: diagnosis, clock, text, events, raw bytes and headers, as they arrive.
class StreamPane : public QWidget {
    Q_OBJECT

public:
    explicit StreamPane(QWidget* parent = nullptr);
    ~StreamPane() override;

    /// Watches this run from now on, and no other; it must be taken away (clear) before it is deleted.
    void showRun(Run* run);
    void clear();
    void focusFilter();

Q_SIGNALS:
    void demoWanted();
    void retryNowWanted();
    void stopWanted();

private:
    void startAttempt();
    void armFrame();
    void drawFrame();
    void drawEnd();
    void drawHeaders();
    void drawEmptyStates();
    bool drawRaw();

    std::unique_ptr<Ui::StreamPane> m_ui;
    QPointer<Run> m_run;
    QTimer m_frame;
    QStringDecoder m_rawText{QStringDecoder::Utf8};
    size_t m_rawChunks = 0;
    qint64 m_rawShown = 0;
    bool m_rawFull = false;
};

} // namespace lavascope
