// SPDX-License-Identifier: MIT
#include "app/opened_files.h"
#include "app/private_process.h"
#include "app/window_line.h"
#include "gui/appearance.h"
#include "gui/main_window.h"
#include "session/thread_loops.h"
#include "session/workbench.h"

#include <QApplication>
#include <QCommandLineParser>

int main(int argc, char** argv) {
    lavascope::keepProcessPrivate();
    lavascope::preferLightThreadLoops();
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("lavascope"));
    QApplication::setApplicationDisplayName(QStringLiteral("Lavascope"));
    QApplication::setApplicationVersion(QStringLiteral(LAVASCOPE_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("lavascope"));

    QCommandLineParser line;
    lavascope::declareWindowLine(line);
    line.process(application);

    lavascope::Workbench workbench;
    lavascope::applyTheme(
        application, lavascope::themeByName(workbench.preference(QStringLiteral("view/theme")).toString()));
    lavascope::MainWindow window(workbench);
    const lavascope::OpenedFiles files(&application,
                                       [&window](const QString& path) { window.openFile(path); });
    window.show();
    if (const QStringList named = line.positionalArguments(); !named.isEmpty())
        window.openFile(named.first());
    return QApplication::exec();
}
