// SPDX-License-Identifier: MIT
#pragma once

#include <QApplication>
#include <QTimer>
#include <QWidget>

#include <cstdio>

/// Says `painted` on the standard output when the window has been drawn for the first time and the window
/// system has taken it, and ends the program.
class FirstPaint : public QObject {
public:
    explicit FirstPaint(QWidget& window)
        : m_window(&window) {
        window.installEventFilter(this);
    }

    bool eventFilter(QObject* watched, QEvent* event) override {
        if (watched == m_window && event->type() == QEvent::Paint && !m_isPainted) {
            m_isPainted = true;
            QTimer::singleShot(0, this, [] { // by then what was painted is handed on
                QGuiApplication::sync();
                std::puts("painted");
                std::fflush(stdout);
                QApplication::quit();
            });
        }
        return false;
    }

private:
    QWidget* m_window;
    bool m_isPainted = false;
};
