// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

#include <memory>

namespace Ui {
class SandboxPane;
}

namespace lavascope {

class SandboxHost;

/// The built-in gateway: where it listens, its money, what it served, and how it is told to misbehave.
class SandboxPane : public QWidget {
    Q_OBJECT

public:
    explicit SandboxPane(SandboxHost& sandbox, QWidget* parent = nullptr);
    ~SandboxPane() override;

private:
    void startOrStop();
    void applyFault();
    void refresh();
    void refreshLog();
    void refreshWallets();

    SandboxHost& m_sandbox;
    std::unique_ptr<Ui::SandboxPane> m_ui;
};

} // namespace lavascope
