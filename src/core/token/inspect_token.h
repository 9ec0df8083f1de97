// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/finding.h"
#include "core/token/credential.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace lavascope {

enum class FieldState { Value, Null, Absent };

/// One known field of a decoded token, ready to show.
struct TokenFieldReport {
    QString name;
    FieldState state = FieldState::Absent;
    QString value;       ///< only for fields that are no secret; JSON text if it is not a string
    bool isText = true;  ///< false: of another type than a text
    QString masked;      ///< what may be shown of it
    QString fingerprint; ///< of secrets; empty for the others
    Secret secret;       ///< the secret itself where the field is one, for "reveal" on request
};

/// Everything that can be said about a pasted credential. Always an answer, whatever was pasted.
struct TokenReport {
    CredentialKind kind = CredentialKind::Unknown;
    bool usable = false; ///< could be sent as it is (after the listed layers are peeled off) with a chance to
                         ///< be accepted
    Generation generation = Generation::None;
    Mode mode = Mode::Unknown;
    Payer payer = Payer::Unknown;
    QString host;     ///< the gateway that fits, e.g. `https://api.lava.so`; empty if none does or any might
    QString headline; ///< one true sentence
    std::vector<TokenFieldReport> fields;
    QStringList unknownFields;
    std::vector<TokenFieldReport> unknown; ///< the same fields, their JSON values shown as secrets
    QStringList layers; ///< what was peeled off, outermost first, e.g. `header_name`, `bearer`, `quotes`,
                        ///< `line_wraps`
    std::vector<Finding> findings;     ///< offsets are in what was pasted
    std::optional<TokenFields> parsed; ///< the fields of a forward token or bare key, to edit
                                       ///< and build again; nothing if they cannot hold what is there
    Secret credential;                 ///< the peeled credential: exactly what would stand after `Bearer `
};

/// Says what a pasted text is: peel, decode, parse, check. Never fails; input over 8 MiB is refused by a
/// finding.
[[nodiscard]] TokenReport inspectToken(QByteArrayView pasted);

} // namespace lavascope
