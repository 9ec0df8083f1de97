// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/credential.h"

#include <QByteArray>
#include <QList>

/// One line of real output of `generateForwardToken` of @lavapayments/nodejs 11.2.0, with made-up keys.
struct WorkedExample {
    const char* name;
    lavascope::TokenFields fields;
    QByteArray json;
    QByteArray token;
    lavascope::Payer payer;
};

[[nodiscard]] QList<WorkedExample> workedExamples();
