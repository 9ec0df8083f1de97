// SPDX-License-Identifier: MIT
#include "gui/settings_dialog.h"

#include "gui/appearance.h"
#include "session/workbench.h"
#include "ui_settings_dialog.h"

namespace lavascope {

namespace {

const QString shownKey = QStringLiteral("secrets/shown_seconds");
const QString clipboardKey = QStringLiteral("secrets/clipboard_seconds");

std::chrono::seconds secondsOf(const Workbench& workbench, const QString& key, int least, int most,
                               std::chrono::seconds usual) {
    bool isNumber = false;
    const int value = workbench.preference(key).toInt(&isNumber);
    return isNumber && value >= least && value <= most ? std::chrono::seconds(value) : usual;
}

} // namespace

SecretTimes secretTimes(const Workbench& workbench) {
    constexpr int mostShown = 120;
    constexpr int mostOnClipboard = 3600;
    SecretTimes times;
    times.shown = secondsOf(workbench, shownKey, 2, mostShown, times.shown);
    times.onClipboard = secondsOf(workbench, clipboardKey, 0, mostOnClipboard, times.onClipboard);
    return times;
}

bool editSettings(Workbench& workbench, QWidget* parent) {
    QDialog dialog(parent);
    Ui::SettingsDialog ui;
    ui.setupUi(&dialog);
    setTextRole(ui.title, TextRole::Headline);
    const SecretTimes times = secretTimes(workbench);
    ui.reveal->setValue(int(times.shown.count()));
    ui.clipboard->setValue(int(times.onClipboard.count()));
    if (dialog.exec() != QDialog::Accepted)
        return false;
    workbench.setPreference(shownKey, ui.reveal->value());
    workbench.setPreference(clipboardKey, ui.clipboard->value());
    return true;
}

} // namespace lavascope
