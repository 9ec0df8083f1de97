// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/result.h"
#include "core/diagnosis/retry_coach.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>

#include <memory>

namespace lavascope {

class Transport;

/// How the built-in gateway is wanted; the doors' words for the sandbox's configuration.
struct SandboxWish {
    quint16 port = 0;
    QByteArray configJson; ///< empty: the standard configuration
    bool passthrough = false;
    QStringList faults; ///< fault texts, see SandboxHost::faultHelp()
    QStringList coach;  ///< steps of the retry coach, see SandboxHost::coachHelp(); none: no coach
    QStringList allowedTargets;
    double pace = 1.0;
};

/// One line of the sandbox's log, ready to show.
struct SandboxLogLine {
    qint64 atMs = 0;
    QString requestId;
    QString method;
    QString target;
    QString payer;
    int status = 0;
    QString cost; ///< `$0.000123`
    QString note;
};
struct SandboxBalance {
    QString owner;
    QString balance; ///< `$9.99`
};

/// The built-in gateway as the doors see it: start, stop, look, break.
class SandboxHost : public QObject {
    Q_OBJECT

public:
    explicit SandboxHost(Transport& transport, QObject* parent = nullptr);
    ~SandboxHost() override;

    /// Errors: those of the configuration, `fault_invalid`, `port_in_use`, `listen_failed`.
    [[nodiscard]] Result<quint16> start(const SandboxWish& wish);
    void stop();
    [[nodiscard]] bool isRunning() const;
    [[nodiscard]] QByteArray origin() const; ///< `http://127.0.0.1:PORT`, empty while stopped

    [[nodiscard]] Result<void> setFaults(const QStringList& faults);
    [[nodiscard]] QStringList faults() const;
    /// How the first tries of every call fail from now on, so that clients can be judged. Empty: no coach.
    [[nodiscard]] Result<void> setCoach(const QStringList& steps);
    [[nodiscard]] QStringList coach() const;
    /// Reports on all calls that are still open, as if their clients stayed away from now on.
    void finishCoaching();
    [[nodiscard]] const QList<RetryReport>& retryReports() const; ///< newest last, at most 100
    void setRequestsPerMinute(int limit);
    void setMerchantBalanceMicros(qint64 micros);
    [[nodiscard]] QList<SandboxBalance> balances() const;
    [[nodiscard]] QStringList customers() const;
    [[nodiscard]] QStringList meters() const;
    [[nodiscard]] const QList<SandboxLogLine>& log() const; ///< newest last, at most 1000
    [[nodiscard]] static QString faultHelp();
    [[nodiscard]] static QString coachHelp();

Q_SIGNALS:
    void changed();
    void served(const lavascope::SandboxLogLine& line);
    /// A call is over while there is a coach; also for each that is open when the gateway stops.
    void coached(const lavascope::RetryReport& report);

private:
    void keep(const RetryReport& report);

    class Private;
    std::unique_ptr<Private> m_private;
};

} // namespace lavascope
