// SPDX-License-Identifier: MIT
// Input: header lines. Whatever they hold, there are only so many limits, every number can be, and every name
// is made of plain words.
#include "check.h"
#include "core/diagnosis/rate_limits.h"

#include <algorithm>

using namespace lavascope;

namespace {

constexpr qint64 now = 1'795'168'800'000;

bool isPlain(const QString& text) {
    return std::all_of(text.begin(), text.end(),
                       [](QChar c) { return c >= QLatin1Char(' ') && c < QChar(0x7F); });
}

void check(const RateLimit& limit) {
    FUZZ_CHECK(!limit.name.isEmpty() && limit.name.size() < 200 && isPlain(limit.name) &&
               isPlain(limit.unit));
    FUZZ_CHECK(limit.limit || limit.remaining || limit.resetsIn);
    FUZZ_CHECK(!limit.limit || *limit.limit >= 0);
    FUZZ_CHECK(!limit.remaining || *limit.remaining >= 0);
    FUZZ_CHECK(!limit.limit || !limit.remaining || *limit.remaining <= *limit.limit);
    FUZZ_CHECK(!limit.resetsIn ||
               (limit.resetsIn->count() >= 0 && *limit.resetsIn <= std::chrono::hours(24 * 31)));
    FUZZ_CHECK(isPlain(rateLimitLine(limit)));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const QByteArray text(reinterpret_cast<const char*>(data), qsizetype(size)); // NOLINT: bytes are bytes
    Headers headers;
    for (const QByteArray& line : text.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            headers.append(line.left(colon), line.mid(colon + 1));
    }
    const std::vector<RateLimit> limits = rateLimits(headers, now);
    FUZZ_CHECK(limits.size() <= 24);
    QStringList names;
    for (const RateLimit& limit : limits) {
        check(limit);
        names.append(limit.name);
    }
    FUZZ_CHECK(names.removeDuplicates() == 0);
    return 0;
}
