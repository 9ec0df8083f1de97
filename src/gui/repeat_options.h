// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QSpinBox;

namespace lavascope {

/// What is to be done if this one request fails: how often it is tried again by itself. Off for a new one.
class RepeatOptions : public QWidget {
    Q_OBJECT

public:
    explicit RepeatOptions(QWidget* parent = nullptr);

    [[nodiscard]] int retries() const; ///< 0: off
    void setMostRetries(int most);
    void startNewRequest();

private:
    QSpinBox* m_retries;
};

} // namespace lavascope
