// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/result.h"
#include "core/release/version.h"

#include <QByteArray>
#include <QString>

namespace lavascope {

/// The latest release, as its releases address tells it: text from outside.
struct Release {
    Version version;
    QString notes; ///< at most their beginning; as they came
    QString page;  ///< an https address of the host that was asked; empty: none that may be opened
};

/// Reads the answer of `GET /repos/:owner/:name/releases/latest` as GitHub, Gitea and Forgejo give it
/// (`tag_name`, `body`, `html_url`); other members may be missing. `askedHost` is the host that answered: a
/// page elsewhere is left out, except that `api.x` may speak for `x`. Errors: `release_unreadable` (no JSON
/// object), `release_without_version` (`tag_name` is none).
[[nodiscard]] Result<Release> readRelease(const QByteArray& body, const QString& askedHost);

} // namespace lavascope
