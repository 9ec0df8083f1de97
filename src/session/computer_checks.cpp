// SPDX-License-Identifier: MIT
#include "session/computer_checks.h"

#include "core/base/build_facts.h"
#include "net/network_facts.h"
#include "store/data_folder.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringConverter>
#include <QSysInfo>

namespace lavascope {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("Doctor", text);
}

QString libraryVersion(const TlsFacts& facts) {
    return facts.version.isEmpty() ? tr("no library") : facts.version;
}

} // namespace

HealthCheck lookAtProgram() {
    HealthCheck check{QStringLiteral("program"), HealthCheck::State::Ok, {}, {}};
    const QString running = QString::fromLatin1(qVersion());
    const QString built = QStringLiteral(QT_VERSION_STR);
    const BuildFacts facts = buildFacts();
    check.detail = tr("Lavascope %1, commit %2, Qt %3").arg(facts.version, commitText(facts), running);
    if (running != built)
        check.detail += tr(" (built for %1)").arg(built);
    return check;
}

HealthCheck lookAtSystem() {
    return {QStringLiteral("system"),
            HealthCheck::State::Ok,
            tr("%1, kernel %2 %3, %4")
                .arg(QSysInfo::prettyProductName(), QSysInfo::kernelType(), QSysInfo::kernelVersion(),
                     QSysInfo::currentCpuArchitecture()),
            {}};
}

HealthCheck lookAtLanguage() {
    HealthCheck check{QStringLiteral("language"), HealthCheck::State::Ok, {}, {}};
    const QString sample = QStringLiteral("\u00e9\u4e2d");
    const bool keepsNames = QString::fromLocal8Bit(sample.toLocal8Bit()) == sample;
    check.detail = tr("%1, file names in %2")
                       .arg(QLocale::system().name(), keepsNames ? tr("Unicode") : tr("a smaller alphabet"));
    if (!keepsNames) {
        check.state = HealthCheck::State::Warning;
        check.fix = tr("Files whose names have other letters cannot be opened; set a UTF-8 locale.");
    }
    return check;
}

HealthCheck lookAtDataFolder() {
    HealthCheck check{QStringLiteral("data_folder"), HealthCheck::State::Ok, {}, {}};
    const Result<QString> folder = dataFolder();
    const Result<void> tried = folder.and_then(&tryWriting);
    if (tried) {
        check.detail = tr("%1 can be written to, by its owner only").arg(*folder);
        return check;
    }
    check.state = HealthCheck::State::Failed;
    check.detail = tried.error().message;
    check.fix = tried.error().fix;
    return check;
}

HealthCheck lookAtEncryption() {
    HealthCheck check{QStringLiteral("tls"), HealthCheck::State::Ok, {}, {}};
    const TlsFacts facts = tlsFacts();
    check.detail = tr("%1 (%2), %3 trusted authorities")
                       .arg(facts.backend, libraryVersion(facts))
                       .arg(facts.authorities);
    if (!facts.isSupported) {
        check.state = HealthCheck::State::Failed;
        check.detail = tr("There is no TLS library that Qt can use (%1, made for %2).")
                           .arg(libraryVersion(facts), facts.builtAgainst);
        check.fix = tr("Install OpenSSL 3; until then only the built-in gateway can be called.");
    } else if (facts.authorities == 0) {
        check.state = HealthCheck::State::Failed;
        check.detail += tr(": no server's certificate can be trusted");
        check.fix = tr("Install the system's certificates (on Debian: ca-certificates).");
    }
    return check;
}

HealthCheck lookAtProxy(const QString& url) {
    const ProxyFacts facts = proxyFacts(url);
    HealthCheck check{QStringLiteral("proxy"), HealthCheck::State::Ok, {}, {}};
    check.detail = facts.proxy.isEmpty() ? tr("none: the gateway is called directly")
                                         : tr("the gateway is called through %1").arg(facts.proxy);
    if (!facts.variables.isEmpty())
        check.detail += tr("; set are %1").arg(facts.variables.join(QStringLiteral(", ")));
    return check;
}

} // namespace lavascope
