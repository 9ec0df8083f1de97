// SPDX-License-Identifier: MIT
#include "sandbox/forward_call.h"

#include "core/diagnosis/diagnosis.h"
#include "sandbox/prices.h"
#include "sandbox/provider_request.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

namespace lavascope {

namespace {

[[nodiscard]] qint64 now() {
    return QDateTime::currentMSecsSinceEpoch();
}

/// Nothing where it is missing or no plain number: the body is sent in chunks then.
[[nodiscard]] std::optional<qint64> lengthIn(const Headers& headers) {
    const QList<QByteArray> values = headers.values("content-length");
    bool fits = false;
    const qint64 length = values.size() == 1 ? values.first().toLongLong(&fits) : 0;
    return fits && length >= 0 ? std::optional(length) : std::nullopt;
}

} // namespace

ForwardCall::ForwardCall(Gateway& gateway, Connection& connection, const ReceivedRequest& request,
                         const QString& requestId, QObject* parent)
    : QObject(parent)
    , m_gateway(gateway)
    , m_connection(connection)
    , m_request(request)
    , m_query(Query::ofTarget(request.target)) {
    m_served.atMs = now();
    m_served.requestId = requestId;
    m_served.method = request.method;
    connect(&m_connection, &Connection::congested, this, [this](bool isCongested) {
        if (m_upstream) {
            m_upstream->setHeld(isCongested);
        }
    });
}

void ForwardCall::start() {
    Judged<void> judged = identify();
    if (judged) {
        meetCoach();
        if (misbehave()) {
            return;
        }
    }
    if (judged) {
        judged = admit();
    }
    if (judged) {
        forward();
    } else {
        answerRefusal(judged.error());
    }
}

/// Who calls, where to, and on whose account: all that makes the request understood.
Judged<void> ForwardCall::identify() {
    Judged<ForwardTarget> target = forwardTargetOf(m_query, m_gateway.config.allowedTargets);
    if (target) {
        m_target = std::move(*target);
        m_served.target = m_target.shown(); // also for the log of a refusal
    }
    Judged<Caller> caller = callerOf(m_request, m_query);
    if (!caller) {
        return tl::unexpected(std::move(caller.error()));
    }
    m_caller = std::move(*caller);
    m_served.payer = payerText(m_caller.fields);
    if (!target) {
        return tl::unexpected(std::move(target.error()));
    }
    Judged<Billing> billing = billingOf(m_caller.fields, m_gateway.config);
    if (!billing) {
        return tl::unexpected(std::move(billing.error()));
    }
    m_billing = std::move(*billing);
    Judged<QMap<QString, QString>> metadata = metadataOf(m_request, m_query);
    if (!metadata) {
        return tl::unexpected(std::move(metadata.error()));
    }
    m_record.metadata = std::move(*metadata);
    return {};
}

/// Whether an understood request may go on: limits, money, and what can be forwarded at all.
Judged<void> ForwardCall::admit() {
    const RateState rate = m_gateway.ledger.countRequest(m_caller.fields.secretKey, m_served.atMs);
    m_rateHeaders = rateHeaders(rate);
    if (!rate.allowed) {
        return tl::unexpected(rateRefusal(rate, m_served.atMs));
    }
    if (Judged<void> funds = checkFunds(m_caller.fields, m_billing, m_gateway.ledger); !funds) {
        return funds;
    }
    const HttpRequest request = providerRequest(m_request, m_target, m_caller, m_gateway.config);
    m_meter.emplace(request);
    if (m_gateway.config.passthrough) {
        return {};
    }
    const Question& question = m_meter->question();
    if (question.kind == Question::Kind::Unknown) {
        return refuse(
            400, QStringLiteral("forward_endpoint_not_supported"),
            QStringLiteral(
                "The provider built into the sandbox does not know the endpoint `%1 %2`. It answers "
                "…/chat/completions, …/responses, …/messages, …:generateContent, "
                "…:streamGenerateContent, …/embeddings and …/models.")
                .arg(QString::fromLatin1(m_request.method), m_target.shown()));
    }
    if (lacksModel(question) && !question.complaint) {
        return refuse(400, QStringLiteral("forward_model_invalid"),
                      QStringLiteral("The body names no model."));
    }
    return {};
}

void ForwardCall::meetCoach() {
    if (m_gateway.coach.isOn()) {
        const CoachedCall call = coachedCallOf(m_request, m_caller.fields, m_target.url, m_served.target);
        m_coached = m_gateway.coach.arrive(call, m_gateway.clock());
    }
}

/// What the coach lets through meets the other faults.
std::optional<FaultSpec> ForwardCall::nextFault() {
    std::optional<FaultSpec> fault = m_coached ? m_coached->fault : std::nullopt;
    if (fault) {
        fault->times = -1; // how many are still to come would only confuse
        note(QStringLiteral("retry coach, try %1: %2")
                 .arg(m_coached->ticket.index + 1)
                 .arg(faultText(*fault)));
        return fault;
    }
    fault = m_gateway.faults.take();
    if (fault) {
        note(QStringLiteral("fault ") + faultText(*fault));
    }
    return fault;
}

bool ForwardCall::misbehave() {
    const std::optional<FaultSpec> fault = nextFault();
    if (!fault) {
        return false;
    }
    if (fault->kind == FaultSpec::Kind::Cut) {
        m_cut = fault;
        return false;
    }
    if (fault->kind == FaultSpec::Kind::Status) {
        answerRefusal(faultRefusal(*fault));
    }
    if (fault->kind == FaultSpec::Kind::Drop) {
        m_done = true;
        m_answer.ending = RetryTry::Ending::Dropped;
        m_connection.breakOff();
        finish();
    }
    return true; // a hanging request is answered by nobody; clientLeft() ends it
}

void ForwardCall::forward() {
    m_record.requestId = m_served.requestId;
    m_record.createdAtMs = m_served.atMs;
    m_record.customerId =
        m_caller.fields.customerId.hasValue() ? m_caller.fields.customerId.value() : QString();
    m_record.meterSlug = m_billing.meter.slug;
    m_record.meter = m_billing.meter;
    m_record.provider = m_target.host;
    m_record.keyType =
        m_billing.ownProviderKey ? CallRecord::KeyType::Unmanaged : CallRecord::KeyType::Managed;
    m_record.endpoint = QString::fromLatin1(m_request.method) + QLatin1Char(' ') + m_target.shown();
    if (m_gateway.config.passthrough) {
        resolve();
    } else {
        startUpstream();
    }
}

void ForwardCall::resolve() {
    if (!m_gateway.upstream) {
        answerRefusal({502,
                       QStringLiteral("no_way_out"),
                       QStringLiteral("This gateway was started without a way to reach providers."),
                       {}});
        return;
    }
    const QHostAddress literal(m_target.host);
    if (!literal.isNull()) {
        QHostInfo host;
        host.setAddresses({literal});
        resolved(host);
        return;
    }
    QHostInfo::lookupHost(m_target.host, this, &ForwardCall::resolved);
}

void ForwardCall::resolved(const QHostInfo& host) {
    if (m_done) {
        return;
    }
    if (host.error() != QHostInfo::NoError || host.addresses().isEmpty()) {
        answerRefusal({502,
                       QStringLiteral("target_not_found"),
                       QStringLiteral("The host `%1` was not found.").arg(m_target.host),
                       {}});
        return;
    }
    const Judged<void> reachable =
        checkAddresses(m_target, host.addresses(), m_gateway.config.allowedTargets, m_gateway.port);
    if (reachable) {
        startUpstream();
    } else {
        answerRefusal(reachable.error());
    }
}

void ForwardCall::startUpstream() {
    m_upstream = m_gateway.upstream->start(providerRequest(m_request, m_target, m_caller, m_gateway.config));
    m_request.body.clear();
    connect(m_upstream.get(), &UpstreamCall::answered, this, &ForwardCall::takeAnswer);
    connect(m_upstream.get(), &UpstreamCall::bytes, this, &ForwardCall::takeBytes);
    connect(m_upstream.get(), &UpstreamCall::finished, this, &ForwardCall::takeEnd);
}

void ForwardCall::takeAnswer(int status, const Headers& headers) {
    if (status < 200 || status > 999) {
        dropUpstream();
        answerRefusal({502,
                       QStringLiteral("upstream_malformed"),
                       QStringLiteral("The provider answered with status %1, which is none.").arg(status),
                       {}});
        return;
    }
    m_served.status = status;
    m_meter->takeHeaders(status, headers);
    m_answer.retryAfter = retryAfter(headers, now());
    const std::optional<qint64> length = lengthIn(headers);
    if (m_cut) {
        m_cutter.emplace(m_cut->afterEvents, headers, length);
    }
    Headers relayed = relayedHeaders(headers);
    const Headers own = ownHeaders();
    for (const Headers::Field& field : own) {
        if (field.name != "Date" || !relayed.contains("date")) {
            relayed.append(field.name, field.value);
        }
    }
    m_connection.beginAnswer(status, relayed, length);
    if (m_cutter && m_cutter->isCut()) {
        endAnswer(Close::BrokenOff);
    }
}

void ForwardCall::takeBytes(const QByteArray& bytes) {
    if (m_done || !m_connection.hasBegunAnswer()) {
        return;
    }
    const QByteArrayView sent = m_cutter ? m_cutter->take(bytes) : QByteArrayView(bytes);
    m_meter->take(sent);
    m_connection.sendPiece(sent);
    if (!m_done && m_cutter && m_cutter->isCut()) {
        endAnswer(Close::BrokenOff);
    }
}

void ForwardCall::takeEnd(bool whole, const QString& detail) {
    if (m_done) {
        return;
    }
    if (!m_connection.hasBegunAnswer()) {
        dropUpstream();
        answerRefusal({502,
                       QStringLiteral("upstream_failed"),
                       detail.isEmpty() ? QStringLiteral("The provider did not answer.")
                                        : QStringLiteral("The provider did not answer. %1").arg(detail),
                       {}});
        return;
    }
    if (!whole) {
        note(QStringLiteral("the provider broke off"));
    }
    endAnswer(whole && !m_cutter ? Close::Whole : Close::BrokenOff);
}

void ForwardCall::answerRefusal(const Refusal& refusal) {
    m_done = true;
    m_served.status = refusal.status;
    note(refusal.message);
    Headers headers = ownHeaders();
    headers.append("Content-Type", "application/json");
    for (const Headers::Field& field : refusal.headers) {
        headers.append(field.name, field.value);
    }
    m_connection.answer(refusal.status, headers, refusalBody(refusal));
    m_answer.ending = RetryTry::Ending::Whole;
    m_answer.retryAfter = retryAfter(headers, now());
    finish();
}

/// The client learns of the end after the ledger: whoever looks up the request then finds it there.
void ForwardCall::endAnswer(Close close) {
    m_done = true;
    dropUpstream();
    settleCall(close);
    m_answer.ending = RetryTry::Ending::ClientLeft;
    if (close == Close::Whole) {
        m_answer.ending = RetryTry::Ending::Whole;
        m_connection.endAnswer();
    } else if (close == Close::BrokenOff) {
        m_answer.ending = RetryTry::Ending::CutOff;
        m_connection.breakOff();
    }
    finish();
}

void ForwardCall::clientLeft() {
    if (m_done) {
        return;
    }
    note(QStringLiteral("the client left"));
    if (m_served.status == 0) {
        m_done = true;
        m_answer.ending = RetryTry::Ending::ClientLeft;
        dropUpstream();
        finish();
        return;
    }
    endAnswer(Close::ClientLeft);
}

/// A broken answer costs what it had used by then.
void ForwardCall::settleCall(Close close) {
    EndReason reason = EndReason::Finished;
    if (close != Close::Whole) {
        reason = close == Close::ClientLeft ? EndReason::StoppedByUser : EndReason::CutOff;
    }
    const UsageMeter::Reading used = m_meter->finish(reason);
    m_record.model = used.model;
    m_record.responseId = used.responseId;
    m_record.inputTokens = used.inputTokens;
    m_record.outputTokens = used.outputTokens;
    const Price price = priceOf(used.model);
    m_record.inputCostMicros = tokenCost(used.inputTokens, price.inputMicros);
    m_record.outputCostMicros = tokenCost(used.outputTokens, price.outputMicros);
    if (m_served.status < 400) {
        m_served.costMicros = settle(m_caller.fields, m_billing, m_gateway.ledger, m_record);
        if (used.estimated && used.inputTokens + used.outputTokens > 0) {
            note(QStringLiteral("usage estimated"));
        }
    }
    m_gateway.ledger.add(m_caller.fields.secretKey, m_record);
}

void ForwardCall::dropUpstream() {
    if (m_upstream) {
        m_upstream->disconnect(this);
        m_upstream->setParent(this);
        m_upstream.release()->deleteLater(); // we may be inside one of its signals
    }
}

void ForwardCall::finish() {
    if (m_coached) {
        m_answer.status = m_served.status;
        m_gateway.coach.answered(m_coached->ticket, m_answer, m_gateway.clock());
    }
    Q_EMIT ended(m_served);
}

void ForwardCall::note(const QString& text) {
    m_served.note += (m_served.note.isEmpty() ? QString() : QStringLiteral("; ")) + text;
}

Headers ForwardCall::ownHeaders() const {
    Headers headers = answerHeaders(m_served.requestId, now());
    for (const Headers::Field& field : m_rateHeaders) {
        headers.append(field.name, field.value);
    }
    return headers;
}

} // namespace lavascope
