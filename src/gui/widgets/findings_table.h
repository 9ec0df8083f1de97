// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/repair.h"

#include <QTableWidget>

namespace lavascope {

class ScreenShare;

/// The findings of one credential: severity, byte, what and how to mend it. Where the mend is mechanical a
/// button does it.
class FindingsTable : public QTableWidget {
    Q_OBJECT

public:
    enum Column { SeverityName, Byte, What, Mend, ColumnCount };
    static constexpr size_t mostShown = 200;

    explicit FindingsTable(QWidget* parent = nullptr);

    void setReport(const TokenReport& report, const ScreenShare& share);

Q_SIGNALS:
    void rangeChosen(const lavascope::ByteRange& range);
    /// The text that is to stand in the place of what was pasted.
    void repairWanted(const lavascope::Secret& text);

private:
    void addRow(int row, const Finding& finding, const ScreenShare& share);
    void addRepair(int row, const Repair& repair);

    std::vector<std::optional<ByteRange>> m_ranges;
};

} // namespace lavascope
