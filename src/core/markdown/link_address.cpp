// SPDX-License-Identifier: MIT
#include "core/markdown/link_address.h"

#include "core/base/visible_text.h"

#include <QUrl>

#include <algorithm>

namespace lavascope::markdown {

namespace {

bool isWeb(const QUrl& url) {
    return url.scheme() == QStringLiteral("https") || url.scheme() == QStringLiteral("http");
}

bool holdsWhatDeceives(const QString& address) {
    const QList<uint> codePoints = address.toUcs4();
    return std::any_of(codePoints.begin(), codePoints.end(),
                       [](uint codePoint) { return codePoint <= ' ' || isDeceptive(codePoint); });
}

} // namespace

LinkAddress inspectLink(const QString& address) {
    LinkAddress link;
    link.shown = withVisibleChips(address);
    // Strictly: the tolerant reading takes `https://good\@evil` for another host than browsers do.
    const QUrl url(address, QUrl::StrictMode);
    if (holdsWhatDeceives(address) || !url.isValid() || !isWeb(url) || url.host().isEmpty())
        return link;
    link.host = url.host(QUrl::FullyEncoded);
    link.url = QString::fromLatin1(url.toEncoded());
    const bool hasForeignLetters = link.host.contains(QStringLiteral("xn--"));
    link.isDisguised = hasForeignLetters || !url.userInfo().isEmpty();
    return link;
}

} // namespace lavascope::markdown
