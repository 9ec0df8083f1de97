// SPDX-License-Identifier: MIT
#include "gui/widgets/wrapped_label.h"

#include <algorithm>

namespace lavascope {

WrappedLabel::WrappedLabel(QWidget* parent)
    : WrappedLabel({}, parent) {}

WrappedLabel::WrappedLabel(const QString& text, QWidget* parent)
    : QLabel(text, parent) {
    setWordWrap(true);
}

int WrappedLabel::heightForWidth(int width) const {
    ensurePolished();
    const int frame = frameWidth() + margin();
    Basis basis{text(), font(), contentsMargins() + QMargins(frame, frame, frame, frame)};
    if (basis != m_basis) {
        m_basis = std::move(basis);
        m_known.fill({});
    }
    const auto* known = std::find_if(m_known.begin(), m_known.end(),
                                     [width](const Known& one) { return one.width == width; });
    if (known != m_known.end())
        return known->height;
    const int height = QLabel::heightForWidth(width);
    m_known.at(m_oldest) = {width, height};
    m_oldest = (m_oldest + 1) % m_known.size();
    return height;
}

} // namespace lavascope
