// SPDX-License-Identifier: MIT
#include "check.h"
#include "core/json/document.h"
#include "core/json/edit.h"

#include <simdjson.h>

using namespace lavascope::json;

namespace {

struct Token {
    Kind kind;
    QByteArray name;
    QByteArray scalar;

    bool operator==(const Token&) const = default;
};

// Everything but white space, in document order.
std::vector<Token> tokensOf(const Document& document) {
    std::vector<Token> tokens;
    std::vector<View> open;
    for (View view = document.root(); view.exists();) {
        tokens.push_back({view.kind(), view.rawName().toByteArray(),
                          view.isObject() || view.isArray() ? QByteArray() : view.raw().toByteArray()});
        open.push_back(view);
        View next = view.firstChild();
        while (!next.exists() && !open.empty()) {
            next = open.back().nextSibling();
            open.pop_back();
        }
        view = next;
    }
    return tokens;
}

void checkAgainstSimdjson(QByteArrayView source, bool ours) {
    if (source.isEmpty())
        return;
    simdjson::dom::parser parser;
    simdjson::dom::element element;
    const auto error = parser.parse(source.data(), size_t(source.size())).get(element);
    // It refuses what it cannot represent or nest; that says nothing about the text.
    if (error == simdjson::NUMBER_ERROR || error == simdjson::DEPTH_ERROR ||
        error == simdjson::NUMBER_OUT_OF_RANGE)
        return;
    // It skips a byte order mark, and takes surrogate escapes only in pairs.
    if (source.startsWith("\xEF\xBB\xBF") || (error && source.contains("\\u")))
        return;
    FUZZ_CHECK(ours == !error);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const QByteArrayView source(data, qsizetype(size));
    Document document;
    const auto fault = document.scan(source);
    if (fault) {
        FUZZ_CHECK(fault->offset >= 0 && fault->offset <= source.size());
        FUZZ_CHECK(fault->line >= 1 && fault->column >= 1);
        FUZZ_CHECK(!fault->message.isEmpty());
        (void)tokensOf(document);
    }
    checkAgainstSimdjson(source, !fault);
    if (fault)
        return 0;

    const QByteArray pretty = prettyPrint(source);
    Document again;
    FUZZ_CHECK(!again.scan(pretty));
    FUZZ_CHECK(tokensOf(document) == tokensOf(again));

    if (document.root().isObject() || document.root().isArray()) {
        Document prefix;
        const auto cut = prefix.scan(source.first(document.root().range().end - 1));
        FUZZ_CHECK(cut && cut->endedTooSoon);
    }
    if (const auto edited = withMember(source.toByteArray(), "stream", "true")) {
        Document changed;
        FUZZ_CHECK(!changed.scan(*edited));
        FUZZ_CHECK(changed.root()["stream"].toBool() == true);
        const View before = document.root()["stream"];
        if (before.exists()) {
            FUZZ_CHECK(edited->startsWith(source.first(before.range().begin).toByteArray()));
            FUZZ_CHECK(edited->endsWith(source.sliced(before.range().end).toByteArray()));
        } else {
            FUZZ_CHECK(changed.root().size() == document.root().size() + 1);
        }
    }
    return 0;
}
