// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/recording.h"

#include <QObject>
#include <QPointer>

#include <memory>
#include <optional>

class QStackedWidget;
class QWidget;

namespace lavascope {

class RecordedRequestView;
class ReplayStrip;
class Run;
class ScreenShare;
class Workbench;

/// Opens recordings and bodies and plays them. What is open stays in memory, so that it can be played again
/// whatever becomes of its file.
class ReplayDesk : public QObject {
    Q_OBJECT

public:
    /// `window` is what the file dialog belongs to, and what files are dropped on.
    ReplayDesk(Workbench& workbench, const ScreenShare& share, QWidget* window);
    ~ReplayDesk() override;

    /// The user's own request, and in its place the recorded one while that is looked at.
    [[nodiscard]] QWidget* besides(QWidget* ownRequest);
    /// What belongs above the answer.
    [[nodiscard]] QWidget* strip() const;

    void chooseFile();
    /// Opens and plays a file, all at once. Not while a call runs, which would be lost; the strip says so,
    /// and what is wrong with a file that cannot be opened. What was shown before then stays.
    void open(const QString& path);
    void playAgain(); ///< at the speed that is chosen; without a recording it asks for a file
    /// The run that played() speaks of.
    [[nodiscard]] std::unique_ptr<Run> takeRun();
    /// What the window shows from now on; a call, or nothing, ends the replay.
    void follow(Run* run);
    /// Shows the user's own request again and says so; false if it is in sight anyway.
    bool bringBackOwnRequest();

Q_SIGNALS:
    void played(); ///< a run waits to be taken
    void stopWanted();
    void closeWanted();
    void refused(); ///< the strip says why
    void said(const QString& text);

private:
    void showRecordedRequest(bool shown);

    Workbench& m_workbench;
    QWidget* m_window;
    ReplayStrip* m_strip;
    RecordedRequestView* m_request;
    QStackedWidget* m_requests;
    std::optional<Recording> m_recording;
    std::unique_ptr<Run> m_made;
    QPointer<Run> m_shown;
};

} // namespace lavascope
