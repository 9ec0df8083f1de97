// SPDX-License-Identifier: MIT
#include "core/release/release.h"

#include "core/json/document.h"

#include <QUrl>

namespace lavascope {

namespace {

constexpr qsizetype longestNotes = 20'000;

QString beginningOf(const QString& text) {
    if (text.size() <= longestNotes)
        return text;
    const bool cutsPair = text.at(longestNotes - 1).isHighSurrogate();
    return text.left(longestNotes - (cutsPair ? 1 : 0)) + QStringLiteral("…");
}

QString pageOf(const QString& address, const QString& askedHost) {
    const QUrl url(address, QUrl::StrictMode);
    const bool isHost = url.host() == askedHost || QStringLiteral("api.") + url.host() == askedHost;
    const bool canBeOpened = url.isValid() && url.scheme() == QLatin1String("https") &&
                             !url.host().isEmpty() && url.userInfo().isEmpty() && isHost;
    return canBeOpened ? address : QString();
}

} // namespace

Result<Release> readRelease(const QByteArray& body, const QString& askedHost) {
    json::Document document;
    if (document.scan(body) || !document.root().isObject())
        return fail(QStringLiteral("release_unreadable"),
                    QStringLiteral("What answered does not describe a release."));
    const json::View root = document.root();
    const std::optional<Version> version = Version::fromText(root["tag_name"].toString());
    if (!version)
        return fail(QStringLiteral("release_without_version"),
                    QStringLiteral("The latest release has no version that can be compared."));
    return Release{*version, beginningOf(root["body"].toString()),
                   pageOf(root["html_url"].toString(), askedHost)};
}

} // namespace lavascope
