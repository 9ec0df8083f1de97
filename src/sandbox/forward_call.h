// SPDX-License-Identifier: MIT
#pragma once

#include "sandbox/connection.h"
#include "sandbox/credential_check.h"
#include "sandbox/event_cutter.h"
#include "sandbox/forward_target.h"
#include "sandbox/gateway.h"
#include "sandbox/gateway_rules.h"
#include "sandbox/usage_meter.h"

#include <QHostInfo>
#include <QObject>

#include <memory>
#include <optional>

namespace lavascope {

/// One request to `/v1/forward`, from the token check to the entry in the ledger. `ended` comes exactly once,
/// after the answer or when the client has left.
class ForwardCall : public QObject {
    Q_OBJECT

public:
    ForwardCall(Gateway& gateway, Connection& connection, const ReceivedRequest& request,
                const QString& requestId, QObject* parent);

    void start();
    /// The connection is no more: stops the provider and settles what came so far.
    void clientLeft();

Q_SIGNALS:
    void ended(const lavascope::ServedRequest& served);

private:
    /// How the provider's part ended, as the client saw it.
    enum class Close { Whole, BrokenOff, ClientLeft };

    [[nodiscard]] Judged<void> identify();
    [[nodiscard]] Judged<void> admit();
    void meetCoach();
    [[nodiscard]] std::optional<FaultSpec> nextFault();
    [[nodiscard]] bool misbehave(); ///< a fault took the request over
    void forward();
    void resolve();
    void resolved(const QHostInfo& host);
    void startUpstream();
    void takeAnswer(int status, const Headers& headers);
    void takeBytes(const QByteArray& bytes);
    void takeEnd(bool whole, const QString& detail);

    void answerRefusal(const Refusal& refusal);
    void endAnswer(Close close);
    void settleCall(Close close);
    void dropUpstream();
    void finish();
    void note(const QString& text);
    [[nodiscard]] Headers ownHeaders() const;

    Gateway& m_gateway;
    Connection& m_connection;
    ReceivedRequest m_request;
    Query m_query;
    Caller m_caller;
    ForwardTarget m_target;
    Billing m_billing;
    CallRecord m_record;
    ServedRequest m_served;
    Headers m_rateHeaders;
    std::optional<FaultSpec> m_cut;
    std::optional<EventCutter> m_cutter;
    std::optional<UsageMeter> m_meter;
    std::unique_ptr<UpstreamCall> m_upstream;
    std::optional<Coach::Welcome> m_coached;
    RetryTry m_answer; ///< what the coach is told of it
    bool m_done = false;
};

} // namespace lavascope
