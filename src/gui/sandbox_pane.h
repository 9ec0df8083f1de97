// SPDX-License-Identifier: MIT
#pragma once

#include <QTimer>
#include <QWidget>

#include <memory>

namespace Ui {
class SandboxPane;
}

namespace lavascope {

class SandboxHost;
class ScreenShare;
class SandboxLogModel;

/// The built-in gateway: where it listens, its money, what it served, and how it is told to misbehave.
class SandboxPane : public QWidget {
    Q_OBJECT

public:
    SandboxPane(SandboxHost& sandbox, const ScreenShare& share, QWidget* parent = nullptr);
    ~SandboxPane() override;

private:
    void setUpFaults();
    void setUpMoney();
    void setUpTables();
    void startOrStop();
    void applyFault();
    void refresh();
    void refreshWallets();
    [[nodiscard]] QString chosenFault() const;

    SandboxHost& m_sandbox;
    const ScreenShare& m_share;
    std::unique_ptr<Ui::SandboxPane> m_ui;
    SandboxLogModel* m_log;
    QTimer m_refreshSoon;
    QString m_problem; ///< why it could not be started
};

} // namespace lavascope
