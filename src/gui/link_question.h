// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

class QWidget;

namespace lavascope {

/// Asks what to do with an address from an answer, which is shown with its real host and with what deceives
/// made visible. It can be copied; it is opened only if it leads to the web, and only by the user's own
/// press of a button.
void askAboutLink(QWidget* window, const QString& address);

} // namespace lavascope
