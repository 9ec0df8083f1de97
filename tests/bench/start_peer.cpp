// SPDX-License-Identifier: MIT
// The least that a program with a Qt window does when it starts; see start_bench.mjs.
#include "bench/first_paint.h"

#include <QMainWindow>

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QMainWindow window;
    const FirstPaint painted(window);
    window.show();
    return QApplication::exec();
}
