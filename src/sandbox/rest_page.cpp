// SPDX-License-Identifier: MIT
#include "sandbox/rest_page.h"

#include <QDateTime>

#include <algorithm>
#include <optional>

namespace lavascope {

QString decimalDollars(qint64 micros) {
    constexpr qint64 million = 1'000'000;
    return QStringLiteral("%1.%2").arg(micros / million).arg(micros % million, 6, 10, QLatin1Char('0')) +
           QStringLiteral("0000");
}

QString isoTime(qint64 ms) {
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs);
}

Judged<QByteArray> pageBody(const Query& query, const QStringList& ids, const QList<QByteArray>& items) {
    constexpr int usualPage = 50;
    constexpr int longestPage = 100;
    int limit = usualPage;
    if (const std::optional<QByteArray> text = query.value("limit")) {
        bool fits = false;
        limit = text->toInt(&fits);
        if (!fits || limit < 1 || limit > longestPage) {
            return refuse(400, QStringLiteral("limit_invalid"),
                          QStringLiteral("limit is a whole number from 1 to 100."));
        }
    }
    qsizetype first = 0;
    if (const std::optional<QByteArray> cursor = query.value("cursor")) {
        const qsizetype last = ids.indexOf(QString::fromUtf8(*cursor));
        if (last < 0) {
            return refuse(400, QStringLiteral("cursor_invalid"), QStringLiteral("There is no such cursor."));
        }
        first = last + 1;
    }
    const qsizetype end = std::min<qsizetype>(first + limit, items.size());
    json::Writer writer;
    writer.beginObject();
    writer.name("data");
    writer.beginArray();
    for (qsizetype index = first; index < end; ++index) {
        writer.raw(items.at(index));
    }
    writer.endArray();
    writer.member("has_more", end < items.size());
    if (end < items.size()) {
        writer.member("next_cursor", ids.at(end - 1));
    }
    writer.endObject();
    return writer.bytes();
}

} // namespace lavascope
