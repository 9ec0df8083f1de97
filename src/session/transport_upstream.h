// SPDX-License-Identifier: MIT
#pragma once

#include "sandbox/upstream.h"

namespace lavascope {

class Transport;

/// The sandbox's way to a real provider: its passthrough calls go over our own transport, with the same safe
/// profile.
class TransportUpstream final : public Upstream {
public:
    explicit TransportUpstream(Transport& transport)
        : m_transport(transport) {}

    [[nodiscard]] std::unique_ptr<UpstreamCall> start(const HttpRequest& request) override;

private:
    Transport& m_transport;
};

} // namespace lavascope
