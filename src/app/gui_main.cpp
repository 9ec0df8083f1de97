// SPDX-License-Identifier: MIT
#include "gui/appearance.h"
#include "gui/main_window.h"
#include "session/workbench.h"

#include <QApplication>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

int main(int argc, char** argv) {
#ifdef Q_OS_UNIX
    ::umask(077); // whatever we write is for its owner only
#endif
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
