// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

class QMainWindow;
class QSplitter;

namespace lavascope {

class Workbench;

/// Gives a window the size and the columns that it had when it was closed last.
class WindowMemory : public QObject {
    Q_OBJECT

public:
    WindowMemory(Workbench& workbench, QSplitter* columns, QMainWindow* window);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    Workbench& m_workbench;
    QSplitter* m_columns;
    QMainWindow* m_window;
};

} // namespace lavascope
