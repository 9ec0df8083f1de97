// SPDX-License-Identifier: MIT
#pragma once

#include "gui/answer_saver.h"

#include <QDeadlineTimer>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <chrono>
#include <memory>

namespace Ui {
class StreamPane;
}

namespace lavascope {
class Curtain;
class FindBar;
class Run;
class ScreenShare;
class SecretWatch;
struct Remedy;
struct HttpRequest;

/// The answer side of one call: diagnosis, clock, text, events, raw bytes and headers, as they arrive.
class StreamPane : public QWidget {
    Q_OBJECT

public:
    explicit StreamPane(const ScreenShare& share, QWidget* parent = nullptr);
    ~StreamPane() override;

    /// Watches this run from now on, and no other; null or the end of the run's life clears the pane.
    void showRun(Run* run);
    /// What came of something that was done about the failure.
    void tell(const QString& text);
    void clear();
    /// How many tries a new call with this request would have behind it.
    [[nodiscard]] int triesOf(const HttpRequest& request) const;
    /// Looks for a text in the tab in sight.
    [[nodiscard]] FindBar* findBar() const { return m_find; }
    void focusFilter();
    /// Whether answers are shown as rendered Markdown, else as they came.
    void showRendered(bool rendered);

Q_SIGNALS:
    void demoWanted();
    void renderedChosen(bool rendered);
    void retryNowWanted();
    void remedyWanted(const lavascope::Remedy& remedy);
    void stopWanted();
    void saveWanted(AnswerSaver::Form form);
    void saveBytesWanted(const QByteArray& bytes, const QString& suggestedName);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void startAttempt();
    void armFrame();
    [[nodiscard]] std::chrono::milliseconds untilNextFrame() const;
    void drawFrame();
    bool drawTabs(const QDeadlineTimer& until, bool grows);
    void drawEnd();
    void drawFigures();
    bool drawRaw(const QDeadlineTimer& until);
    void drawHeaders();
    void drawEmptyReasons();
    void showRawTab();
    [[nodiscard]] bool mayHoldSecret();
    [[nodiscard]] bool takeGrowth();
    [[nodiscard]] bool isTimed() const;
    void showEventRow(int number);

    void aimFind();

    std::unique_ptr<Ui::StreamPane> m_ui;
    QPointer<Run> m_run;
    Curtain* m_curtain;                         ///< over an answer that quotes a secret
    FindBar* m_find;                            ///< below the tabs
    std::unique_ptr<SecretWatch> m_secretWatch; ///< of the attempt shown; none without one
    qint64 m_bytesSeen = 0;                     ///< of the body, at the last frame
    QTimer m_frame;
    QDeadlineTimer m_nextFrame; ///< while bytes come, not drawn before it
    QTimer m_figuresStand;      ///< while it runs the figures stay as they are
    bool m_figuresAreLate = false;
};

} // namespace lavascope
