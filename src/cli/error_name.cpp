// SPDX-License-Identifier: MIT
#include "cli/error_name.h"

namespace lavascope {

namespace {

constexpr const char* tlsPrefix = "tls_";

} // namespace

// Without `tls_other`: that is what `tls_failed` says.
QStringList errorNames() {
    QStringList names;
    for (int reason = int(EndReason::StoppedByUser); reason <= int(EndReason::OtherFailure); ++reason)
        names += QString::fromLatin1(endReasonName(EndReason(reason)));
    for (int fault = int(TlsFault::Revoked); fault < int(TlsFault::Other); ++fault)
        names += QLatin1String(tlsPrefix) + QLatin1String(tlsFaultName(TlsFault(fault)));
    return names;
}

std::string errorNamesInLines() {
    constexpr qsizetype namesPerLine = 5;
    const QStringList names = errorNames();
    std::string text;
    for (qsizetype i = 0; i < names.size(); ++i) {
        text += (i % namesPerLine == 0 ? "  " : " ") + names[i].toStdString();
        if (i + 1 < names.size())
            text += ',';
        if (i % namesPerLine == namesPerLine - 1 || i + 1 == names.size())
            text += '\n';
    }
    return text;
}

Result<Ending> endingByErrorName(const QString& name) {
    const QByteArray text = name.toUtf8();
    Ending ending;
    if (const auto reason = endReasonByName(text); reason && *reason != EndReason::Finished) {
        ending.reason = *reason;
        return ending;
    }
    const auto fault = text.startsWith(tlsPrefix) ? tlsFaultByName(text.sliced(qsizetype(qstrlen(tlsPrefix))))
                                                  : std::nullopt;
    if (!fault || *fault == TlsFault::None)
        return fail(QStringLiteral("error_unknown"),
                    QStringLiteral("There is no transport error \"%1\".").arg(name),
                    QStringLiteral("The names are in lavascope-cli explain --help."));
    ending.reason = EndReason::TlsFailed;
    ending.tlsFault = *fault;
    return ending;
}

} // namespace lavascope
