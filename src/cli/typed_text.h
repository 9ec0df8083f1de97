// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace lavascope {

/// What is typed at a console of Windows, which hands it over as UTF-16 with CR LF and cuts long lines
/// anywhere, as UTF-8 with LF.
class TypedText {
public:
    /// As much as is certain: half a character or a CR at the end is kept until what belongs to it has come.
    [[nodiscard]] QByteArray take(QStringView piece);
    /// What was kept, when nothing more comes.
    [[nodiscard]] QByteArray takeRest();

private:
    QString m_kept;
};

} // namespace lavascope
