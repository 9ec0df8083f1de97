// SPDX-License-Identifier: MIT
#include "core/json/document.h"
#include "core/request/header_rules.h"
#include "core/request/lint.h"

#include <QSet>

#include <algorithm>

namespace lavascope {

namespace {

constexpr qsizetype mostPairs = 100;
constexpr qsizetype longestText = 255;

bool isMetadataKey(const QString& key) {
    const auto allowed = [](QChar c) {
        return c.unicode() < 0x80 && (c.isLetterOrNumber() || c == QLatin1Char('_'));
    };
    return !key.isEmpty() && key.size() <= longestText && std::all_of(key.begin(), key.end(), allowed);
}

QString metadataProblem(const QByteArray& value) {
    json::Document document;
    if (document.scan(value) || !document.root().isObject())
        return QStringLiteral("it must be one JSON object");
    if (document.root().size() > mostPairs)
        return QStringLiteral("it may hold at most 100 pairs");
    for (json::View pair = document.root().firstChild(); pair.exists(); pair = pair.nextSibling()) {
        if (!isMetadataKey(pair.name()))
            return QStringLiteral("a key may hold 1 to 255 ASCII letters, digits and '_' only");
        const qsizetype size = pair.toString().size();
        if (!pair.isString() || size < 1 || size > longestText)
            return QStringLiteral("each value must be a text of 1 to 255 characters");
    }
    return {};
}

void lintField(Lint& lint, const Headers::Field& field) {
    if (const Result<void> checked = checkHeader(field); !checked)
        lint.add(Severity::Error, checked.error().code.toLatin1().constData(), checked.error().message,
                 checked.error().fix);
    const QByteArray name = field.name.toLower();
    if (name == "origin")
        lint.add(Severity::Warning, "origin_header",
                 QStringLiteral(
                     "A header Origin makes the call look like a browser's, and the gateway blocks those."),
                 QStringLiteral("Remove it."));
    if (name == "host")
        lint.add(Severity::Warning, "host_header",
                 QStringLiteral(
                     "The header Host is set by hand, so the call may reach another site than the URL says."),
                 QStringLiteral("Remove it unless that is meant."));
    if (name == "accept-encoding" && field.value != "identity")
        lint.add(Severity::Warning, "compressed_answer",
                 QStringLiteral("A compressed answer cannot be shown as it streams in."),
                 QStringLiteral("Remove Accept-Encoding; identity is asked for then."));
    if (name == "x-lava-metadata")
        if (const QString problem = metadataProblem(field.value); !problem.isEmpty())
            lint.add(Severity::Error, "metadata_invalid", QStringLiteral("x-lava-metadata: %1.").arg(problem),
                     QStringLiteral("Write for example {\"feature\":\"chat\"}."));
}

} // namespace

void lintHeaders(Lint& lint) {
    QSet<QByteArray> seen;
    for (const Headers::Field& field : lint.draft.headers) {
        lintField(lint, field);
        const QByteArray name = field.name.toLower();
        if (seen.contains(name))
            lint.add(Severity::Warning, "header_repeated",
                     QStringLiteral("The header %1 is there more than once; only the last one is sent.")
                         .arg(QString::fromUtf8(field.name)),
                     QStringLiteral("Keep one."));
        seen.insert(name);
    }
}

} // namespace lavascope
