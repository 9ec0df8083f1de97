// SPDX-License-Identifier: MIT
#include "session/load_lines.h"

#include <QCoreApplication>
#include <QLocale>

namespace lavascope {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("LoadTest", text);
}

QString count(qint64 number) {
    return QLocale::c().toString(number);
}

QString milliseconds(std::chrono::microseconds time) {
    const double exact = std::chrono::duration<double, std::milli>(time).count();
    return tr("%1 ms").arg(exact, 0, 'f', 1);
}

LoadLine plain(const QString& name, const QString& value) {
    return {name, value, {}, true};
}

LoadLine judged(const QString& name, const QString& value, const LoadBar& bar, const QString& limit) {
    return {name, value,
            bar.isKept() ? tr("passed: at most %1").arg(limit)
                         : tr("failed: should be at most %1").arg(limit),
            bar.isKept()};
}

} // namespace

std::vector<LoadLine> loadLines(const LoadFigures& figures) {
    const std::vector<LoadBar> bars = loadBars(figures);
    const auto limit = [&](size_t bar) { return QString::number(bars[bar].limit); };
    return {
        plain(tr("Load"), tr("%1 events, %2 MB")
                              .arg(count(figures.events))
                              .arg(double(figures.bytes) / double(std::mega::num), 0, 'f', 1)),
        plain(tr("Time until all is read"), milliseconds(figures.took)),
        plain(tr("A plain read of the same bytes"), milliseconds(figures.plainTook)),
        judged(tr("Times a plain read"), QString::number(figures.ratio(), 'f', 2), bars[0], limit(0)),
        plain(tr("Speed"), tr("%1 events/s, %2 MB/s")
                               .arg(count(qRound64(figures.eventsPerSecond())))
                               .arg(figures.megabytesPerSecond(), 0, 'f', 1)),
        judged(tr("Longest time without a reaction"), milliseconds(figures.longestStall), bars[1],
               tr("%1 ms").arg(limit(1))),
        plain(tr("Longest wait of an event until it was read"), milliseconds(figures.longestWait)),
        judged(tr("Time until Stop has acted"), milliseconds(figures.stopTook), bars[2],
               tr("%1 ms").arg(limit(2))),
    };
}

} // namespace lavascope
