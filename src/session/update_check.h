// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/result.h"
#include "core/release/release.h"

#include <QObject>

#include <chrono>
#include <memory>
#include <optional>

namespace lavascope {

class Exchange;
class Transport;

/// What the latest release is to the program that runs.
struct UpdateNews {
    enum class State { Newest, NewerExists, AheadOfRelease };

    State state = State::Newest;
    Version running;
    Release release; ///< text from outside
};

/// Where a company or a test has the releases lie: the environment's LAVASCOPE_UPDATES_URL, else the user's
/// preference, else the project's own address.
[[nodiscard]] QByteArray releasesAddress(const QString& preferred);

/// Asks a releases address once, when its user wants it, which version is the latest. One GET without a body,
/// a cookie, a key or anything about this computer beside the program's name and version; a redirect is not
/// followed, nothing is kept, downloaded or installed. Deleting it ends it.
class UpdateCheck : public QObject {
    Q_OBJECT

public:
    struct Settings {
        QByteArray address;
        QString running;                            ///< version of the program; empty: of this very one
        std::chrono::milliseconds patience{15'000}; ///< for all of it
    };

    explicit UpdateCheck(Settings settings, QObject* parent = nullptr);
    ~UpdateCheck() override;

    void start(); ///< once; before it nothing is sent

    /// Nothing before finished(). Errors, each with a sentence that says why: `update_unasked` (no answer
    /// came), `update_redirected`, `update_missing`, `update_limited`, `update_status`, `update_too_large`,
    /// those of readRelease(), and `update_own_version` (the running program has none that can be compared).
    [[nodiscard]] const std::optional<Result<UpdateNews>>& news() const { return m_news; }
    [[nodiscard]] QString host() const; ///< that is asked

Q_SIGNALS:
    void finished(); ///< exactly once

private:
    void take(const QByteArray& bytes);
    void takeEnding(bool isWhole, const QString& detail);
    [[nodiscard]] Result<UpdateNews> judge() const;

    Settings m_settings;
    std::unique_ptr<Transport> m_transport;
    std::unique_ptr<Exchange> m_exchange;
    int m_status = 0;
    QByteArray m_body;
    bool m_isTooLarge = false;
    std::optional<Result<UpdateNews>> m_news;
};

} // namespace lavascope
