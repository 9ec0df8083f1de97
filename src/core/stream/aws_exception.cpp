// SPDX-License-Identifier: MIT
#include "core/stream/aws_exception.h"

#include "core/stream/stream_error.h"

#include <array>

namespace lavascope {

namespace {

struct ExceptionStatus {
    const char* name; ///< in lower case
    int status;
};

// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ResponseStream.html
constexpr std::array<ExceptionStatus, 6> exceptions = {{
    {"internalserverexception", 500},
    {"modelstreamerrorexception", 424},
    {"modeltimeoutexception", 408},
    {"serviceunavailableexception", 503},
    {"throttlingexception", 429},
    {"validationexception", 400},
}};

} // namespace

bool isAwsException(QByteArrayView eventName) {
    return eventName.endsWith("Exception");
}

StreamError awsExceptionFrom(const json::View& payload, QByteArrayView eventName) {
    StreamError error;
    error.type = QString::fromUtf8(eventName);
    error.message = payload["message"].toString();
    if (error.message.isEmpty())
        error.message = payload["originalMessage"].toString();
    const QByteArray name = eventName.toByteArray().toLower();
    for (const ExceptionStatus& known : exceptions)
        if (name == known.name)
            error.effectiveStatus = known.status;
    const auto original = payload["originalStatusCode"].toInteger();
    if (original && *original >= 400 && *original <= 599)
        error.effectiveStatus = int(*original);
    if (!error.effectiveStatus)
        error.effectiveStatus = effectiveStatus(error.type, {});
    error.raw = payload.raw().toByteArray();
    return error;
}

} // namespace lavascope
