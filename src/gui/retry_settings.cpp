// SPDX-License-Identifier: MIT
#include "gui/retry_settings.h"

#include "session/workbench.h"

#include <algorithm>

namespace lavascope {

namespace {

const QString baseKey = QStringLiteral("retry/base_milliseconds");
const QString capKey = QStringLiteral("retry/cap_seconds");
const QString mostKey = QStringLiteral("retry/most");
constexpr int perSecond = 1000;

int numberOf(const Workbench& workbench, const QString& key, int least, int most, int usual) {
    bool isNumber = false;
    const int value = workbench.preference(key).toInt(&isNumber);
    return isNumber && value >= least && value <= most ? value : usual;
}

} // namespace

RetrySettings retrySettings(const Workbench& workbench) {
    RetrySettings settings;
    const int base = numberOf(workbench, baseKey, int(RetryBounds::leastBase * perSecond),
                              int(RetryBounds::mostBase * perSecond), int(settings.base.count()));
    const int cap = numberOf(workbench, capKey, RetryBounds::leastCap, RetryBounds::mostCap,
                             int(settings.cap.count()) / perSecond);
    settings.base = std::chrono::milliseconds(base);
    settings.cap = std::max(std::chrono::milliseconds(std::chrono::seconds(cap)), settings.base);
    settings.most = numberOf(workbench, mostKey, 1, RetryBounds::mostRetries, settings.most);
    return settings;
}

void keepRetrySettings(Workbench& workbench, const RetrySettings& settings) {
    workbench.setPreference(baseKey, int(settings.base.count()));
    workbench.setPreference(capKey, int(settings.cap.count()) / perSecond);
    workbench.setPreference(mostKey, settings.most);
}

RetryPolicy retryPolicy(const RetrySettings& settings, int retries) {
    RetryPolicy policy;
    policy.base = settings.base;
    policy.cap = settings.cap;
    policy.maxRetries = std::clamp(retries, 0, settings.most);
    return policy;
}

} // namespace lavascope
