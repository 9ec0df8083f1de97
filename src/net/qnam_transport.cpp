// SPDX-License-Identifier: MIT
#include "net/qnam_transport.h"

#include "net/qnam_call.h"
#include "net/qnam_exchange.h"
#include "net/qnam_worker.h"
#include "net/safe_profile.h"

namespace lavascope {

QnamTransport::QnamTransport(Settings settings)
    : m_worker(new QnamWorker(std::move(settings))) {
    m_thread.setObjectName(QStringLiteral("net"));
    m_worker->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.start();
}

QnamTransport::~QnamTransport() {
    // By way of the worker's events, so that a call that was sent just now is adopted before, and gets its
    // end.
    QMetaObject::invokeMethod(m_worker, [this] { m_thread.quit(); });
    m_thread.wait();
}

std::unique_ptr<Exchange> QnamTransport::send(const HttpRequest& request, const TimeLimits& limits) {
    const auto startedAt = QnamCall::Clock::now();
    auto exchange = std::make_unique<QnamExchange>();
    const Result<QUrl> url = checkBeforeSending(request);
    if (!url) {
        Ending refused;
        refused.reason = EndReason::Refused;
        refused.detail = url.error().message;
        QMetaObject::invokeMethod(
            exchange.get(), [to = exchange.get(), refused] { to->takeEnding(refused); },
            Qt::QueuedConnection);
        return exchange;
    }

    auto* call = new QnamCall(request, *url, limits, startedAt);
    call->moveToThread(&m_thread);
    QnamExchange* ours = exchange.get();
    QObject::connect(ours, &QnamExchange::abortWished, call, &QnamCall::abort);
    QObject::connect(ours, &QnamExchange::holdWished, call, &QnamCall::setHeld);
    QObject::connect(ours, &QnamExchange::slicesDone, call, &QnamCall::takeBack);
    QObject::connect(ours, &QObject::destroyed, call, &QObject::deleteLater);
    QObject::connect(call, &QnamCall::queued, ours, &QnamExchange::queued);
    QObject::connect(call, &QnamCall::headersCame, ours, &QnamExchange::headers);
    QObject::connect(call, &QnamCall::slices, ours, &QnamExchange::takeSlices);
    QObject::connect(call, &QnamCall::ended, ours, &QnamExchange::takeEnding);
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, call] { worker->adopt(call); });
    return exchange;
}

} // namespace lavascope
