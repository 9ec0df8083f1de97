// SPDX-License-Identifier: MIT
#pragma once

#include <QLabel>

#include <array>

namespace lavascope {

/// A label whose text wraps, and that remembers how high it is in the widths it was asked for.
///
/// A plain label sets its whole text anew at each question, and one that changes anywhere in a window makes
/// the layouts ask all of them several times: with the many labels of this window that took longer than to
/// paint it.
class WrappedLabel : public QLabel {
    Q_OBJECT

public:
    explicit WrappedLabel(QWidget* parent = nullptr);
    explicit WrappedLabel(const QString& text, QWidget* parent = nullptr);

    [[nodiscard]] int heightForWidth(int width) const override;

private:
    struct Known {
        int width = -1;
        int height = 0;
    };
    /// All that the height depends on beside the width.
    struct Basis {
        QString text;
        QFont font;
        QMargins margins;
        bool operator==(const Basis& other) const = default;
    };

    mutable std::array<Known, 4> m_known; ///< the layouts ask for two or three widths in turn
    mutable std::size_t m_oldest = 0;
    mutable Basis m_basis;
};

} // namespace lavascope
