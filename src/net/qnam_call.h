// SPDX-License-Identifier: MIT
#pragma once

#include "net/call_outcome.h"
#include "net/limit_timer.h"
#include "net/transport.h"

#include <QList>
#include <QSslError>
#include <QTimer>
#include <QUrl>

#include <array>
#include <deque>
#include <optional>

class QNetworkAccessManager;
class QNetworkReply;
class QSslConfiguration;

namespace lavascope {

class OneShotBody;

/// One call in the network thread: watches the reply, stamps and slices what arrives, hands it over against
/// credit, keeps the time limits and tells how it ended.
class QnamCall final : public QObject {
    Q_OBJECT

public:
    using Clock = std::chrono::steady_clock;

    QnamCall(HttpRequest request, const QUrl& url, const TimeLimits& limits, Clock::time_point startedAt);
    ~QnamCall() override; ///< aborts silently for the peer; a receiver that still listens gets its ending

    [[nodiscard]] const QUrl& url() const { return m_url; }
    void start(QNetworkAccessManager& manager, const QSslConfiguration& tls, const QString& proxy);
    void refuse(const QString& sentence); ///< instead of start()
    void setPlace(int place);             ///< in the line for a connection; 0: it goes

    void abort();
    void setHeld(bool held);
    void takeBack(qsizetype bytes, int slices); ///< the receiver has done with so much

Q_SIGNALS:
    void queued(int place);
    void headersCame(int status, const QByteArray& reason, const lavascope::Headers& headers,
                     std::chrono::microseconds at);
    void slices(const QList<lavascope::Chunk>& slices); ///< in the order of their arrival
    void ended(const lavascope::Ending& ending);
    void left(); ///< needs no connection any more; once

private:
    void watch();
    void takeForSent();
    void onHeaders();
    void onReadyRead();
    void onFinished();
    void stop(Stop why);

    void proceed();
    void take(qint64 count);
    void handOverOne();
    void sendParcel();
    void watchSilence();
    void conclude();
    void end();

    [[nodiscard]] int timesSent() const;
    [[nodiscard]] std::array<LimitTimer*, 4> limits();
    [[nodiscard]] std::chrono::microseconds now() const;
    [[nodiscard]] qint64 credit() const; ///< how many bytes may be read now

    HttpRequest m_request;
    const QUrl m_url;
    const Clock::time_point m_startedAt;
    LimitTimer m_connectLimit;
    LimitTimer m_firstByteLimit;
    LimitTimer m_idleLimit;
    LimitTimer m_totalLimit;

    QNetworkReply* m_reply = nullptr;
    OneShotBody* m_body = nullptr; ///< owned by the reply
    CallEvidence m_seen;
    int m_sentSignals = 0;
    bool m_isTakenForSent = false;
    int m_place = 0;
    bool m_hasHeaders = false;
    std::optional<Ending> m_ending; ///< known; told when everything before it was handed over
    bool m_hasEnded = false;

    std::chrono::microseconds m_lastArrival{0};
    std::deque<Chunk> m_backlog; ///< read and stamped, not yet handed over
    qint64 m_backlogBytes = 0;
    QList<Chunk> m_parcel; ///< handed over, and sent together
    qint64 m_parcelBytes = 0;
    QTimer m_betweenParcels;
    qint64 m_underWayBytes = 0; ///< handed over, not yet taken back
    int m_underWaySlices = 0;
    bool m_isHeld = false;
};

} // namespace lavascope
