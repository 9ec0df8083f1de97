// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace lavascope {

/// A host name in the one spelling that is looked up, or why there is none.
struct HostName {
    QByteArray name; ///< lower case, encoded; empty if refused
    QString problem; ///< one sentence; empty if all is well
    QString fix;
};

/// Reads a host as it stands in a URL. Spellings of an address that only some programs understand (`127.1`,
/// `0x7f.1`, `2130706433`) are refused, because others would go somewhere else.
[[nodiscard]] HostName readHost(QByteArrayView host);

/// `localhost`, 127.0.0.0/8 or `[::1]`, for a name that readHost() gave.
[[nodiscard]] bool isLoopbackHost(QByteArrayView name);

} // namespace lavascope
