// SPDX-License-Identifier: MIT
#include "core/base/visible_text.h"
#include "core/diagnosis/facts.h"
#include "core/request/header_rules.h"

#include <algorithm>

namespace lavascope {

namespace {

constexpr qsizetype lineLimit = 200;
constexpr qsizetype mostRemarks = 5;
// A recording may come from anywhere.
constexpr qsizetype mostCertificates = 10;
constexpr qsizetype certificateLimit = 600;

QString statusLine(const Facts& facts) {
    const int sent = facts.outcome().status;
    if (sent == 0)
        return QStringLiteral("No HTTP status came");
    if (facts.inStream() && facts.status() != sent)
        return QStringLiteral("Status %1; the error inside the answer counts as %2")
            .arg(sent)
            .arg(facts.status());
    if (facts.inStream())
        return QStringLiteral("Status %1; the error came inside the answer").arg(sent);
    return QStringLiteral("Status %1").arg(sent);
}

QString originLine(const Facts& facts) {
    switch (facts.origin()) {
    case Origin::Gateway:
        return QStringLiteral("Written by the gateway: %1").arg(facts.originReason());
    case Origin::Provider:
        return QStringLiteral("Written by the provider: %1").arg(facts.originReason());
    case Origin::Undecided:
        break;
    }
    return QStringLiteral(
        "Undecided whether the gateway or the provider wrote it: nothing in the answer tells");
}

QStringList codeLines(const Facts& facts) {
    constexpr qsizetype mostLines = 5;
    QStringList lines;
    for (const ErrorCode& code : facts.codes())
        if (lines.size() < mostLines)
            lines.append(QStringLiteral("%1: %2").arg(code.path, code.value));
    return lines;
}

QString contentLine(Content content) {
    switch (content) {
    case Content::Empty:
        return QStringLiteral("The body is empty");
    case Content::Html:
        return QStringLiteral("The body is a web page (HTML)");
    case Content::Text:
        return QStringLiteral("The body is plain text, not JSON");
    case Content::Json:
        break;
    }
    return {};
}

QString headerLine(const Headers::Field& field, const Facts& facts) {
    QByteArray value = isCredentialHeader(field.name) ? QByteArray("(hidden)") : field.value;
    // The query of an address may hold a key.
    if (field.name.compare("location", Qt::CaseInsensitive) == 0)
        value = value.split('?').constFirst();
    return QStringLiteral("Header %1: %2")
        .arg(QString::fromLatin1(field.name), facts.harmless(QString::fromUtf8(value), lineLimit));
}

QStringList headerLines(const DiagnosisRules::Rule& rule, const Facts& facts) {
    QList<QByteArray> wanted = {"retry-after-ms", "retry-after", "location"};
    for (const HeaderTest& test : rule.match.headers)
        if (!wanted.contains(test.name))
            wanted.append(test.name);
    if (facts.content() == Content::Html || facts.content() == Content::Text)
        wanted.append({"content-type", "server", "cf-ray", "cf-mitigated"});
    QStringList lines;
    for (const Headers::Field& field : facts.outcome().headers)
        if (wanted.contains(field.name.toLower()))
            lines.append(headerLine(field, facts));
    return lines;
}

QStringList endingLines(const Facts& facts) {
    QStringList lines;
    if (!facts.outcome().ending)
        return lines;
    const Ending& ending = *facts.outcome().ending;
    if (ending.reason != EndReason::Finished) {
        const QString name = QString::fromLatin1(endReasonName(ending.reason));
        lines.append(
            ending.detail.isEmpty()
                ? QStringLiteral("Ended: %1").arg(name)
                : QStringLiteral("Ended: %1 (%2)").arg(name, facts.harmless(ending.detail, lineLimit)));
    }
    // Written by us and bounded there, but names out of a certificate are foreign text.
    for (const QString& certificate :
         ending.certificates.first(std::min<qsizetype>(ending.certificates.size(), mostCertificates)))
        lines.append(QStringLiteral("Certificate ") +
                     facts.harmless(withVisibleChips(certificate), certificateLimit));
    if (ending.timesSent > 1)
        lines.append(QStringLiteral("The request went out %1 times").arg(ending.timesSent));
    if (facts.transcript() && facts.transcript()->verdict == Verdict::CutOff)
        lines.append(QStringLiteral("%1 events came, and no end signal").arg(facts.transcript()->events));
    return lines;
}

} // namespace

QStringList evidenceFor(const DiagnosisRules::Rule& rule, const Facts& facts) {
    const bool isError = facts.status() >= 400 || facts.inStream();
    QStringList lines = {statusLine(facts)};
    lines += endingLines(facts);
    if (isError)
        lines += codeLines(facts);
    if (!facts.message().isEmpty() && isError)
        lines.append(QStringLiteral("Message: %1").arg(facts.harmless(facts.message(), lineLimit)));
    // Without an ending only parts of the answer may have been handed in, so nothing is said of their lack.
    const bool bodyIsKnown = facts.outcome().ending || facts.content() != Content::Empty;
    if (const QString line = contentLine(facts.content()); !line.isEmpty() && isError && bodyIsKnown)
        lines.append(line);
    lines += headerLines(rule, facts);
    if (isError)
        lines.append(originLine(facts));
    for (const Finding& remark : facts.remarks())
        if (&remark - facts.remarks().data() < mostRemarks)
            lines.append(QStringLiteral("What was sent: %1").arg(remark.message));
    if (!rule.match.credential.isEmpty() && !facts.credentialHeadline().isEmpty())
        lines.append(
            QStringLiteral("What was sent: %1").arg(facts.harmless(facts.credentialHeadline(), lineLimit)));
    return lines;
}

} // namespace lavascope
