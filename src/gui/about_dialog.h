// SPDX-License-Identifier: MIT
#pragma once

#include "gui/models/shipped_part.h"

#include <QDialog>

#include <memory>
#include <vector>

namespace Ui {
class AboutDialog;
}

namespace lavascope {

/// What this program is and runs on, to be copied into a report, and everything in its packages with the
/// licences.
class AboutDialog : public QDialog {
    Q_OBJECT

public:
    explicit AboutDialog(QWidget* parent = nullptr);
    ~AboutDialog() override;

private:
    void showFacts();
    void listParts();
    void showPart(int row);
    void copyFacts() const;

    std::unique_ptr<Ui::AboutDialog> m_ui;
    std::vector<ShippedPart> m_parts;
};

} // namespace lavascope
