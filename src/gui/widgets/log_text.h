// SPDX-License-Identifier: MIT
#pragma once

#include <QPlainTextEdit>

namespace lavascope {

/// Read-only text of any length from outside, shown as it is: deceptive characters as chips, endless lines
/// broken into pieces that the widget can lay out in linear time. What is copied has the lines as they were.
class LogText : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit LogText(QWidget* parent = nullptr);

    void setLog(const QString& text);
    void appendLog(QStringView text);

protected:
    QMimeData* createMimeDataFromSelection() const override;

private:
    qsizetype m_lineLength = 0; ///< of the last block, in UTF-16 units
};

} // namespace lavascope
