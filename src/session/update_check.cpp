// SPDX-License-Identifier: MIT
#include "session/update_check.h"

#include "core/base/build_facts.h"
#include "net/qnam_transport.h"

#include <QCoreApplication>
#include <QUrl>

namespace lavascope {

namespace {

constexpr qsizetype largestAnswer = qsizetype(1) << 20;
constexpr QByteArrayView projectReleases = "https://api.github.com/repos/lavascope/lavascope/releases/latest";

QString tr(const char* text) {
    return QCoreApplication::translate("UpdateCheck", text);
}

TimeLimits limitsWithin(std::chrono::milliseconds patience) {
    return {patience, patience, patience, patience};
}

UpdateNews::State compared(const Version& running, const Version& latest) {
    if (running == latest)
        return UpdateNews::State::Newest;
    return running < latest ? UpdateNews::State::NewerExists : UpdateNews::State::AheadOfRelease;
}

/// What a status other than 200 means here; a redirect could lead anywhere, so it is not followed.
tl::unexpected<Error> statusError(int status) {
    constexpr int forbidden = 403;
    constexpr int notFound = 404;
    constexpr int gone = 410;
    constexpr int tooMany = 429;
    if (status >= 300 && status < 400)
        return fail(
            QStringLiteral("update_redirected"),
            tr("The address sends on to another one (status %1), which is not followed.").arg(status));
    if (status == notFound || status == gone)
        return fail(QStringLiteral("update_missing"),
                    tr("There is no release at this address (status %1).").arg(status));
    if (status == forbidden || status == tooMany)
        return fail(QStringLiteral("update_limited"),
                    tr("The server takes no more questions for now (status %1).").arg(status),
                    tr("Ask again in an hour."));
    return fail(QStringLiteral("update_status"),
                tr("The server answered with status %1 in place of a release.").arg(status));
}

} // namespace

QByteArray releasesAddress(const QString& preferred) {
    for (const QString& chosen :
         {qEnvironmentVariable("LAVASCOPE_UPDATES_URL").trimmed(), preferred.trimmed()})
        if (!chosen.isEmpty())
            return chosen.toUtf8();
    return projectReleases.toByteArray();
}

UpdateCheck::UpdateCheck(Settings settings, QObject* parent)
    : QObject(parent)
    , m_settings(std::move(settings)) {
    if (m_settings.running.isEmpty())
        m_settings.running = buildFacts().version;
}

UpdateCheck::~UpdateCheck() = default;

QString UpdateCheck::host() const {
    return QUrl::fromEncoded(m_settings.address, QUrl::StrictMode).host();
}

void UpdateCheck::start() {
    HttpRequest request;
    request.method = "GET";
    request.url = m_settings.address;
    request.headers.append("Accept", "application/json");
    // A transport of its own, so that the network thread is there only while somebody asks.
    m_transport = std::make_unique<QnamTransport>();
    m_exchange = m_transport->send(request, limitsWithin(m_settings.patience));
    connect(m_exchange.get(), &Exchange::headers, this, [this](int status) { m_status = status; });
    connect(m_exchange.get(), &Exchange::chunk, this, [this](const Chunk& chunk) { take(chunk.bytes); });
    connect(m_exchange.get(), &Exchange::ended, this, [this](const Ending& ending) {
        takeEnding(ending.reason == EndReason::Finished, ending.detail);
    });
}

void UpdateCheck::take(const QByteArray& bytes) {
    if (m_isTooLarge)
        return;
    m_body.append(QByteArrayView(bytes));
    if (m_body.size() > largestAnswer) {
        m_isTooLarge = true;
        m_body.clear();
        m_exchange->abort();
    }
}

void UpdateCheck::takeEnding(bool isWhole, const QString& detail) {
    if (m_isTooLarge)
        m_news = fail(QStringLiteral("update_too_large"),
                      tr("The answer is larger than any release's description."));
    else if (m_status != 0 && m_status != 200)
        m_news = statusError(m_status);
    else if (!isWhole)
        m_news = fail(QStringLiteral("update_unasked"), detail);
    else
        m_news = judge();
    Q_EMIT finished();
}

Result<UpdateNews> UpdateCheck::judge() const {
    const std::optional<Version> running = Version::fromText(m_settings.running);
    if (!running)
        return fail(QStringLiteral("update_own_version"),
                    tr("This program has no version that can be compared."));
    return readRelease(m_body, host()).map([&](const Release& release) {
        return UpdateNews{compared(*running, release.version), *running, release};
    });
}

} // namespace lavascope
