// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>

class QAction;
class QLineEdit;
class QListWidget;
class QMainWindow;

namespace lavascope {

/// Every command of a window's menus, in menu order.
[[nodiscard]] QList<QAction*> commandsOf(const QMainWindow& window);
/// A command's name without the marks that menus need.
[[nodiscard]] QString commandName(const QAction& action);

/// Finds a command by any part of its name and runs it.
class CommandPalette : public QDialog {
    Q_OBJECT

public:
    explicit CommandPalette(QMainWindow& window);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void filter(const QString& text);
    void runChosen();

    QList<QAction*> m_commands;
    QLineEdit* m_line;
    QListWidget* m_list;
};

} // namespace lavascope
