// SPDX-License-Identifier: MIT
#include "layers/layer_check.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QSet>

namespace {

constexpr int longestFile = 400;

// room -> the rooms it may use
using Table = QMap<QString, QSet<QString>>;

QString textOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

Table readTable(const QString& cmake) {
    static const QRegularExpression line(QStringLiteral(R"(^lavascope_room\(\s*(\S+)([^)]*)\))"),
                                         QRegularExpression::MultilineOption);
    static const QStringList keywords{QStringLiteral("QT"), QStringLiteral("USES"), QStringLiteral("LIBS")};
    Table table;
    for (auto rooms = line.globalMatch(cmake); rooms.hasNext();) {
        const QRegularExpressionMatch room = rooms.next();
        QString list;
        QSet<QString> used;
        for (const QString& word :
             room.captured(2).split(QRegularExpression(QStringLiteral("\\s+")), Qt::SkipEmptyParts)) {
            if (keywords.contains(word))
                list = word;
            else if (list == QStringLiteral("USES"))
                used.insert(word);
        }
        table.insert(room.captured(1), used);
    }
    // Where everything is put together; it stands outside the floors.
    table.insert(QStringLiteral("app"),
                 {QStringLiteral("gui"), QStringLiteral("cli"), QStringLiteral("session")});
    return table;
}

// The longest room that a path below src lies in, so that core/base is found before core.
QString roomOf(const QString& path, const Table& table) {
    QString found;
    for (auto room = table.keyBegin(); room != table.keyEnd(); ++room)
        if (path.startsWith(*room + QLatin1Char('/')) && room->size() > found.size())
            found = *room;
    return found;
}

QStringList tableFaults(const Table& table) {
    static const QStringList doors{QStringLiteral("gui"), QStringLiteral("cli")};
    QStringList broken;
    for (auto room = table.begin(); room != table.end(); ++room) {
        for (const QString& used : room.value()) {
            const bool isCore = used.startsWith(QStringLiteral("core/"));
            if (room.key().startsWith(QStringLiteral("core/")) && !isCore)
                broken += QStringLiteral("the table lets %1 use %2, but core uses nothing outside core")
                              .arg(room.key(), used);
            if (doors.contains(room.key()) && !isCore && used != QStringLiteral("session"))
                broken += QStringLiteral("the table lets %1 use %2, but a door sees session and core only")
                              .arg(room.key(), used);
        }
    }
    return broken;
}

QStringList includeFaults(const QString& file, const QString& text, const Table& table) {
    static const QRegularExpression include(QStringLiteral("^\\s*#\\s*include\\s*\"([^\"]+)\""),
                                            QRegularExpression::MultilineOption);
    const QString room = roomOf(file, table);
    if (room.isEmpty())
        return {QStringLiteral("%1 lies in no room of the table in src/CMakeLists.txt").arg(file)};
    QStringList broken;
    for (auto matches = include.globalMatch(text); matches.hasNext();) {
        const QString included = matches.next().captured(1);
        if (included.startsWith(QStringLiteral("ui_")))
            continue;
        const QString target = roomOf(included, table);
        if (target.isEmpty())
            broken += QStringLiteral("%1 includes \"%2\" without its room").arg(file, included);
        else if (target != room && !table.value(room).contains(target))
            broken +=
                QStringLiteral("%1 includes \"%2\", but %3 may not use %4").arg(file, included, room, target);
    }
    return broken;
}

// What a value type cannot need: events, time, files, processes, the network, settings, the environment.
QStringList purityFaults(const QString& file, const QString& text) {
    static const QRegularExpression outside(QStringLiteral(
        R"(\b(Q_OBJECT|QObject|QTimer|QElapsedTimer|QFile|QDir|QSaveFile|QProcess|QSettings|QStandardPaths|QThread|QNetwork\w+|QTcp\w+|qgetenv|qEnvironmentVariable|currentDateTime\w*|currentMSecsSinceEpoch|steady_clock|system_clock|QRandomGenerator|qDebug|qWarning)\b)"));
    if (!file.startsWith(QStringLiteral("core/")))
        return {};
    const QRegularExpressionMatch found = outside.match(text);
    if (!found.hasMatch())
        return {};
    return {
        QStringLiteral("%1 uses %2, but core is pure: bytes in, values out").arg(file, found.captured(1))};
}

} // namespace

QStringList brokenRules(const QString& root) {
    const QString source = root + QStringLiteral("/src");
    const Table table = readTable(textOf(source + QStringLiteral("/CMakeLists.txt")));
    if (table.size() <= 1)
        return {QStringLiteral("src/CMakeLists.txt holds no table of rooms")};

    QStringList broken = tableFaults(table);
    QDirIterator files(source, {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        const QString file = QDir(source).relativeFilePath(path);
        const QString text = textOf(path);
        broken += includeFaults(file, text, table);
        broken += purityFaults(file, text);
        if (!text.startsWith(QStringLiteral("// SPDX-License-Identifier: MIT\n")))
            broken += QStringLiteral("%1 does not begin with its licence line").arg(file);
        if (const auto lines = text.count(QLatin1Char('\n')); lines > longestFile)
            broken += QStringLiteral("%1 has %2 lines: what second idea lives there?").arg(file).arg(lines);
    }
    broken.sort();
    return broken;
}
