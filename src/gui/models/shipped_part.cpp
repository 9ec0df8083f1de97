// SPDX-License-Identifier: MIT
#include "gui/models/shipped_part.h"

#include "core/base/build_facts.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace lavascope {

namespace {

QByteArray builtIn(const QString& name) {
    QFile file(QStringLiteral(":/licences/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

ShippedPart partFrom(const QJsonObject& object) {
    ShippedPart part;
    part.name = object[QStringLiteral("name")].toString();
    part.version = object[QStringLiteral("version")].toString();
    part.licence = object[QStringLiteral("licence")].toString();
    part.homepage = object[QStringLiteral("homepage")].toString();
    part.text = object[QStringLiteral("text")].toString();
    for (const QJsonValue place : object[QStringLiteral("shipped_on")].toArray())
        part.shippedOn += place.toString();
    return part;
}

} // namespace

std::vector<ShippedPart> shippedParts() {
    std::vector<ShippedPart> parts{{QStringLiteral("Lavascope"),
                                    buildFacts().version,
                                    QStringLiteral("MIT"),
                                    QStringLiteral("https://github.com/lavascope/lavascope"),
                                    {},
                                    QStringLiteral("Lavascope.txt")}};
    for (const QJsonValue entry : QJsonDocument::fromJson(builtIn(QStringLiteral("shipped.json"))).array())
        parts.push_back(partFrom(entry.toObject()));
    return parts;
}

QString licenceText(const ShippedPart& part) {
    return QString::fromUtf8(builtIn(part.text));
}

} // namespace lavascope
