// SPDX-License-Identifier: MIT
#include "gui/settings_dialog.h"

#include "gui/appearance.h"
#include "gui/retry_settings.h"
#include "session/workbench.h"
#include "ui_settings_dialog.h"

#include <cmath>

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

namespace {

void showRetries(Ui::SettingsDialog& ui, const RetrySettings& settings) {
    setTextRole(ui.retryTitle, TextRole::Headline);
    setTextRole(ui.retryNote, TextRole::Quiet);
    ui.retryBase->setRange(RetryBounds::leastBase, RetryBounds::mostBase);
    ui.retryCap->setRange(RetryBounds::leastCap, RetryBounds::mostCap);
    ui.retryMost->setRange(1, RetryBounds::mostRetries);
    // The longest pause is never shorter than the first one.
    const auto followBase = [&ui](double seconds) { ui.retryCap->setMinimum(int(std::ceil(seconds))); };
    QObject::connect(ui.retryBase, &QDoubleSpinBox::valueChanged, ui.retryCap, followBase);
    ui.retryBase->setValue(std::chrono::duration<double>(settings.base).count());
    ui.retryCap->setValue(int(std::chrono::ceil<std::chrono::seconds>(settings.cap).count()));
    ui.retryMost->setValue(settings.most);
}

RetrySettings retriesIn(const Ui::SettingsDialog& ui) {
    RetrySettings settings;
    settings.base =
        std::chrono::round<std::chrono::milliseconds>(std::chrono::duration<double>(ui.retryBase->value()));
    settings.cap = std::chrono::seconds(ui.retryCap->value());
    settings.most = ui.retryMost->value();
    return settings;
}

} // namespace

bool editSettings(Workbench& workbench, QWidget* parent) {
    QDialog dialog(parent);
    Ui::SettingsDialog ui;
    ui.setupUi(&dialog);
    setTextRole(ui.title, TextRole::Headline);
    const SecretTimes times = secretTimes(workbench);
    ui.reveal->setValue(int(times.shown.count()));
    ui.clipboard->setValue(int(times.onClipboard.count()));
    showRetries(ui, retrySettings(workbench));
    if (dialog.exec() != QDialog::Accepted)
        return false;
    workbench.setPreference(shownKey, ui.reveal->value());
    workbench.setPreference(clipboardKey, ui.clipboard->value());
    keepRetrySettings(workbench, retriesIn(ui));
    return true;
}

} // namespace lavascope
