// SPDX-License-Identifier: MIT
#include "core/stream/whole_body.h"

#include "core/stream/repaired_utf8.h"
#include "core/stream/stream_error.h"

namespace lavascope {

namespace {

QByteArrayView withoutBom(QByteArrayView bytes) {
    return bytes.startsWith("\xEF\xBB\xBF") ? bytes.sliced(3) : bytes;
}

} // namespace

Wholeness readJsonBody(const QByteArray& body, const DialectKind* forced, Assembler& out) {
    json::Document document;
    QByteArray repaired;
    auto fault = document.scan(withoutBom(body));
    if (fault && !body.isValidUtf8() && !fault->endedTooSoon) {
        repaired = repairedUtf8(withoutBom(body));
        fault = document.scan(repaired);
        out.note(QStringLiteral("bytes that are not UTF-8 were replaced"));
    }
    const Wholeness wholeness = fault && fault->endedTooSoon ? Wholeness::EndsTooSoon : Wholeness::Whole;
    if (wholeness == Wholeness::EndsTooSoon) {
        out.note(QStringLiteral("the JSON ends too soon"));
    } else if (fault) {
        ++out.transcript().malformed;
        out.note(QStringLiteral("the JSON is broken at byte %1").arg(fault->offset));
    }

    const json::View root = document.root();
    if (const auto error = errorIn(root))
        out.fail(*error);
    const DialectKind* const kind = forced ? forced : dialectForWhole(root);
    out.transcript().dialect = QString::fromLatin1(kind ? kind->name : "json");
    if (kind) {
        const std::unique_ptr<Dialect> dialect = kind->make();
        dialect->takeWhole(root, out);
        dialect->finish(out);
    }
    return wholeness;
}

} // namespace lavascope
