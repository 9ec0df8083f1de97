// SPDX-License-Identifier: MIT
#pragma once

#include "core/request/request_draft.h"
#include "core/request/url_pieces.h"

namespace lavascope {

/// What the parts of the check before sending share: the draft, where it goes, and the remarks so far.
struct Lint {
    const RequestDraft& draft;
    UrlCheck target;
    std::vector<Finding> findings;

    void add(Severity severity, const char* code, const QString& message, const QString& fix,
             std::optional<ByteRange> range = std::nullopt) {
        findings.push_back({severity, QString::fromLatin1(code), message, fix, range});
    }
};

// Each looks at one part of the draft. All need a Lint whose target was read from the draft's provider URL.
void lintAddresses(Lint& lint);
void lintEndpoint(Lint& lint); ///< of the provider URL
void lintBody(Lint& lint);
void lintHeaders(Lint& lint);
void lintCredential(Lint& lint);

} // namespace lavascope
