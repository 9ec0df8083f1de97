// SPDX-License-Identifier: MIT
#include "gui/window_memory.h"

#include "session/workbench.h"

#include <QEvent>
#include <QMainWindow>
#include <QScreen>
#include <QSplitter>

namespace lavascope {

namespace {

const QString geometryKey = QStringLiteral("window/geometry");
constexpr int sidebarLetters = 32;
const QString columnsKey = QStringLiteral("window/columns");

} // namespace

WindowMemory::WindowMemory(Workbench& workbench, QSplitter* columns, QMainWindow* window)
    : QObject(window)
    , m_workbench(workbench)
    , m_columns(columns)
    , m_window(window) {
    if (!window->restoreGeometry(workbench.preference(geometryKey).toByteArray()))
        window->resize(QSize(1360, 860).boundedTo(window->screen()->availableSize()));
    if (!columns->restoreState(workbench.preference(columnsKey).toByteArray()))
        columns->setSizes({sidebarLetters * columns->fontMetrics().averageCharWidth(), window->width()});
    window->installEventFilter(this);
}

bool WindowMemory::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Close) {
        m_workbench.setPreference(geometryKey, m_window->saveGeometry());
        m_workbench.setPreference(columnsKey, m_columns->saveState());
    }
    return QObject::eventFilter(watched, event);
}

} // namespace lavascope
