// SPDX-License-Identifier: MIT
#pragma once

#include "net/transport.h"

#include <QByteArray>

namespace lavascope {

/// How the request looks: with a body, and without, which is another way through Qt.
enum class Ask { Post, Get };

inline HttpRequest request(const QByteArray& url, Ask ask) {
    HttpRequest out;
    out.method = ask == Ask::Post ? "POST" : "GET";
    out.url = url;
    out.headers = {{"Authorization", "Bearer canary-credential"}, {"Content-Type", "application/json"}};
    if (ask == Ask::Post)
        out.body = R"({"model":"m"})";
    return out;
}

/// Long enough to be reached only on purpose.
inline TimeLimits patient() {
    return {std::chrono::seconds(20), std::chrono::seconds(20), std::chrono::seconds(20),
            std::chrono::seconds(20)};
}

inline QByteArray answer(const QByteArray& body, const QByteArray& moreFields = {}) {
    return "HTTP/1.1 200 OK\r\n" + moreFields + "Content-Length: " + QByteArray::number(body.size()) +
           "\r\n\r\n" + body;
}

} // namespace lavascope
