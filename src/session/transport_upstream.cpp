// SPDX-License-Identifier: MIT
#include "session/transport_upstream.h"

#include "net/transport.h"

namespace lavascope {

namespace {

class Call final : public UpstreamCall {
public:
    explicit Call(std::unique_ptr<Exchange> exchange)
        : m_exchange(std::move(exchange)) {
        connect(m_exchange.get(), &Exchange::headers, this,
                [this](int status, const QByteArray&, const Headers& headers) {
                    Q_EMIT answered(status, headers);
                });
        connect(m_exchange.get(), &Exchange::chunk, this,
                [this](const Chunk& chunk) { Q_EMIT bytes(chunk.bytes); });
        connect(m_exchange.get(), &Exchange::ended, this, [this](const Ending& ending) {
            Q_EMIT finished(ending.reason == EndReason::Finished, ending.detail);
        });
    }

    void setHeld(bool held) override { m_exchange->setHeld(held); }

private:
    std::unique_ptr<Exchange> m_exchange;
};

} // namespace

std::unique_ptr<UpstreamCall> TransportUpstream::start(const HttpRequest& request) {
    return std::make_unique<Call>(m_transport.send(request, TimeLimits{}));
}

} // namespace lavascope
