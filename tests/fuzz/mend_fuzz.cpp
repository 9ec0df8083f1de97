// SPDX-License-Identifier: MIT
// Input: the provider URL up to the first line end, and a body. What is mended has that fault no longer, is
// JSON if it was, and loses no other member.
#include "check.h"
#include "core/json/document.h"
#include "core/request/mend_request.h"
#include "core/request/sent_request.h"

#include <algorithm>

using namespace lavascope;

namespace {

bool isJson(const QByteArray& text) {
    json::Document document;
    return !document.scan(text);
}

std::vector<Finding> remarksOn(const RequestDraft& draft) {
    return lintSent({draft.method, draft.providerUrl, draft.headers, draft.body});
}

void checkMend(const RequestDraft& draft, const QString& code) {
    const std::optional<RequestDraft> after = mended(draft, code);
    if (!after)
        return;
    FUZZ_CHECK(canBeMended(code));
    FUZZ_CHECK(isJson(after->body) == isJson(draft.body));
    const std::vector<Finding> remarks = remarksOn(*after);
    FUZZ_CHECK(std::none_of(remarks.begin(), remarks.end(),
                            [&](const Finding& remark) { return remark.code == code; }));
    FUZZ_CHECK(!mended(*after, code));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const QByteArray input(reinterpret_cast<const char*>(data), qsizetype(size));
    const qsizetype lineEnd = input.indexOf('\n');
    RequestDraft draft;
    draft.providerUrl = input.left(std::max<qsizetype>(lineEnd, 0));
    draft.headers = {{"Origin", "https://shop.example"}};
    draft.body = input.mid(lineEnd + 1);
    for (const Finding& remark : remarksOn(draft)) {
        FUZZ_CHECK(!remark.message.isEmpty());
        checkMend(draft, remark.code);
    }
    return 0;
}
