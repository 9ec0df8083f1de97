// SPDX-License-Identifier: MIT
#pragma once

#include "core/json/writer.h"
#include "sandbox/query.h"
#include "sandbox/refusal.h"

#include <QStringList>

namespace lavascope {

/// Ten decimals, as Lava writes money.
[[nodiscard]] QString decimalDollars(qint64 micros);
/// ISO 8601 with milliseconds, UTC.
[[nodiscard]] QString isoTime(qint64 ms);

/// One page of a list: `{"data":[…],"has_more":…,"next_cursor":…}`, by the query's `limit` (1 to 100, usually
/// 50) and `cursor` (the id of the last item of the page before). `ids` and `items` (JSON) go together.
/// Refusals: `limit_invalid`, `cursor_invalid`.
[[nodiscard]] Judged<QByteArray> pageBody(const Query& query, const QStringList& ids,
                                          const QList<QByteArray>& items);

} // namespace lavascope
