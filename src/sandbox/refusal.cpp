// SPDX-License-Identifier: MIT
#include "sandbox/refusal.h"

#include "core/json/writer.h"

namespace lavascope {

QByteArray refusalBody(const Refusal& refusal) {
    json::Writer writer;
    writer.beginObject();
    writer.name("error");
    writer.beginObject();
    writer.member("message", refusal.message);
    writer.member("code", refusal.code);
    writer.member("status", refusal.status);
    writer.endObject();
    writer.endObject();
    return writer.bytes();
}

} // namespace lavascope
