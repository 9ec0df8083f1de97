// SPDX-License-Identifier: MIT
#pragma once

#include "core/diagnosis/remedy.h"

#include <QObject>
#include <QPointer>

#include <vector>

class QPushButton;

namespace lavascope {

class FlowLayout;

/// A button for each thing that can be done about a failure from here, among the other buttons of a row.
class RemedyButtons : public QObject {
    Q_OBJECT

public:
    /// They stand in `row` in front of the widget `next`, for the Tab key too.
    RemedyButtons(FlowLayout& row, QWidget* next, QObject* parent);

    void setRemedies(const std::vector<Remedy>& remedies);

Q_SIGNALS:
    void wanted(const lavascope::Remedy& remedy);

private:
    FlowLayout& m_row;
    QWidget* m_next;
    std::vector<QPointer<QPushButton>> m_buttons;
};

} // namespace lavascope
