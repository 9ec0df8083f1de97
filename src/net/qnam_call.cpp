// SPDX-License-Identifier: MIT
#include "net/qnam_call.h"

#include "net/certificate_chain.h"
#include "net/one_shot_body.h"
#include "net/safe_profile.h"

#include <QDateTime>
#include <QNetworkAccessManager>
#include <QSslConfiguration>

#include <algorithm>

namespace lavascope {

namespace {

constexpr qint64 sliceBytes = 256 * 1024;
/// What may be on its way to the receiver or wait for it. The number is bounded besides the bytes, so that a
/// peer that sends single bytes cannot pile up millions of slices; it is large because each small slice
/// carries the time of its own arrival, which must not be lost when the receiver is busy for a moment.
constexpr qint64 creditBytes = 4 * sliceBytes;
constexpr int creditSlices = 4096;
/// Waking the receiver takes far longer than handing it a slice. What comes after a silence goes at once, and
/// so does what is worth the waking.
constexpr std::chrono::milliseconds betweenParcels{1};
constexpr qint64 largeParcel = creditBytes / 32;

/// Qt joins repeated fields; only for Set-Cookie the seams can be told from the text.
Headers headersOf(const QNetworkReply& reply) {
    Headers headers;
    for (const auto& [name, value] : reply.rawHeaderPairs()) {
        if (name.compare("Set-Cookie", Qt::CaseInsensitive) != 0) {
            headers.append(name, value);
            continue;
        }
        for (const QByteArray& cookie : value.split('\n'))
            headers.append(name, cookie);
    }
    return headers;
}

} // namespace

QnamCall::QnamCall(HttpRequest request, const QUrl& url, const TimeLimits& limits,
                   Clock::time_point startedAt)
    : m_request(std::move(request))
    , m_url(url)
    , m_startedAt(startedAt)
    , m_connectLimit(limits.connect, this)
    , m_firstByteLimit(limits.firstByte, this)
    , m_idleLimit(limits.idle, this)
    , m_totalLimit(limits.total, this)
    , m_betweenParcels(this) {
    m_seen.method = m_request.method;
    m_seen.host = url.host(QUrl::FullyEncoded);
    m_seen.isHttps = url.scheme() == QLatin1String("https");
    m_seen.limits = limits;
    m_betweenParcels.setSingleShot(true);
    m_betweenParcels.setTimerType(Qt::PreciseTimer);
    m_betweenParcels.setInterval(betweenParcels);
    connect(&m_betweenParcels, &QTimer::timeout, this, &QnamCall::sendParcel);
    connect(&m_connectLimit, &LimitTimer::reached, this, [this] { stop(Stop::Connect); });
    connect(&m_firstByteLimit, &LimitTimer::reached, this, [this] { stop(Stop::FirstByte); });
    connect(&m_idleLimit, &LimitTimer::reached, this, [this] { stop(Stop::Idle); });
    connect(&m_totalLimit, &LimitTimer::reached, this, [this] { stop(Stop::Total); });
}

QnamCall::~QnamCall() {
    abort();
}

void QnamCall::start(QNetworkAccessManager& manager, const QSslConfiguration& tls, const QString& proxy) {
    Q_ASSERT(!m_reply);
    m_seen.proxy = proxy;
    m_connectLimit.start();
    m_totalLimit.start();
    m_body = new OneShotBody(m_request.body);
    // Every method goes this way, GET too: only a request with an upload device can be kept from being sent
    // again. And a POST without a body would otherwise lose its query.
    m_reply = manager.sendCustomRequest(safeRequest(m_request, m_url, tls), m_request.method, m_body);
    m_body->setParent(m_reply);
    // With an upload device Qt starts the request by a queued call, and a size that is set before that is
    // lost: the whole answer would be kept in memory, however slowly we read. So this is queued behind it. It
    // bounds the body alone: a header block without an end grows until the limit for the first byte, and Qt
    // tells nothing of it before (docs/fault-matrix.md, Limits).
    QMetaObject::invokeMethod(
        m_reply, [reply = m_reply] { reply->setReadBufferSize(readBufferBytes); }, Qt::QueuedConnection);
    m_request = {}; // holds the credential, and is needed no more
    watch();
}

void QnamCall::refuse(const QString& sentence) {
    conclude();
    m_ending->reason = EndReason::Refused;
    m_ending->detail = sentence;
    end();
}

void QnamCall::setPlace(int place) {
    if (std::exchange(m_place, place) != place)
        Q_EMIT queued(place);
}

void QnamCall::watch() {
    const bool sendsBody = m_reply->request().rawHeader("Content-Length") != "0";
    connect(m_reply, &QNetworkReply::requestSent, this, [this] {
        ++m_sentSignals;
        takeForSent();
    });
    connect(m_reply, &QNetworkReply::uploadProgress, this, [this] {
        if (m_firstByteLimit.isStarted() && !m_hasHeaders)
            m_firstByteLimit.start();
    });
    connect(m_reply, &QNetworkReply::encrypted, this, [this, sendsBody] {
        m_seen.isEncrypted = true;
        if (!sendsBody)
            takeForSent();
    });
    // Qt 6.4 does not tell when a request without a body goes out. Over TLS that is the moment of
    // `encrypted`; over plain http, which means loopback, nothing is told, and connecting takes no time worth
    // a limit.
    if (!sendsBody && !m_seen.isHttps)
        connect(m_reply, &QNetworkReply::socketStartedConnecting, this, &QnamCall::takeForSent);
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError>& errors) {
        for (const QSslError& error : errors)
            if (!m_seen.tlsProblems.contains(error.errorString()))
                m_seen.tlsProblems += error.errorString();
        m_seen.tlsFault = tlsFaultOf(errors);
        m_seen.certificates = certificatesInWords(m_reply->sslConfiguration().peerCertificateChain(), errors,
                                                  QDateTime::currentDateTimeUtc().date());
    });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &QnamCall::onHeaders);
    connect(m_reply, &QNetworkReply::readyRead, this, &QnamCall::onReadyRead);
    connect(m_reply, &QNetworkReply::finished, this, &QnamCall::onFinished);
}

void QnamCall::takeForSent() {
    m_isTakenForSent = true;
    m_connectLimit.stop();
    if (!m_hasHeaders && !m_firstByteLimit.isStarted())
        m_firstByteLimit.start();
}

void QnamCall::onHeaders() {
    if (m_hasHeaders)
        return;
    m_hasHeaders = true;
    m_lastArrival = now();
    m_seen.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    m_seen.headers = headersOf(*m_reply);
    m_isTakenForSent = true;
    m_connectLimit.stop();
    // Without readable headers nobody can say where the body ends, so the header deadline goes on to run.
    if (!m_seen.headers.isEmpty())
        m_firstByteLimit.stop();
    Q_EMIT headersCame(m_seen.status,
                       m_reply->attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString().toLatin1(),
                       m_seen.headers, m_lastArrival);
    if (m_seen.method == "HEAD") {
        // To Qt this is a method like any other, and it would wait for the body that the headers announce.
        conclude();
    }
    proceed();
}

void QnamCall::onReadyRead() {
    m_lastArrival = now();
    if (m_idleLimit.isStarted())
        m_idleLimit.start();
    proceed();
}

void QnamCall::onFinished() {
    // What is unread is in memory already, and the reply goes at once, so that its connection is free.
    take(m_reply->bytesAvailable());
    m_seen.error = m_reply->error();
    if (m_seen.error == QNetworkReply::SslHandshakeFailedError && m_seen.tlsProblems.isEmpty() &&
        tellsOfNoTls(m_reply->errorString()))
        m_seen.tlsFault = TlsFault::NotSpoken;
    // Without a body and TLS the request was taken for sent when the connecting began; see watch().
    if (m_seen.error == QNetworkReply::ConnectionRefusedError)
        m_isTakenForSent = false;
    conclude();
    proceed();
}

void QnamCall::abort() {
    stop(Stop::ByUser);
}

void QnamCall::stop(Stop why) {
    if (m_hasEnded)
        return;
    if (!m_ending) {
        // abort() empties the reply, so what had come is taken out first, beyond any credit: it is bounded by
        // the read buffer.
        if (m_reply)
            take(m_reply->bytesAvailable());
        m_seen.stop = why;
        conclude();
    }
    while (!m_backlog.empty())
        handOverOne();
    end();
}

void QnamCall::setHeld(bool held) {
    if (held == m_isHeld || m_hasEnded)
        return;
    m_isHeld = held;
    for (LimitTimer* limit : limits())
        limit->setPaused(held);
    proceed();
}

void QnamCall::takeBack(qsizetype bytes, int slices) {
    m_underWayBytes -= bytes;
    m_underWaySlices -= slices;
    proceed();
}

void QnamCall::proceed() {
    if (m_hasEnded)
        return;
    if (m_reply)
        take(std::min(credit(), m_reply->bytesAvailable()));
    while (!m_isHeld && !m_backlog.empty() && m_underWayBytes < creditBytes &&
           m_underWaySlices < creditSlices)
        handOverOne();
    if (!m_betweenParcels.isActive() || m_parcelBytes >= largeParcel)
        sendParcel();
    watchSilence();
    if (m_ending && m_backlog.empty())
        end();
}

/// Moves bytes that have arrived from the reply to the backlog.
void QnamCall::take(qint64 count) {
    while (count > 0) {
        QByteArray bytes = m_reply->read(std::min(count, sliceBytes));
        if (bytes.isEmpty())
            return;
        count -= bytes.size();
        m_seen.received += bytes.size();
        m_backlogBytes += bytes.size();
        m_backlog.push_back({m_lastArrival, std::move(bytes)});
    }
}

void QnamCall::handOverOne() {
    Chunk next = std::move(m_backlog.front());
    m_backlog.pop_front();
    m_backlogBytes -= next.bytes.size();
    m_underWayBytes += next.bytes.size();
    ++m_underWaySlices;
    m_parcelBytes += next.bytes.size();
    m_parcel.append(std::move(next));
}

void QnamCall::sendParcel() {
    if (m_parcel.isEmpty())
        return;
    m_betweenParcels.start();
    m_parcelBytes = 0;
    Q_EMIT slices(std::exchange(m_parcel, {}));
}

/// Silence counts only while we listen: with the credit used up it is us who keep the peer from sending.
void QnamCall::watchSilence() {
    const bool listens = m_hasHeaders && !m_ending && credit() > 0;
    if (!listens)
        m_idleLimit.stop();
    else if (!m_idleLimit.isStarted())
        m_idleLimit.start();
}

/// The answer is over, for one reason or another: tells its ending and lets the connection go.
void QnamCall::conclude() {
    m_seen.timesSent = timesSent();
    m_ending = tellEnding(m_seen);
    m_ending->at = now();
    for (LimitTimer* limit : limits())
        limit->stop();
    m_body = nullptr;
    if (QNetworkReply* reply = std::exchange(m_reply, nullptr)) {
        disconnect(reply, nullptr, this, nullptr); // abort() emits finished() from inside
        reply->abort();
        reply->deleteLater();
    }
    Q_EMIT left();
}

void QnamCall::end() {
    m_hasEnded = true;
    sendParcel();
    m_betweenParcels.stop();
    Q_EMIT ended(*m_ending);
}

/// In doubt once: the signal comes by a long way on which an answer, or an end, can overtake it. A touched
/// body was on its way to an open connection.
int QnamCall::timesSent() const {
    const bool isSent = m_isTakenForSent || (m_body && m_body->isTouched());
    return std::max(m_sentSignals, isSent ? 1 : 0);
}

std::array<LimitTimer*, 4> QnamCall::limits() {
    return {&m_connectLimit, &m_firstByteLimit, &m_idleLimit, &m_totalLimit};
}

std::chrono::microseconds QnamCall::now() const {
    return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - m_startedAt);
}

qint64 QnamCall::credit() const {
    const bool hasPlace = m_underWaySlices + qsizetype(m_backlog.size()) < creditSlices;
    return hasPlace ? std::max<qint64>(creditBytes - m_underWayBytes - m_backlogBytes, 0) : 0;
}

} // namespace lavascope
