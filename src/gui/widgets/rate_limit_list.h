// SPDX-License-Identifier: MIT
#pragma once

#include "core/diagnosis/rate_limits.h"

#include <QProgressBar>
#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace lavascope {

/// How much of a limit is left, as a small bar that is empty when nothing is.
class RateLimitBar : public QProgressBar {
    Q_OBJECT

public:
    /// Both numbers of `limit` must be known.
    explicit RateLimitBar(const RateLimit& limit, QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
};

/// The limits that an answer told, one line each: a bar where it is known how much is left of how much, and
/// the same in words. Hidden while there are none.
class RateLimitList : public QWidget {
    Q_OBJECT

public:
    explicit RateLimitList(QWidget* parent = nullptr);

    void setLimits(const std::vector<RateLimit>& limits);

private:
    void addLine(const RateLimit& limit);

    QVBoxLayout* m_lines;
};

} // namespace lavascope
