// SPDX-License-Identifier: MIT
#pragma once

#include <QMainWindow>

namespace lavascope {

class Workbench;

/// Arranges the panes; decides nothing.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(Workbench& workbench);
    ~MainWindow() override;
};

} // namespace lavascope
