// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

/// Reads the table of rooms in `<root>/src/CMakeLists.txt` and every source file below `<root>/src`, and
/// returns one sentence for each broken rule: who includes what it may not, core that is not pure, files that
/// grew too long, missing licence lines. An empty list means that the house stands as drawn.
[[nodiscard]] QStringList brokenRules(const QString& root);
