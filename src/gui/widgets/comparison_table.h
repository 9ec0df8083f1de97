// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/compare_tokens.h"

#include <QTableWidget>

namespace lavascope {

/// Two credentials side by side, field by field, secrets masked and told apart by their fingerprints. A
/// difference is said by a sign and a word, not by colour alone.
class ComparisonTable : public QTableWidget {
    Q_OBJECT

public:
    enum Column { Name, Same, First, Second, ColumnCount };

    explicit ComparisonTable(QWidget* parent = nullptr);

    void setComparison(const TokenComparison& comparison);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }
};

} // namespace lavascope
