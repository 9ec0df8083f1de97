// SPDX-License-Identifier: MIT
#pragma once

#include "core/diagnosis/diagnosis.h"

#include <QFile>

namespace lavascope {

inline QByteArray fileOfSource(const char* path) {
    QFile file(QStringLiteral(LAVASCOPE_SOURCE_DIR "/") + QLatin1String(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The rules that the programs ship with; none if they are invalid, which a test of their own reports.
inline const DiagnosisRules& shippedRules() {
    static const DiagnosisRules rules =
        DiagnosisRules::fromJson(fileOfSource("resources/diagnosis.json")).value_or(DiagnosisRules());
    return rules;
}

} // namespace lavascope
