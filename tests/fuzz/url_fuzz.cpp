// SPDX-License-Identifier: MIT
#include "check.h"
#include "core/request/forward_url.h"
#include "core/request/header_rules.h"

#include <QUrl>

#include <algorithm>

using namespace lavascope;

namespace {

void checkInspection(const QByteArray& text) {
    const ForwardUrlReport report = inspectForwardUrl(text);
    FUZZ_CHECK(!report.headline.isEmpty());
    bool hasError = false;
    for (const Finding& finding : report.findings) {
        hasError = hasError || finding.severity == Severity::Error;
        FUZZ_CHECK(finding.range);
        FUZZ_CHECK(finding.range->begin >= 0 && finding.range->begin <= finding.range->end);
    }
    FUZZ_CHECK(!report.valid || (!hasError && report.target == report.intended && !report.target.isEmpty()));
}

// What passed once passes again unchanged, and Qt reads the same host in it.
void checkTarget(const QByteArray& target) {
    const Result<QByteArray> again = checkProviderUrl(target);
    FUZZ_CHECK(again && *again == target);
    FUZZ_CHECK(std::all_of(target.begin(), target.end(), [](char c) { return c > ' ' && c < 0x7F; }));
    const QUrl url = QUrl::fromEncoded(target, QUrl::TolerantMode);
    if (!url.isValid())
        return;
    FUZZ_CHECK(url.userInfo().isEmpty());
    FUZZ_CHECK(target.startsWith("https://") || url.host() == QStringLiteral("localhost") ||
               url.host().startsWith(QStringLiteral("127.")) || url.host() == QStringLiteral("::1"));
}

void checkForwardUrl(const QByteArray& gateway, const QByteArray& provider) {
    const Result<QByteArray> origin = gatewayOrigin(gateway);
    const Result<QByteArray> target = checkProviderUrl(provider);
    const Result<QByteArray> built = buildForwardUrl(gateway, provider);
    FUZZ_CHECK(built.has_value() == (origin && target));
    if (target)
        checkTarget(*target);
    if (origin) {
        FUZZ_CHECK(gatewayOrigin(*origin) == *origin);
        FUZZ_CHECK(!origin->contains('@') && !origin->contains('?') && !origin->contains('#'));
    }
    if (!built)
        return;
    const ForwardUrlReport report = inspectForwardUrl(*built);
    FUZZ_CHECK(report.gateway == *origin);
    FUZZ_CHECK(report.target == *target && report.intended == *target);
    FUZZ_CHECK(report.encoding == TargetEncoding::Once);
    FUZZ_CHECK(providerUrlOf(*built) == *target);
    // The transport hands the URL to QUrl; it must go out byte for byte.
    const QUrl url = QUrl::fromEncoded(*built, QUrl::StrictMode);
    FUZZ_CHECK(url.isValid() && url.toEncoded() == *built);
}

void checkHeaderLine(const QByteArray& line) {
    const Result<Headers::Field> field = parseHeaderLine(line);
    if (!field) {
        FUZZ_CHECK(!field.error().code.isEmpty());
        return;
    }
    FUZZ_CHECK(checkHeader(*field));
    for (const QByteArray& part : {field->name, field->value})
        FUZZ_CHECK(!part.contains('\r') && !part.contains('\n') && !part.contains('\0'));
    FUZZ_CHECK(redactedHeaders({*field}).size() == 1);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const QByteArray text(reinterpret_cast<const char*>(data), qsizetype(size)); // NOLINT: bytes are bytes
    checkInspection(text);
    checkHeaderLine(text);
    const qsizetype cut = text.indexOf('\n');
    if (cut >= 0)
        checkForwardUrl(text.first(cut), text.sliced(cut + 1));
    checkForwardUrl(liveGateway, text);
    return 0;
}
