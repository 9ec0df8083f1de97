// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/inspect_token.h"

#include <algorithm>

namespace lavascope {

/// A live token of the current generation, without a fault.
inline const QByteArray token =
    "eyJzZWNyZXRfa2V5IjoiYWtzX2xpdmVfRVhBTVBMRW5vdEFSZWFsS2V5MDAwMCIsImN1c3RvbWVyX2lkIjoiY29ubl9hYm"
    "MxMjMiLCJtZXRlcl9zbHVnIjoibXktbWV0ZXIifQ==";

// What the tests of inspected tokens ask a report for.

inline QByteArray tokenOf(QByteArrayView json) {
    return json.toByteArray().toBase64();
}

inline QStringList codesOf(const TokenReport& report) {
    QStringList codes;
    for (const Finding& finding : report.findings)
        codes.append(finding.code);
    return codes;
}

inline const Finding* findingOf(const TokenReport& report, const QString& code) {
    for (const Finding& finding : report.findings)
        if (finding.code == code)
            return &finding;
    return nullptr;
}

inline const TokenFieldReport* fieldOf(const TokenReport& report, const char* name) {
    for (const TokenFieldReport& field : report.fields)
        if (field.name == QLatin1String(name))
            return &field;
    return nullptr;
}

} // namespace lavascope
