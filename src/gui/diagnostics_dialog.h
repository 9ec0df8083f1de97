// SPDX-License-Identifier: MIT
#pragma once

#include "session/doctor.h"

#include <QDialog>

#include <memory>

class QTableWidget;

namespace Ui {
class DiagnosticsDialog;
}

namespace lavascope {

class LoadTest;
class Run;
class ScreenShare;
class StreamPane;

/// What works on this computer, and a load test that is drawn while it runs. Both can be copied as text.
class DiagnosticsDialog : public QDialog {
    Q_OBJECT

public:
    DiagnosticsDialog(Workbench& workbench, const ScreenShare& share, QWidget* parent = nullptr);
    ~DiagnosticsDialog() override;

private:
    void look();
    void showChecks();
    void runLoad();
    void showCall(Run* run);
    void showFigures();
    void copyReport() const;

    Workbench& m_workbench;
    std::unique_ptr<Ui::DiagnosticsDialog> m_ui;
    StreamPane* m_pane;
    std::vector<HealthCheck> m_checks;
    std::unique_ptr<Doctor> m_doctor;
    std::unique_ptr<LoadTest> m_load;
};

} // namespace lavascope
