// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace lavascope {

/// Asks whether to send a call again that may have been billed; `why` is the sentence that says so. Unless
/// the person chooses to, nothing is sent. The question goes when `asking` does.
void askToRepeat(QWidget* asking, const QString& why, const std::function<void()>& send);

} // namespace lavascope
