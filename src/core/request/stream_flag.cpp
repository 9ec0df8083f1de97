// SPDX-License-Identifier: MIT
#include "core/json/document.h"
#include "core/json/edit.h"
#include "core/request/request_draft.h"

namespace lavascope {

std::optional<bool> streamFlag(QByteArrayView body) {
    json::Document document;
    if (document.scan(body))
        return std::nullopt;
    return document.root()["stream"].toBool();
}

Result<QByteArray> withStreamFlag(const QByteArray& body, bool stream) {
    return json::withMember(body, "stream", stream ? "true" : "false");
}

} // namespace lavascope
