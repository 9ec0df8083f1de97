// SPDX-License-Identifier: MIT
// What src/app/gui_main.cpp does from its first line to the window that is drawn; see start_bench.mjs.
#include "bench/first_paint.h"
#include "gui/appearance.h"
#include "gui/main_window.h"
#include "session/thread_loops.h"
#include "session/workbench.h"

int main(int argc, char** argv) {
    lavascope::preferLightThreadLoops();
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("lavascope"));
    lavascope::Workbench workbench;
    lavascope::applyTheme(
        application, lavascope::themeByName(workbench.preference(QStringLiteral("view/theme")).toString()));
    lavascope::MainWindow window(workbench);
    const FirstPaint painted(window);
    window.show();
    return QApplication::exec();
}
