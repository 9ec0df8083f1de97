// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/credential.h"

#include <QStringList>

namespace lavascope {

/// Text from a token as it may stand inside one of our sentences: one short line, invisible characters as
/// chips, and masked if it holds a credential or one of the given secrets.
[[nodiscard]] QString shownText(const QString& text, const QStringList& secrets = {});

/// Characters of a text that such a line shows at most.
constexpr qsizetype longestShownLine = 60;

/// The same of a text that is known to hold no secret.
[[nodiscard]] QString shownLine(const QString& text);

/// What gives a secret away wherever it stands: itself, what follows its prefix, and its base64 at any place
/// in a longer text. To be handed to the functions here as secrets.
[[nodiscard]] QStringList telltales(const QString& secret);

/// Whether a text holds one of these secrets, invisible characters inside it or not; very short ones do not
/// count.
[[nodiscard]] bool holdsAnyOf(const QString& text, const QStringList& secrets);

/// Whether a text that should be harmless (an id, a name) holds something shaped like a credential.
[[nodiscard]] bool holdsCredential(QByteArrayView text);

/// payerSentence() without capital letter and full stop, to stand inside a longer sentence.
[[nodiscard]] QString payerPhrase(const TokenFields& fields);

} // namespace lavascope
