// SPDX-License-Identifier: MIT
#include "net/call_outcome.h"

#include <algorithm>
#include <optional>

namespace lavascope {

namespace {

using Told = std::pair<EndReason, QString>;

QString inWords(std::chrono::milliseconds time) {
    if (time.count() % 1000 == 0)
        return QStringLiteral("%1 s").arg(time.count() / 1000);
    return QStringLiteral("%1 ms").arg(time.count());
}

/// The announced length, when it is one plain number.
std::optional<qint64> announcedLength(const CallEvidence& seen) {
    const QByteArray text = seen.headers.value("Content-Length").value_or(QByteArray());
    if (text.isEmpty() || !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    bool fits = false;
    const qint64 length = text.toLongLong(&fits);
    return fits ? std::optional(length) : std::nullopt;
}

bool hasBody(const CallEvidence& seen) {
    return seen.method != "HEAD" && seen.status != 204 && seen.status != 304;
}

/// Announced, framed by nothing else, and not all there.
bool isShort(const CallEvidence& seen) {
    const auto length = announcedLength(seen);
    return hasBody(seen) && length && !seen.headers.contains("Transfer-Encoding") && seen.received < *length;
}

/// Whether Qt's error says that the connection broke, in contrast to those it derives from a status.
bool isBrokenConnection(QNetworkReply::NetworkError error) {
    return (error > QNetworkReply::NoError && error <= QNetworkReply::UnknownNetworkError) ||
           error == QNetworkReply::ProtocolFailure;
}

bool isProxyError(QNetworkReply::NetworkError error) {
    return error >= QNetworkReply::ProxyConnectionRefusedError && error <= QNetworkReply::UnknownProxyError;
}

QString sizeSeen(const CallEvidence& seen) {
    if (const auto length = announcedLength(seen); length && !seen.headers.contains("Transfer-Encoding"))
        return QStringLiteral("after %1 of %2 announced bytes").arg(seen.received).arg(*length);
    return QStringLiteral("after %1 bytes of the body").arg(seen.received);
}

bool hasControlCharacter(const Headers& headers) {
    const auto isControl = [](char c) { return (uchar(c) < ' ' && c != '\t') || c == '\x7f'; };
    return std::any_of(headers.begin(), headers.end(), [&](const Headers::Field& field) {
        return std::any_of(field.value.begin(), field.value.end(), isControl);
    });
}

/// What Qt passes over in silence.
QStringList remarks(const CallEvidence& seen) {
    QStringList out;
    if (seen.status < 100 || seen.status > 599)
        out += QStringLiteral("Status %1 is outside of 100 to 599.").arg(seen.status);
    const auto length = seen.headers.value("Content-Length");
    if (length && !announcedLength(seen))
        out += length->contains(',') ? QStringLiteral("Content-Length was given more than once.")
                                     : QStringLiteral("Content-Length is not a plain number.");
    if (length && seen.headers.contains("Transfer-Encoding"))
        out += QStringLiteral("Content-Length and Transfer-Encoding were both given, which smuggling uses.");
    if (hasControlCharacter(seen.headers))
        out += QStringLiteral("A header field holds a control character, which HTTP forbids.");
    const QByteArray encoding = seen.headers.value("Content-Encoding").value_or(QByteArray());
    if (!encoding.isEmpty() && encoding.compare("identity", Qt::CaseInsensitive) != 0)
        out +=
            QStringLiteral("The body is encoded although identity was asked for; its bytes are kept as they "
                           "came.");
    if ((seen.status == 401 || seen.status == 407) && seen.received > readBufferBytes / 2)
        out += QStringLiteral("Of a %1 answer about one MiB can be kept; this one may have been longer.")
                   .arg(seen.status);
    return out;
}

/// Nothing but a status line: with a single unreadable field Qt drops all of them, the framing too.
bool hasLostHeaders(const CallEvidence& seen) {
    return seen.status != 0 && seen.headers.isEmpty();
}

Told lostHeaders() {
    return {
        EndReason::MalformedAnswer,
        QStringLiteral("A status came but no readable header field, so the framing of the body is unknown.")};
}

Told tellStop(const CallEvidence& seen) {
    const TimeLimits& limits = seen.limits;
    switch (seen.stop) {
    case Stop::Connect:
        return {EndReason::ConnectTimeout,
                QStringLiteral("No connection to %1 within %2.")
                    .arg(seen.proxy.isEmpty() ? seen.host : seen.proxy, inWords(limits.connect))};
    case Stop::FirstByte:
        return {EndReason::FirstByteTimeout,
                QStringLiteral("No status with its headers within %1.").arg(inWords(limits.firstByte))};
    case Stop::Idle:
        return {EndReason::IdleTimeout,
                QStringLiteral("Silence for %1 %2.").arg(inWords(limits.idle), sizeSeen(seen))};
    case Stop::Total:
        return {EndReason::TotalTimeout, QStringLiteral("Not done within %1.").arg(inWords(limits.total))};
    case Stop::ByUser:
    case Stop::No:
        break;
    }
    return {EndReason::StoppedByUser, QStringLiteral("Stopped by you.")};
}

Told tellWithStatus(const CallEvidence& seen) {
    if (hasLostHeaders(seen))
        return lostHeaders();
    if (seen.status >= 100 && seen.status < 200)
        return {EndReason::MalformedAnswer,
                QStringLiteral("The interim answer %1 was taken for the final one, a limit of the network "
                               "library; what followed it is lost.")
                    .arg(seen.status)};
    // Neither tells of a chunked answer that Qt took for ended too soon, nor of a reset where closing is the
    // end: "finished" means no more than that nothing says otherwise.
    if (hasBody(seen) && (isBrokenConnection(seen.error) || isShort(seen)))
        return {EndReason::CutOff, QStringLiteral("The connection closed %1.").arg(sizeSeen(seen))};
    return {EndReason::Finished, QString()};
}

Told tellWithoutStatus(const CallEvidence& seen) {
    if (!seen.tlsProblems.isEmpty())
        return {EndReason::TlsFailed, QStringLiteral("The certificate of %1 was not accepted: %2.")
                                          .arg(seen.host, seen.tlsProblems.join(QLatin1String("; ")))};
    if (seen.tlsFault == TlsFault::NotSpoken)
        return {EndReason::TlsFailed,
                QStringLiteral("%1 does not speak TLS on this port: what it answered is something else, such "
                               "as plain HTTP.")
                    .arg(seen.host)};
    if (seen.error == QNetworkReply::SslHandshakeFailedError)
        return {EndReason::TlsFailed, QStringLiteral("The TLS handshake with %1 failed.").arg(seen.host)};
    if (seen.timesSent > 0)
        return {EndReason::NoAnswer,
                QStringLiteral("The request went out and the connection closed without a readable answer; it "
                               "may have been served and billed.")};
    if (seen.error == QNetworkReply::ProxyAuthenticationRequiredError)
        return {EndReason::ProxyFailed, QStringLiteral("The proxy %1 wants a login.").arg(seen.proxy)};
    if (isProxyError(seen.error) || !seen.proxy.isEmpty())
        return {EndReason::ProxyFailed,
                QStringLiteral("The proxy %1 did not make a connection to %2.").arg(seen.proxy, seen.host)};
    switch (seen.error) {
    case QNetworkReply::HostNotFoundError:
        return {EndReason::HostNotFound, QStringLiteral("No address was found for %1.").arg(seen.host)};
    case QNetworkReply::ConnectionRefusedError:
        return {EndReason::ConnectionRefused, QStringLiteral("%1 refused the connection.").arg(seen.host)};
    case QNetworkReply::RemoteHostClosedError:
        if (seen.isHttps && !seen.isEncrypted)
            return {EndReason::TlsFailed,
                    QStringLiteral("%1 closed the connection during the TLS handshake.").arg(seen.host)};
        [[fallthrough]];
    case QNetworkReply::ContentReSendError: // closed between connecting and sending
    case QNetworkReply::TimeoutError:
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::NetworkSessionFailedError:
    case QNetworkReply::UnknownNetworkError:
        return {EndReason::Unreachable,
                QStringLiteral("No connection to %1 could be made, or it closed before the request went out.")
                    .arg(seen.host)};
    default:
        return {EndReason::OtherFailure,
                QStringLiteral("The network library gave up with error %1.").arg(int(seen.error))};
    }
}

Told tell(const CallEvidence& seen) {
    const bool isTimeout = seen.stop != Stop::No && seen.stop != Stop::ByUser;
    if (isTimeout && hasLostHeaders(seen))
        return lostHeaders();
    if (seen.stop != Stop::No)
        return tellStop(seen);
    return seen.status != 0 ? tellWithStatus(seen) : tellWithoutStatus(seen);
}

} // namespace

Ending tellEnding(const CallEvidence& evidence) {
    auto [reason, detail] = tell(evidence);
    QStringList sentences;
    if (!detail.isEmpty())
        sentences += detail;
    if (evidence.status != 0)
        sentences += remarks(evidence);
    Ending ending;
    ending.reason = reason;
    ending.detail = sentences.join(QLatin1Char(' '));
    ending.timesSent = evidence.timesSent;
    if (reason == EndReason::TlsFailed) {
        ending.tlsFault = evidence.tlsFault == TlsFault::None ? TlsFault::Other : evidence.tlsFault;
        ending.certificates = evidence.certificates;
    }
    return ending;
}

} // namespace lavascope
