// SPDX-License-Identifier: MIT
#pragma once

class QTableView;

namespace lavascope {

/// Makes a table a list of whole rows, one of which can be chosen: no grid, no numbers at the side, and the
/// Tab key leads out of it.
void setUpRows(QTableView* table);

/// The same with rows of one line each, all equally high, so that a million of them need no measuring.
void setUpLines(QTableView* table);

} // namespace lavascope
