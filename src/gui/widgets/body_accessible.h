// SPDX-License-Identifier: MIT
#pragma once

namespace lavascope {

/// Lets screen readers read a BodyView: what is in sight is its text, which changes as it is scrolled. To be
/// called before the first one is made; more often does no harm.
void makeBodyViewsAccessible();

} // namespace lavascope
