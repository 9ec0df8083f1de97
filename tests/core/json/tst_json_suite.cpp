// SPDX-License-Identifier: MIT
// The verdicts of JSONTestSuite: `y_` files are JSON, `n_` files are not. Takes the folder with the files.
#include "core/json/document.h"

#include <QDir>
#include <QFile>

#include <cstdio>

int main(int argc, char** argv) {
    const QDir folder(argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString());
    int judged = 0;
    int wrong = 0;
    for (const QString& name :
         folder.entryList({QStringLiteral("y_*"), QStringLiteral("n_*")}, QDir::Files)) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray text = file.readAll();
        lavascope::json::Document document;
        const bool accepted = !document.scan(text);
        ++judged;
        if (accepted == name.startsWith(QLatin1Char('y')))
            continue;
        ++wrong;
        std::printf("%s: %s\n", qPrintable(name), accepted ? "accepted" : "refused");
    }
    std::printf("JSONTestSuite: %d passed, %d failed\n", judged - wrong, wrong);
    constexpr int atLeast = 250;
    return wrong == 0 && judged >= atLeast ? 0 : 1;
}
