// SPDX-License-Identifier: MIT
#pragma once

#include "core/diagnosis/remedy.h"

#include <QWidget>

#include <vector>

class QLabel;

namespace lavascope {

/// A button for each thing that can be done about a failure from here, and below them what came of the last
/// one. Hidden while there is nothing to do.
class RemedyButtons : public QWidget {
    Q_OBJECT

public:
    explicit RemedyButtons(QWidget* parent = nullptr);

    void setRemedies(const std::vector<Remedy>& remedies);
    void say(const QString& text);

Q_SIGNALS:
    void wanted(const lavascope::Remedy& remedy);

private:
    QWidget* m_row;
    QLabel* m_said;
};

} // namespace lavascope
