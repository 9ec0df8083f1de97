// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/credential.h"
#include "core/token/finding_list.h"

#include <QStringList>

namespace lavascope {

/// What was pasted around a credential: a header, a command, a line of a log.
struct Surroundings {
    QByteArrayView pasted;
    ByteRange credential; ///< where it stands in what was pasted
    QStringList layers;   ///< that were taken off it
};

/// Remarks on the word Bearer, missing or there twice.
void checkBearer(const Surroundings& around, FindingList& findings);

/// Remarks on a gateway called beside a key of the other mode.
void checkHost(const Surroundings& around, Mode mode, FindingList& findings);

} // namespace lavascope
