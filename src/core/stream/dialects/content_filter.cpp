// SPDX-License-Identifier: MIT
#include "core/stream/dialects/content_filter.h"

#include "core/stream/dialect.h"

namespace lavascope {

namespace {

/// `hate (medium, filtered)`; empty for a category in which nothing was found.
QString finding(const json::View& category) {
    const bool isFiltered = category["filtered"].toBool().value_or(false);
    const bool isDetected = category["detected"].toBool().value_or(false);
    const QString severity = category["severity"].toString();
    const bool isHarmless = severity.isEmpty() || severity == QLatin1String("safe");
    if (!isFiltered && !isDetected && isHarmless)
        return {};
    QStringList details;
    if (!isHarmless)
        details.append(severity);
    if (isFiltered)
        details.append(QStringLiteral("filtered"));
    const QString inBrackets =
        details.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(details.join(QStringLiteral(", ")));
    return category.name() + inBrackets;
}

void takeResults(const json::View& results, const QString& where, Assembler& out) {
    for (json::View category = results.firstChild(); category.exists(); category = category.nextSibling()) {
        const QString found = finding(category);
        if (!found.isEmpty())
            out.note(QStringLiteral("the content filter found in the %1: %2").arg(where, found));
    }
}

} // namespace

void takeFilterResults(const json::View& choice, Assembler& out) {
    takeResults(choice["content_filter_results"], QStringLiteral("answer"), out);
    const json::View failure = choice["content_filter_error"];
    if (failure.isObject())
        out.note(QStringLiteral("the content filter itself failed: %1").arg(failure["message"].toString()));
}

void takePromptFilterResults(const json::View& payload, Assembler& out) {
    for (const char* member : {"prompt_filter_results", "prompt_annotations"}) {
        const json::View prompts = payload[QByteArrayView(member)];
        for (json::View prompt = prompts.firstChild(); prompt.exists(); prompt = prompt.nextSibling())
            takeResults(prompt["content_filter_results"], QStringLiteral("prompt"), out);
    }
}

} // namespace lavascope
