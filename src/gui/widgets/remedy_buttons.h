// SPDX-License-Identifier: MIT
#pragma once

#include "core/diagnosis/remedy.h"

#include <QWidget>

#include <vector>

namespace lavascope {

/// A button for each thing that can be done about a failure from here. Hidden while there is nothing to do.
class RemedyButtons : public QWidget {
    Q_OBJECT

public:
    explicit RemedyButtons(QWidget* parent = nullptr);

    void setRemedies(const std::vector<Remedy>& remedies);

Q_SIGNALS:
    void wanted(const lavascope::Remedy& remedy);
};

} // namespace lavascope
