// SPDX-License-Identifier: MIT
#include "gui/command_palette.h"

#include <QAction>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QVBoxLayout>

namespace lavascope {

namespace {

void collect(const QList<QAction*>& actions, QList<QAction*>& found) {
    for (QAction* action : actions) {
        if (action->menu())
            collect(action->menu()->actions(), found);
        else if (!action->isSeparator())
            found.append(action);
    }
}

} // namespace

QList<QAction*> commandsOf(const QMainWindow& window) {
    QList<QAction*> found;
    collect(window.findChild<QMenuBar*>()->actions(), found);
    return found;
}

QString commandName(const QAction& action) {
    return action.text().remove(QLatin1Char('&')).remove(QChar(0x2026));
}

CommandPalette::CommandPalette(QMainWindow& window)
    : QDialog(&window)
    , m_commands(commandsOf(window))
    , m_line(new QLineEdit(this))
    , m_list(new QListWidget(this)) {
    setObjectName(QStringLiteral("commandPalette"));
    setWindowTitle(tr("Commands"));
    m_line->setObjectName(QStringLiteral("commandFilter"));
    m_line->setAccessibleName(tr("Find a command"));
    m_line->setPlaceholderText(tr("Find a command"));
    m_line->installEventFilter(this);
    m_list->setObjectName(QStringLiteral("commands"));
    m_list->setAccessibleName(tr("Commands"));
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_line);
    layout->addWidget(m_list);
    resize(fontMetrics().averageCharWidth() * 60, fontMetrics().height() * 18);
    connect(m_line, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_line, &QLineEdit::returnPressed, this, &CommandPalette::runChosen);
    connect(m_list, &QListWidget::itemActivated, this, &CommandPalette::runChosen);
    filter({});
}

void CommandPalette::filter(const QString& text) {
    m_list->clear();
    for (qsizetype i = 0; i < m_commands.size(); ++i) {
        const QString name = commandName(*m_commands[i]);
        if (!name.contains(text, Qt::CaseInsensitive))
            continue;
        const QString keys = m_commands[i]->shortcut().toString(QKeySequence::NativeText);
        auto* item =
            new QListWidgetItem(keys.isEmpty() ? name : QStringLiteral("%1    %2").arg(name, keys), m_list);
        item->setData(Qt::UserRole, i);
    }
    m_list->setCurrentRow(0);
}

// The arrows move in the list while the hands stay on the line.
bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_line && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down) {
            QCoreApplication::sendEvent(m_list, event);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void CommandPalette::runChosen() {
    const QListWidgetItem* item = m_list->currentItem();
    if (!item)
        return;
    QAction* action = m_commands[item->data(Qt::UserRole).toInt()];
    accept();
    action->trigger();
}

} // namespace lavascope
