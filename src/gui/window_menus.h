// SPDX-License-Identifier: MIT
#pragma once

#include "gui/library_pane.h"

#include <functional>

class QMainWindow;

namespace lavascope {

/// What the menus can ask of the window.
struct WindowActions {
    std::function<void()> fresh;
    std::function<void()> open; ///< a recording, or the body of an answer
    std::function<void()> save;
    std::function<void()> send;
    std::function<void()> stop;
    std::function<void()> playAgain;
    std::function<void(LibraryPane::Page)> page;
    std::function<void()> environment;
    std::function<void()> url;
    std::function<void()> find;
    std::function<void()> findNext;
    std::function<void()> findPrevious;
    std::function<void()> filter;
    std::function<void()> library;
    std::function<void(const QString& theme)> theme; ///< remembers it; it is applied already
    QString chosenTheme;
    std::function<void(bool on)> share; ///< hides every secret, or no longer
    bool isSharing = false;
    std::function<void()> settings;
    std::function<void()> diagnostics;
    std::function<void()> updates; ///< asks for the latest release
};

/// File, Edit, View, Run and Help with their shortcuts, the palette of commands and the sheet of shortcuts.
void buildWindowMenus(QMainWindow& window, const WindowActions& actions);

} // namespace lavascope
