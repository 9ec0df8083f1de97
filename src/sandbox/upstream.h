// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/headers.h"
#include "core/request/http_request.h"

#include <QByteArray>
#include <QObject>

#include <memory>

namespace lavascope {

/// One forwarded call as the sandbox sees it. Order of signals: answered (at most once), bytes (any number),
/// finished (exactly once, last). Deleting the call aborts it.
class UpstreamCall : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    /// While held, no more bytes should come: the client does not keep up.
    virtual void setHeld(bool held) = 0;

Q_SIGNALS:
    void answered(int status, const lavascope::Headers& headers);
    void bytes(const QByteArray& bytes);
    /// `whole` is false when the provider broke off; `detail` says why nothing came, if nothing came.
    void finished(bool whole, const QString& detail);
};

/// What stands behind the sandbox: built-in answers, or a real provider.
class Upstream {
public:
    Upstream() = default;
    Upstream(const Upstream&) = delete;
    Upstream& operator=(const Upstream&) = delete;
    virtual ~Upstream() = default;

    /// The request carries the provider's credential or none, never the gateway's. Signals never come from
    /// inside start().
    [[nodiscard]] virtual std::unique_ptr<UpstreamCall> start(const HttpRequest& request) = 0;
};

} // namespace lavascope
