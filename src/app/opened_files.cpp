// SPDX-License-Identifier: MIT
#include "app/opened_files.h"

#include <QFileOpenEvent>

#include <utility>

namespace lavascope {

OpenedFiles::OpenedFiles(QObject* application, Open open)
    : m_open(std::move(open)) {
    application->installEventFilter(this);
}

bool OpenedFiles::eventFilter(QObject* receiver, QEvent* event) {
    if (event->type() != QEvent::FileOpen)
        return QObject::eventFilter(receiver, event);
    // An address that is no file has no path here, and we answer for no scheme.
    if (const QString path = static_cast<QFileOpenEvent*>(event)->file(); !path.isEmpty())
        m_open(path);
    return true;
}

} // namespace lavascope
