// SPDX-License-Identifier: MIT
// Input: a media type up to the first line end, and the bytes behind it. What is called a sound ends in those
// very bytes, begins as its type does, and hides no second tag.
#include "check.h"
#include "core/stream/media_type.h"
#include "core/stream/sound.h"

using namespace lavascope;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const QByteArray input(reinterpret_cast<const char*>(data), qsizetype(size));
    const qsizetype lineEnd = input.indexOf('\n');
    if (lineEnd < 0)
        return 0;
    const Media media{QString::fromUtf8(input.left(lineEnd)), input.mid(lineEnd + 1)};
    const std::optional<Sound> sound = soundOf(media);
    if (!sound)
        return 0;
    FUZZ_CHECK(sound->bytes.endsWith(media.bytes));
    FUZZ_CHECK(sound->type == mediaTypeOf(sound->bytes) && sound->type.startsWith(QStringLiteral("audio/")));
    constexpr qsizetype wavHead = 44;
    FUZZ_CHECK(sound->bytes.size() == media.bytes.size() ||
               sound->bytes.size() == media.bytes.size() + wavHead);
    return 0;
}
