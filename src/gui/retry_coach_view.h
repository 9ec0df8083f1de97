// SPDX-License-Identifier: MIT
#pragma once

#include "core/diagnosis/retry_coach.h"

#include <QWidget>

#include <memory>

namespace Ui {
class RetryCoachView;
}

namespace lavascope {

class SandboxHost;

/// The retry coach of the built-in gateway: how calls are to fail first, and what it says of the clients.
class RetryCoachView : public QWidget {
    Q_OBJECT

public:
    explicit RetryCoachView(SandboxHost& sandbox, QWidget* parent = nullptr);
    ~RetryCoachView() override;

private:
    void setUpWish();
    void setUpTables();
    void startOrStop();
    void refresh();
    void add(const RetryReport& report);
    void showReport(const RetryReport& report);
    void showTries(const RetryReport& report);
    void showFindings(const RetryReport& report);
    [[nodiscard]] QString chosenStep() const;
    [[nodiscard]] const RetryReport* chosenReport() const;

    SandboxHost& m_sandbox;
    std::unique_ptr<Ui::RetryCoachView> m_ui;
};

} // namespace lavascope
