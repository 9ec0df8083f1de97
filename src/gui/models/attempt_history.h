// SPDX-License-Identifier: MIT
#pragma once

#include "core/diagnosis/retry_plan.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>

#include <vector>

namespace lavascope {

class Run;
struct HttpRequest;

/// One try as it is kept beside the others: masked, and of its body only the beginning.
struct KeptAttempt {
    enum class State { Running, Good, Failed, Stopped };

    int number = 1;
    bool byHand = false;                 ///< somebody asked for it after the one before had failed
    std::chrono::milliseconds waited{0}; ///< since the end of the one before
    std::optional<std::chrono::milliseconds> took = {}; ///< nothing: it runs
    State state = State::Running;
    Attempt attempt = {};
    qint64 bodySize = 0; ///< of the whole body
    std::optional<Diagnosis> diagnosis = {};
};

/// A try that may come, and the pause before it.
struct PlannedAttempt {
    int number = 2;
    std::chrono::milliseconds pause{0};
    bool isExact = false; ///< the server named the pause, else it is the longest that may be drawn
    bool byItself = false;
};

/// The tries of one request, also over several presses of Send, as long as it is the very same request and
/// has not succeeded. Holds nothing secret and no whole body.
class AttemptHistory : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Keeps the tries of this run from now on: beside those before if it sends the same request again,
    /// else in their place. Null: keeps none.
    void follow(Run* run);
    /// How many tries a new run with this request would have behind it.
    [[nodiscard]] int triesOf(const HttpRequest& request) const;

    [[nodiscard]] const std::vector<KeptAttempt>& attempts() const { return m_attempts; }
    [[nodiscard]] const std::vector<PlannedAttempt>& planned() const { return m_planned; }

Q_SIGNALS:
    void changed();

private:
    void refresh();
    void rest();
    void plan();
    void addMissing();

    QPointer<Run> m_run;
    std::vector<KeptAttempt> m_attempts;
    std::vector<PlannedAttempt> m_planned;
    size_t m_before = 0;      ///< tries of earlier runs
    QByteArray m_fingerprint; ///< of the request
    bool m_isReplay = false;
    QElapsedTimer m_sinceEnd;
    std::chrono::milliseconds m_pauseByHand{0};
};

} // namespace lavascope
