// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace lavascope {

/// A work of others that some package of the program holds, or the program itself.
struct ShippedPart {
    QString name;
    QString version; ///< empty: it comes with another part, in that one's version
    QString licence; ///< SPDX expression
    QString homepage;
    QStringList shippedOn; ///< `linux-portable`, `windows`, `macos`; empty: all
    QString text;          ///< file name below `:/licences/`
};

/// Of resources/licences/shipped.json, in its order, after the program itself.
[[nodiscard]] std::vector<ShippedPart> shippedParts();
/// The whole text of its licence.
[[nodiscard]] QString licenceText(const ShippedPart& part);

} // namespace lavascope
