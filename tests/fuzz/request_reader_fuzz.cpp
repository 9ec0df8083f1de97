// SPDX-License-Identifier: MIT
#include "check.h"
#include "sandbox/http_grammar.h"
#include "sandbox/request_reader.h"

#include <algorithm>

using namespace lavascope;

namespace {

constexpr RequestLimits limits{.requestLine = 256, .headerBytes = 1024, .headerFields = 12, .body = 4096};

struct Outcome {
    RequestReader::State state = RequestReader::State::Idle;
    bool excess = false;
    RequestFault fault;
    ReceivedRequest request;

    bool operator==(const Outcome&) const = default;
};

Outcome outcomeOf(RequestReader& reader) {
    Outcome outcome{reader.state(), reader.hasExcess(), reader.fault(), {}};
    if (outcome.state == RequestReader::State::Complete)
        outcome.request = reader.take();
    return outcome;
}

// The bytes decide where they are cut, so that the fuzzer can steer it.
Outcome readInPieces(QByteArrayView bytes, qsizetype step) {
    RequestReader reader(limits);
    qsizetype at = 0;
    while (at < bytes.size()) {
        const qsizetype size =
            std::min<qsizetype>(bytes.size() - at, 1 + (static_cast<uint8_t>(bytes[at]) + step) % step);
        reader.feed(bytes.sliced(at, size));
        at += size;
    }
    return outcomeOf(reader);
}

void checkRequest(const ReceivedRequest& request) {
    FUZZ_CHECK(isHttpToken(request.method));
    FUZZ_CHECK(request.target.startsWith('/') || (request.target == "*" && request.method == "OPTIONS"));
    FUZZ_CHECK(request.target.size() <= limits.requestLine);
    FUZZ_CHECK(request.body.size() <= limits.body);
    FUZZ_CHECK(request.headers.size() <= limits.headerFields);
    FUZZ_CHECK(request.headers.values("host").size() == 1);
    FUZZ_CHECK(
        !(request.headers.contains("content-length") && request.headers.contains("transfer-encoding")));
    for (const Headers::Field& field : request.headers) {
        FUZZ_CHECK(isHttpToken(field.name));
        FUZZ_CHECK(isFieldValue(field.value));
    }
}

// Written out again with a plain length, it is the same request.
void checkRewritten(const ReceivedRequest& request) {
    QByteArray text = request.method + ' ' + request.target + " HTTP/1.1\r\n";
    for (const Headers::Field& field : request.headers) {
        if (!sameWord(field.name, "transfer-encoding") && !sameWord(field.name, "content-length"))
            text += field.name + ':' + field.value + "\r\n";
    }
    text += "Content-Length: " + QByteArray::number(request.body.size()) + "\r\n\r\n" + request.body;
    RequestReader reader(RequestLimits{.requestLine = limits.requestLine,
                                       .headerBytes = 2 * limits.headerBytes,
                                       .headerFields = limits.headerFields + 1,
                                       .body = limits.body});
    reader.feed(text);
    FUZZ_CHECK(reader.state() == RequestReader::State::Complete);
    FUZZ_CHECK(!reader.hasExcess());
    const ReceivedRequest again = reader.take();
    FUZZ_CHECK(again.method == request.method && again.target == request.target &&
               again.body == request.body);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const QByteArrayView bytes(data, qsizetype(size));
    RequestReader whole(limits);
    whole.feed(bytes);
    const Outcome outcome = outcomeOf(whole);
    for (const qsizetype step : {1, 7, 64})
        FUZZ_CHECK(readInPieces(bytes, step) == outcome);
    FUZZ_CHECK((outcome.state == RequestReader::State::Bad) == !outcome.fault.code.isEmpty());
    if (outcome.state == RequestReader::State::Complete) {
        checkRequest(outcome.request);
        checkRewritten(outcome.request);
    }
    return 0;
}
