// SPDX-License-Identifier: MIT
#pragma once

#include "session/update_check.h"

#include <QDialog>

#include <memory>

namespace Ui {
class UpdateDialog;
}

namespace lavascope {

class Workbench;

/// Asks for the latest release when it is opened, and says in words what came of it. It downloads nothing:
/// the page of the release is opened in the browser, after the question that is asked about every link.
class UpdateDialog : public QDialog {
    Q_OBJECT

public:
    explicit UpdateDialog(UpdateCheck::Settings settings, QWidget* parent = nullptr);
    ~UpdateDialog() override;

private:
    void ask();
    void showOutcome();
    void showNews(const UpdateNews& news);
    void showWhyNot(const Error& error);

    UpdateCheck::Settings m_settings;
    std::unique_ptr<Ui::UpdateDialog> m_ui;
    std::unique_ptr<UpdateCheck> m_check;
    QString m_page;
};

/// Opens the dialog, with the releases address of the environment or the preference `updates/url`.
void checkForUpdates(const Workbench& workbench, QWidget* parent);

} // namespace lavascope
