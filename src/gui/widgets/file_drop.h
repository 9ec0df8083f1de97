// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

class QWidget;

namespace lavascope {

/// Takes a file that is dropped anywhere on a window, also onto an editor, which would write the file's
/// address into its text; but not onto a box that what is pasted belongs into.
class FileDrop : public QObject {
    Q_OBJECT

public:
    explicit FileDrop(QWidget* window);

Q_SIGNALS:
    void dropped(const QString& path);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] bool isMine(const QObject* target) const;

    QWidget* m_window;
};

} // namespace lavascope
