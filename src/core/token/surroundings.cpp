// SPDX-License-Identifier: MIT
#include "core/token/surroundings.h"

#include <algorithm>

namespace lavascope {

namespace {

constexpr qsizetype longestCommand = 64 * 1024; // whose hosts are looked at

/// Whether a text ends with the name of that header and nothing but what may stand between it and its value.
bool endsWithAuthorization(QByteArrayView text) {
    constexpr QByteArrayView name = "authorization";
    const QByteArrayView between = "\"'` \t";
    while (!text.isEmpty() && between.contains(text.back()))
        text.chop(1);
    if (!text.endsWith(':'))
        return false;
    text.chop(1);
    while (!text.isEmpty() && between.contains(text.back()))
        text.chop(1);
    return text.size() >= name.size() && text.last(name.size()).compare(name, Qt::CaseInsensitive) == 0;
}

} // namespace

void checkBearer(const Surroundings& around, FindingList& findings) {
    const QByteArrayView before = around.pasted.first(around.credential.begin);
    const qsizetype bearers = around.layers.count(QStringLiteral("bearer"));
    if (bearers > 1) {
        // The last one is the one too many.
        const qsizetype last = before.toByteArray().toLower().lastIndexOf("bearer");
        findings.add(
            Severity::Warning, Step::Wrapping, "bearer_doubled",
            QStringLiteral(
                "The word Bearer stands there more than once; sent like that the gateway answers 401."),
            QStringLiteral("Write it once; many tools add it by themselves."),
            last < 0 ? around.credential : ByteRange{last, around.credential.begin});
    }
    if (bearers == 0 && endsWithAuthorization(before))
        findings.add(Severity::Warning, Step::Wrapping, "bearer_missing",
                     QStringLiteral("It stands behind Authorization: without the word Bearer; sent like that "
                                    "the gateway answers 401."),
                     QStringLiteral("Write `Authorization: Bearer` before it."), around.credential);
}

void checkHost(const Surroundings& around, Mode mode, FindingList& findings) {
    if (!around.layers.contains(QStringLiteral("surrounding_text")))
        return;
    const QByteArrayView command = around.pasted.first(std::min(around.pasted.size(), longestCommand));
    const bool namesSandbox = command.contains("//sandbox-api.lavapayments.com");
    const bool namesLive = command.contains("//api.lava.so") || command.contains("//api.lavapayments.com");
    const bool isTestAtLive = mode == Mode::Test && namesLive && !namesSandbox;
    const bool isLiveAtTest = mode == Mode::Live && namesSandbox && !namesLive;
    if (!isTestAtLive && !isLiveAtTest)
        return;
    findings.add(
        Severity::Warning, Step::Values, "other_modes_host",
        isTestAtLive
            ? QStringLiteral("It holds a test key, but api.lava.so is called, where live keys belong.")
            : QStringLiteral("It holds a live key, but the sandbox is called, where test keys belong."),
        QStringLiteral("Call %1.").arg(fittingHost(CredentialKind::ForwardToken, mode)), around.credential);
}

} // namespace lavascope
