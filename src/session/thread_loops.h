// SPDX-License-Identifier: MIT
#pragma once

namespace lavascope {

/// Lets Qt run the event loops of its threads without GLib, unless the environment says something else. Qt's
/// HTTP thread wakes the one that reads for every little piece of an answer; GLib's loop makes a call to the
/// system of each, the other one call for many. A million pieces took 3.1 s with it, and 1.8 s without.
///
/// To be called once, before there is a second thread. It changes the environment.
void preferLightThreadLoops();

} // namespace lavascope
