// SPDX-License-Identifier: MIT
#include "session/credential_check.h"

#include "core/request/forward_url.h"
#include "core/token/display.h"
#include "core/token/gateway_facts.h"
#include "session/run.h"

#include <algorithm>

namespace lavascope {

namespace {

constexpr int mostPages = 20; // of a hundred meters each
constexpr int notFound = 404;

using Known = CheckedThing::Known;

bool isGood(int status) {
    return status >= 200 && status < 300;
}

} // namespace

const char* knownName(CheckedThing::Known known) {
    switch (known) {
    case Known::Yes:
        return "known";
    case Known::No:
        return "unknown";
    case Known::None:
        return "none";
    case Known::Untold:
        break;
    }
    return "untold";
}

CredentialCheck::CredentialCheck(TokenFields fields, QByteArray gateway, Send send, QObject* parent)
    : QObject(parent)
    , m_fields(std::move(fields))
    , m_gateway(std::move(gateway))
    , m_send(std::move(send)) {}

CredentialCheck::~CredentialCheck() = default;

bool CredentialCheck::knowsAll() const {
    return m_done && !m_diagnosis &&
           std::all_of(m_things.begin(), m_things.end(), [](const CheckedThing& thing) {
               return thing.known == Known::Yes || thing.known == Known::None;
           });
}

void CredentialCheck::start() {
    askForMeters({});
}

// Answers outside the questions of one endpoint (401, 429, no connection at all) end the whole check.
void CredentialCheck::ask(const QByteArray& pathAndQuery, const Take& take) {
    HttpRequest request;
    request.method = "GET";
    request.url = m_gateway + pathAndQuery;
    request.headers.append("Authorization", "Bearer " + m_fields.secretKey.reveal());
    request.headers.append("Accept", "application/json");
    request.headers.append("Accept-Encoding", "identity");
    m_run = m_send(request);
    // Queued, because a run must not be replaced while it is telling of its end.
    const auto judge = [this, take] {
        const Attempt& attempt = m_run->recording().attempts.back();
        const bool isAnswer = isGood(attempt.status) || attempt.status == notFound;
        const bool isWhole = attempt.ending && attempt.ending->reason == EndReason::Finished;
        if (isAnswer && isWhole) {
            take(attempt.status, attempt.body());
            return;
        }
        if (attempt.status == 401 || attempt.status == 403)
            add(QStringLiteral("key"), Known::No, QStringLiteral("The gateway does not take this key."));
        m_diagnosis = m_run->diagnosis();
        if (!m_diagnosis && m_things.empty())
            add(QStringLiteral("key"), Known::Untold,
                QStringLiteral("The gateway's answer broke off, so nothing can be told."));
        conclude();
    };
    connect(m_run.get(), &Run::finished, this, judge, Qt::QueuedConnection);
}

void CredentialCheck::askForMeters(const QString& cursor) {
    QByteArray query = "/v1/meters?limit=100";
    if (!cursor.isEmpty())
        query += "&cursor=" + encodeUriComponent(cursor.toUtf8());
    ask(query, [this](int status, const QByteArray& body) { takeMeters(status, body); });
}

void CredentialCheck::takeMeters(int status, const QByteArray& body) {
    const bool wanted = m_fields.meterSlug.hasValue();
    const QString slug = wanted ? m_fields.meterSlug.value() : QString();
    const MeterPage page = readMeterPage(body, slug);
    if (m_pages == 0) {
        const bool knowsKey = isGood(status) && page.readable;
        add(QStringLiteral("key"), knowsKey ? Known::Yes : Known::Untold,
            knowsKey ? QStringLiteral("The gateway knows this key.")
                     : QStringLiteral("What answered does not list meters, so it may be no Lava gateway."));
        if (!knowsKey) {
            conclude();
            return;
        }
    }
    ++m_pages;
    if (wanted && page.meter)
        add(QStringLiteral("meter"), Known::Yes, meterSentence(slug, *page.meter));
    else if (wanted && !page.nextCursor.isEmpty() && m_pages < mostPages)
        return askForMeters(page.nextCursor);
    else if (wanted && !page.nextCursor.isEmpty())
        add(QStringLiteral("meter"), Known::Untold,
            QStringLiteral("There are more meters than were looked through, and meter %1 was not among them.")
                .arg(shownText(slug)));
    else if (wanted)
        add(QStringLiteral("meter"), Known::No,
            QStringLiteral("This key has no meter %1.").arg(shownText(slug)));
    askForCustomer();
}

void CredentialCheck::askForCustomer() {
    if (!m_fields.customerId.hasValue() || m_fields.customerId.value().isEmpty()) {
        conclude();
        return;
    }
    const QByteArray path = "/v1/customers/" + encodeUriComponent(m_fields.customerId.value().toUtf8());
    ask(path, [this](int status, const QByteArray& body) {
        const QString id = shownText(m_fields.customerId.value());
        const std::optional<CustomerFacts> customer = readCustomer(body);
        if (status == notFound) {
            add(QStringLiteral("customer"), Known::No,
                QStringLiteral("This key has no customer %1.").arg(id));
            conclude();
        } else if (!customer || customer->customerId != m_fields.customerId.value()) {
            add(QStringLiteral("customer"), Known::Untold,
                QStringLiteral("What answered does not say whether there is a customer %1.").arg(id));
            conclude();
        } else {
            add(QStringLiteral("customer"), Known::Yes, QStringLiteral("Customer %1 exists.").arg(id));
            askForSubscription();
        }
    });
}

void CredentialCheck::askForSubscription() {
    const QByteArray path =
        "/v1/customers/" + encodeUriComponent(m_fields.customerId.value().toUtf8()) + "/subscription";
    ask(path, [this](int status, const QByteArray& body) {
        const std::optional<SubscriptionFacts> subscription = readSubscription(body);
        if (status == notFound || !subscription)
            add(QStringLiteral("subscription"), Known::Untold,
                QStringLiteral("What answered does not say what is left on the customer's plan."));
        else
            add(QStringLiteral("subscription"), subscription->exists ? Known::Yes : Known::None,
                subscriptionSentence(*subscription));
        conclude();
    });
}

void CredentialCheck::add(const QString& what, CheckedThing::Known known, const QString& sentence) {
    m_things.push_back({what, known, sentence});
}

void CredentialCheck::conclude() {
    m_done = true;
    Q_EMIT finished();
}

} // namespace lavascope
