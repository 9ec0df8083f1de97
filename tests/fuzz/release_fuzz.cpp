// SPDX-License-Identifier: MIT
// What a releases address answers. A page is kept only if it is of the host that was asked, a version says of
// itself what can be read again, and the order of two doesn't depend on which is asked.
#include "check.h"
#include "core/release/release.h"

#include <QUrl>

#include <cstddef>
#include <cstdint>

using namespace lavascope;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const QByteArray bytes(reinterpret_cast<const char*>(data), qsizetype(size));
    if (const Result<Release> release = readRelease(bytes, QStringLiteral("api.example.com"))) {
        const QUrl page(release->page);
        FUZZ_CHECK(release->page.isEmpty() || page.scheme() == QLatin1String("https"));
        FUZZ_CHECK(release->page.isEmpty() || page.host() == QLatin1String("example.com") ||
                   page.host() == QLatin1String("api.example.com"));
        FUZZ_CHECK(Version::fromText(release->version.text()) == release->version);
    }
    const qsizetype half = bytes.indexOf('\n');
    const std::optional<Version> one = Version::fromText(QString::fromUtf8(bytes.left(half)));
    const std::optional<Version> other = Version::fromText(QString::fromUtf8(bytes.mid(half + 1)));
    if (one && other) {
        FUZZ_CHECK((*one < *other) == (*other > *one));
        FUZZ_CHECK((*one == *other) == std::is_eq(*one <=> *other));
    }
    return 0;
}
