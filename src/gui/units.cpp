// SPDX-License-Identifier: MIT
#include "gui/units.h"

#include <QCoreApplication>
#include <QLocale>

namespace lavascope {

QString milliseconds(std::chrono::microseconds time) {
    constexpr qint64 perMillisecond = 1000;
    constexpr qint64 perSecond = 1000 * perMillisecond;
    constexpr qint64 perMinute = 60 * perSecond;
    const qint64 count = time.count();
    if (count < perSecond)
        return QCoreApplication::translate("units", "%1 ms")
            .arg((count + perMillisecond / 2) / perMillisecond);
    if (count < perMinute)
        return QCoreApplication::translate("units", "%1 s").arg(double(count) / double(perSecond), 0, 'f', 2);
    return QCoreApplication::translate("units", "%1 min %2 s")
        .arg(count / perMinute)
        .arg(count % perMinute / perSecond);
}

QString byteSize(qint64 bytes) {
    constexpr qint64 perKilobyte = 1000;
    if (bytes < perKilobyte)
        return QCoreApplication::translate("units", "%1 B").arg(bytes);
    return QLocale::c().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

} // namespace lavascope
