// SPDX-License-Identifier: MIT
#pragma once

#include <QToolButton>

namespace lavascope {

/// As what an answer is read, and a menu to have it read as something else.
class DialectPicker : public QToolButton {
    Q_OBJECT

public:
    explicit DialectPicker(QWidget* parent = nullptr);

    /// `recognised` or forced: the dialect in use. `forced`: the one that was chosen; empty if none was.
    void showDialect(const QString& dialect, const QString& forced);

Q_SIGNALS:
    void chosen(const QString& dialect); ///< one of dialectNames(); empty: as recognised
};

} // namespace lavascope
