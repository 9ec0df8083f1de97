// SPDX-License-Identifier: MIT
#include "gui/window_menus.h"

#include "gui/about_dialog.h"
#include "gui/appearance.h"
#include "gui/command_palette.h"

#include <QActionGroup>
#include <QApplication>
#include <QMainWindow>
#include <QMenuBar>
#include <QMessageBox>

namespace lavascope {

namespace {

QAction* add(QMenu* menu, const QString& text, const QKeySequence& keys, const std::function<void()>& act) {
    QAction* action = menu->addAction(text);
    action->setShortcut(keys);
    QObject::connect(action, &QAction::triggered, menu, act);
    return action;
}

void showPlain(QMainWindow& window, const QString& title, const QString& text) {
    QMessageBox box(&window);
    box.setTextFormat(Qt::PlainText);
    box.setWindowTitle(title);
    box.setText(text);
    box.exec();
}

void addThemes(QMenu* menu, const WindowActions& actions) {
    auto* group = new QActionGroup(menu);
    const QList<std::pair<Theme, QString>> themes{{Theme::System, QMenu::tr("As the &system")},
                                                  {Theme::Light, QMenu::tr("&Light")},
                                                  {Theme::Dark, QMenu::tr("&Dark")},
                                                  {Theme::HighContrast, QMenu::tr("&High contrast")}};
    for (const auto& [theme, text] : themes) {
        QAction* action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(theme == themeByName(actions.chosenTheme));
        group->addAction(action);
        QObject::connect(action, &QAction::triggered, menu, [theme = theme, remember = actions.theme] {
            applyTheme(*qApp, theme);
            remember(themeName(theme));
        });
    }
}

QString shortcutSheet(const QMainWindow& window) {
    QStringList lines;
    for (const QAction* action : commandsOf(window))
        if (!action->shortcut().isEmpty())
            lines += QStringLiteral("%1    %2")
                         .arg(action->shortcut().toString(QKeySequence::NativeText), -16)
                         .arg(commandName(*action));
    return lines.join(QLatin1Char('\n'));
}

} // namespace

void buildWindowMenus(QMainWindow& window, const WindowActions& actions) {
    QMenu* file = window.menuBar()->addMenu(QMenu::tr("&File"));
    add(file, QMenu::tr("&New request"), QKeySequence::New, actions.fresh);
    add(file, QMenu::tr("&Open recording or body…"), QKeySequence::Open, actions.open);
    add(file, QMenu::tr("&Save recording…"), QKeySequence::Save, actions.save);
    file->addSeparator();
    add(file, QMenu::tr("&Quit"), QKeySequence(QMenu::tr("Ctrl+Q")), [&window] { window.close(); });

    QMenu* edit = window.menuBar()->addMenu(QMenu::tr("&Edit"));
    add(edit, QMenu::tr("&Find"), QKeySequence::Find, actions.find);
    add(edit, QMenu::tr("Find &next"), QKeySequence(Qt::Key_F3), actions.findNext);
    add(edit, QMenu::tr("Find &previous"), QKeySequence(Qt::SHIFT | Qt::Key_F3), actions.findPrevious);
    add(edit, QMenu::tr("F&ilter events"), QKeySequence(QMenu::tr("Ctrl+Shift+F")), actions.filter);
    add(edit, QMenu::tr("&URL"), QKeySequence(QMenu::tr("Ctrl+L")), actions.url);
    add(edit, QMenu::tr("&Gateway"), QKeySequence(QMenu::tr("Ctrl+E")), actions.environment);
    add(edit, QMenu::tr("&Command palette…"), QKeySequence(QMenu::tr("Ctrl+K")),
        [&window] { CommandPalette(window).exec(); });
    edit->addSeparator();
    add(edit, QMenu::tr("Se&ttings…"), QKeySequence(QMenu::tr("Ctrl+,")), actions.settings);

    QMenu* view = window.menuBar()->addMenu(QMenu::tr("&View"));
    using Page = LibraryPane::Page;
    add(view, QMenu::tr("&Compose"), QKeySequence(QMenu::tr("Ctrl+1")),
        [page = actions.page] { page(Page::Compose); });
    add(view, QMenu::tr("&Decode"), QKeySequence(QMenu::tr("Ctrl+2")),
        [page = actions.page] { page(Page::Decode); });
    add(view, QMenu::tr("&Sandbox"), QKeySequence(QMenu::tr("Ctrl+3")),
        [page = actions.page] { page(Page::Sandbox); });
    view->addSeparator();
    add(view, QMenu::tr("&Library"), QKeySequence(QMenu::tr("Ctrl+B")), actions.library);
    addThemes(view->addMenu(QMenu::tr("&Appearance")), actions);
    QAction* share = view->addAction(QMenu::tr("Screen-share &mode: hide every secret"));
    share->setShortcut(QKeySequence(Qt::Key_F9));
    share->setCheckable(true);
    share->setChecked(actions.isSharing);
    QObject::connect(share, &QAction::toggled, view, actions.share);

    QMenu* run = window.menuBar()->addMenu(QMenu::tr("&Run"));
    QAction* send = add(run, QMenu::tr("&Send"), QKeySequence(QMenu::tr("Ctrl+Return")), actions.send);
    send->setAutoRepeat(false); // each call may cost money
    send->setShortcuts({QKeySequence(QMenu::tr("Ctrl+Return")), QKeySequence(QMenu::tr("Ctrl+Enter"))});
    add(run, QMenu::tr("S&top"), QKeySequence(Qt::Key_Escape), actions.stop);
    add(run, QMenu::tr("&Play the recording again"), QKeySequence(QMenu::tr("Ctrl+R")), actions.playAgain);

    QMenu* help = window.menuBar()->addMenu(QMenu::tr("&Help"));
    add(help, QMenu::tr("&Shortcuts"), QKeySequence(QMenu::tr("Ctrl+/")),
        [&window] { showPlain(window, QMenu::tr("Shortcuts"), shortcutSheet(window)); });
    add(help, QMenu::tr("&Diagnostics…"), {}, actions.diagnostics);
    add(help, QMenu::tr("Check for &updates…"), {}, actions.updates);
    add(help, QMenu::tr("&About Lavascope"), {}, [&window] { AboutDialog(&window).exec(); });
}

} // namespace lavascope
