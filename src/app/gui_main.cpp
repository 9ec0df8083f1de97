// SPDX-License-Identifier: MIT
#include "app/private_process.h"
#include "gui/appearance.h"
#include "gui/main_window.h"
#include "session/workbench.h"

#include <QApplication>

int main(int argc, char** argv) {
    lavascope::keepProcessPrivate();
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("lavascope"));
    QApplication::setApplicationDisplayName(QStringLiteral("Lavascope"));
    QApplication::setApplicationVersion(QStringLiteral(LAVASCOPE_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("lavascope"));

    lavascope::Workbench workbench;
    lavascope::applyTheme(
        application, lavascope::themeByName(workbench.preference(QStringLiteral("view/theme")).toString()));
    lavascope::MainWindow window(workbench);
    window.show();
    return QApplication::exec();
}
