// SPDX-License-Identifier: MIT
#include "gui/widgets/covered_line.h"

#include "core/token/credential_finder.h"
#include "gui/screen_share.h"

#include <QLineEdit>

namespace lavascope {

void coverWhileShared(QLineEdit* line, const ScreenShare& share) {
    const auto cover = [line, &share] {
        const bool covers = share.isOn() && !CredentialFinder().find(line->text().toUtf8()).empty();
        line->setEchoMode(covers ? QLineEdit::Password : QLineEdit::Normal);
    };
    QObject::connect(line, &QLineEdit::textChanged, line, cover);
    QObject::connect(&share, &ScreenShare::changed, line, cover);
    cover();
}

} // namespace lavascope
