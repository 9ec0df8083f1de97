// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/recording.h"
#include "core/stream/replay_pace.h"

#include <QFrame>

class QComboBox;
class QLabel;
class QPushButton;

namespace lavascope {

class Run;

/// Says over the answer that it is the replay of a file, and how fast that is played; or why a file could not
/// be opened. Hidden while neither is so.
class ReplayStrip : public QFrame {
    Q_OBJECT

public:
    explicit ReplayStrip(QWidget* parent = nullptr);

    void showRecording(const QString& path, const Recording& recording);
    /// Stop can be pressed while this runs; null: no longer.
    void follow(const Run* run);
    /// Leaves whatever is played alone.
    void showProblem(const QString& path, const QString& problem);
    void clear();
    [[nodiscard]] ReplayPace pace() const;
    void focusControls();
    void setRequestShown(bool shown); ///< it can be asked for while it is not

Q_SIGNALS:
    void playWanted();
    void stopWanted();
    void requestWanted(); ///< what was sent then is to be shown
    void closeWanted();

private:
    QWidget* buildControls();
    QWidget* buildProblem();
    QPushButton* addButton(QLayout* layout, const QString& name, const QString& text,
                           const QString& accessibleName);
    void showButtons();
    void hideProblem();

    QLabel* m_title;
    QLabel* m_facts;
    QWidget* m_controls;
    QLabel* m_speedLabel = nullptr;
    QComboBox* m_speed = nullptr;
    QPushButton* m_play = nullptr;
    QPushButton* m_stop = nullptr;
    QPushButton* m_request = nullptr;
    QWidget* m_problem;
    QLabel* m_problemText = nullptr;
    bool m_isOpen = false;
    bool m_hasTimes = false;
    bool m_hasRequest = false;
    bool m_isRequestShown = false;
    bool m_isRunning = false;
};

} // namespace lavascope
