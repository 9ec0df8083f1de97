// SPDX-License-Identifier: MIT
// Lines that follow one another are said as an inspection says each alone, whatever was learned before. Each
// line is taken as it is and as the JSON of a token, since the fuzzer seldom finds base64 by itself.
#include "check.h"
#include "core/token/report_text.h"

using namespace lavascope;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const QByteArray text(reinterpret_cast<const char*>(data), qsizetype(size));
    TokenEcho echo(saidOf);
    for (const QByteArray& line : text.split('\n')) {
        for (const QByteArray& form : {line, line.toBase64(), "Bearer " + line.toBase64()}) {
            json::GrowingBytes out;
            const bool usable = echo.say(form, out);
            const TokenEcho::Said said = saidOf(form);
            FUZZ_CHECK(out.bytes() == said.text);
            FUZZ_CHECK(usable == said.usable);
        }
    }
    return 0;
}
