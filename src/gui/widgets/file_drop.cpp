// SPDX-License-Identifier: MIT
#include "gui/widgets/file_drop.h"

#include "gui/widgets/paste_box.h"

#include <QApplication>
#include <QDropEvent>
#include <QMimeData>
#include <QUrl>
#include <QWidget>

namespace lavascope {

namespace {

/// The path of the one file on this computer that is dragged; empty if it is anything else.
QString fileIn(const QMimeData& dragged) {
    const QList<QUrl> urls = dragged.urls();
    return urls.size() == 1 && urls.first().isLocalFile() ? urls.first().toLocalFile() : QString();
}

} // namespace

FileDrop::FileDrop(QWidget* window)
    : QObject(window)
    , m_window(window) {
    window->setAcceptDrops(true);
    // Of the program, since what is dropped on an editor is offered to the editor first.
    qApp->installEventFilter(this);
}

bool FileDrop::isMine(const QObject* target) const {
    const auto* widget = qobject_cast<const QWidget*>(target);
    return widget && widget->window() == m_window && !qobject_cast<const PasteBox*>(widget->parentWidget());
}

bool FileDrop::eventFilter(QObject* watched, QEvent* event) {
    const bool isDrag = event->type() == QEvent::DragEnter || event->type() == QEvent::DragMove;
    if ((!isDrag && event->type() != QEvent::Drop) || !isMine(watched))
        return QObject::eventFilter(watched, event);
    auto* drop = static_cast<QDropEvent*>(event);
    const QString path = fileIn(*drop->mimeData());
    if (path.isEmpty())
        return QObject::eventFilter(watched, event);
    // The file is looked at, never taken away from where it lies.
    drop->setDropAction(Qt::CopyAction);
    drop->accept();
    if (!isDrag)
        Q_EMIT dropped(path);
    return true;
}

} // namespace lavascope
