// SPDX-License-Identifier: MIT
#include "gui/window_checks.h"

#include "gui/appearance.h"

#include <QApplication>
#include <QFontInfo>
#include <QScreen>

namespace lavascope {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("DiagnosticsDialog", text);
}

HealthCheck lookAtScreens() {
    QStringList screens;
    const QList<QScreen*> all = QGuiApplication::screens();
    for (const QScreen* screen : all)
        screens += tr("%1 × %2 at %3 %")
                       .arg(screen->size().width())
                       .arg(screen->size().height())
                       .arg(qRound(100 * screen->devicePixelRatio()));
    return {QStringLiteral("window"),
            HealthCheck::State::Ok,
            tr("%1, %2").arg(QGuiApplication::platformName(), screens.join(QStringLiteral(", "))),
            {}};
}

HealthCheck lookAtFonts() {
    const QFontInfo text((QApplication::font()));
    const QFontInfo code(codeFont());
    HealthCheck check{QStringLiteral("fonts"), HealthCheck::State::Ok, {}, {}};
    check.detail = tr("%1 for text, %2 for code").arg(text.family(), code.family());
    if (!code.fixedPitch()) {
        check.state = HealthCheck::State::Warning;
        check.detail += tr(", which is not of one width");
        check.fix = tr("Install a font of one width (on Debian: fonts-dejavu-core).");
    }
    return check;
}

} // namespace

std::vector<HealthCheck> windowChecks() {
    return {lookAtScreens(), lookAtFonts()};
}

} // namespace lavascope
