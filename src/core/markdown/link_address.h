// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace lavascope::markdown {

/// What is known of an address that a text from outside would have a reader follow.
struct LinkAddress {
    QString shown; ///< as it was written, deceptive characters as chips
    QString host;  ///< the real one, as the network would be asked for it; empty: it cannot be opened
    QString url;   ///< what would be opened, in ASCII; empty: it cannot be opened
    bool isDisguised =
        false; ///< the host is written in letters that look like others, or hides behind a name

    [[nodiscard]] bool canBeOpened() const { return !url.isEmpty(); }
};

/// Only http and https addresses with a host can be opened, nothing that a program of this computer would
/// act on (`file:`, `javascript:`, `mailto:`…), and nothing that two readers could take for two hosts.
[[nodiscard]] LinkAddress inspectLink(const QString& address);

} // namespace lavascope::markdown
