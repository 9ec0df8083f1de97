// SPDX-License-Identifier: MIT
#include "gui/widgets/time_axis.h"

#include <QCoreApplication>

#include <algorithm>

namespace lavascope {

namespace {

constexpr qint64 millisecond = 1000;
constexpr qint64 second = 1000 * millisecond;

/// 1, 2 or 5 and noughts, and not below `least`.
qint64 roundStep(qint64 least) {
    qint64 power = 1;
    while (power * 10 <= least)
        power *= 10;
    for (const int digit : {1, 2, 5})
        if (power * digit >= least)
            return power * digit;
    return power * 10;
}

int digitsFor(qint64 step, qint64 unit) {
    int digits = 0;
    for (qint64 part = unit; step % part != 0 && part > 1; part /= 10)
        ++digits;
    return digits;
}

QString labelOf(qint64 at, qint64 step) {
    // One unit for all labels of an axis, so that they can be compared at a glance.
    const bool inSeconds = step >= second / 10;
    const qint64 unit = inSeconds ? second : millisecond;
    const QString number = QString::number(double(at) / double(unit), 'f', digitsFor(step, unit));
    return inSeconds ? QCoreApplication::translate("units", "%1 s").arg(number)
                     : QCoreApplication::translate("units", "%1 ms").arg(number);
}

} // namespace

std::vector<AxisTick> axisTicks(std::chrono::microseconds from, std::chrono::microseconds length, int most) {
    std::vector<AxisTick> ticks;
    const qint64 step = roundStep(std::max<qint64>(1, length.count() / std::max(1, most)));
    const qint64 first = (from.count() + step - 1) / step * step;
    for (qint64 at = first; at <= from.count() + length.count(); at += step)
        ticks.push_back({std::chrono::microseconds(at), labelOf(at, step)});
    return ticks;
}

} // namespace lavascope
