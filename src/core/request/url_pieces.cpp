// SPDX-License-Identifier: MIT
#include "core/request/url_pieces.h"

#include "core/base/visible_text.h"
#include "core/request/host_name.h"
#include "core/token/utf8.h"

#include <algorithm>

namespace lavascope {

namespace {

constexpr int largestPort = 65535;

bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

qsizetype schemeLength(QByteArrayView text) {
    if (text.isEmpty() || !isLetter(text[0]))
        return 0;
    qsizetype i = 1;
    while (i < text.size() &&
           (isLetter(text[i]) || isDigit(text[i]) || text[i] == '+' || text[i] == '-' || text[i] == '.'))
        ++i;
    return i < text.size() && text[i] == ':' ? i : 0;
}

qsizetype findFirstOf(QByteArrayView text, QByteArrayView wanted) {
    const auto at = std::find_first_of(text.begin(), text.end(), wanted.begin(), wanted.end());
    return at - text.begin();
}

void splitAuthority(QByteArrayView authority, UrlPieces& pieces) {
    if (const qsizetype at = authority.lastIndexOf('@'); at >= 0) {
        pieces.userInfo = authority.first(at);
        authority = authority.sliced(at + 1);
    }
    const qsizetype bracket = authority.startsWith('[') ? authority.indexOf(']') : -1;
    const qsizetype colon = authority.indexOf(':', bracket + 1);
    pieces.host = colon < 0 ? authority : authority.first(colon);
    if (colon >= 0)
        pieces.port = authority.sliced(colon + 1);
}

// What RFC 3986 lets stand in path, query and fragment; `%` stays, so that what is encoded already is not
// encoded again.
bool mayStand(char c) {
    return isLetter(c) || isDigit(c) || QByteArrayView("-._~!$&'()*+,;=:@/?#%[]").contains(c);
}

QByteArray percentEncoded(QByteArrayView text) {
    QByteArray out;
    for (char c : text) {
        if (mayStand(c)) {
            out += c;
            continue;
        }
        out += '%';
        out += QByteArray(1, c).toHex().toUpper();
    }
    return out;
}

bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

qsizetype leadingBlanks(QByteArrayView text) {
    return std::find_if_not(text.begin(), text.end(), isBlank) - text.begin();
}

QByteArrayView withoutTrailingBlanks(QByteArrayView text) {
    while (!text.isEmpty() && isBlank(text.back()))
        text.chop(1);
    return text;
}

} // namespace

UrlPieces splitUrl(QByteArrayView text) {
    UrlPieces pieces;
    if (const qsizetype length = schemeLength(text); length > 0) {
        pieces.scheme = text.first(length);
        text = text.sliced(length + 1);
    }
    if (const qsizetype hash = text.indexOf('#'); hash >= 0) {
        pieces.fragment = text.sliced(hash + 1);
        text = text.first(hash);
    }
    if (text.startsWith("//")) {
        pieces.hasAuthority = true;
        text = text.sliced(2);
        const qsizetype end = findFirstOf(text, "/?");
        splitAuthority(text.first(end), pieces);
        text = text.sliced(end);
    }
    if (const qsizetype mark = text.indexOf('?'); mark >= 0) {
        pieces.query = text.sliced(mark + 1);
        text = text.first(mark);
    }
    pieces.path = text;
    return pieces;
}

QByteArray CheckedUrl::origin() const {
    return scheme + "://" + host + (port > 0 ? ':' + QByteArray::number(port) : QByteArray());
}

UrlCheck::UrlCheck(QByteArrayView text)
    : m_text(withoutTrailingBlanks(text))
    , m_trimmed(leadingBlanks(m_text)) {
    m_text = m_text.sliced(m_trimmed);
    m_pieces = splitUrl(m_text);
    m_fault = check();
}

UrlFault UrlCheck::faultAt(UrlProblem problem, QByteArrayView piece, const QString& message,
                           const QString& fix) const {
    const qsizetype inText = piece.data() ? piece.data() - m_text.data() : 0;
    return {problem, message, fix, m_trimmed + inText};
}

std::optional<UrlFault> UrlCheck::check() {
    if (m_text.isEmpty())
        return faultAt(UrlProblem::Invalid, m_text, QStringLiteral("There is no URL."));
    if (auto fault = checkCharacters())
        return fault;
    if (auto fault = checkScheme())
        return fault;
    if (m_pieces.userInfo)
        return faultAt(
            UrlProblem::UserInfo, *m_pieces.userInfo,
            QStringLiteral("The URL names a user before '@'; what follows the '@' is the real host."),
            QStringLiteral("Remove everything up to and with the '@'; credentials go into the token."));
    if (auto fault = checkHost())
        return fault;
    if (auto fault = checkPort())
        return fault;
    const QByteArrayView rest =
        m_text.sliced(m_pieces.path.data() ? m_pieces.path.data() - m_text.data() : m_text.size());
    m_url.rest = percentEncoded(rest);
    return std::nullopt;
}

std::optional<UrlFault> UrlCheck::checkCharacters() const {
    for (qsizetype i = 0; i < m_text.size();) {
        const CodePoint point = codePointAt(m_text, i);
        const QByteArrayView here = m_text.sliced(i);
        if (point.length == 0)
            return faultAt(UrlProblem::Invalid, here, QStringLiteral("The URL is not UTF-8 text."));
        if (point.value == '\\')
            return faultAt(UrlProblem::Invalid, here,
                           QStringLiteral("The URL holds a backslash, which some programs read as '/'."),
                           QStringLiteral("Write '/' or %5C, whichever is meant."));
        if (isDeceptive(point.value) || point.value == '\n' || point.value == '\t')
            return faultAt(UrlProblem::Invalid, here,
                           QStringLiteral("The URL holds the invisible character U+%1.")
                               .arg(uint(point.value), 4, 16, QLatin1Char('0')),
                           QStringLiteral("Remove it, or type the URL again."));
        i += point.length;
    }
    return std::nullopt;
}

std::optional<UrlFault> UrlCheck::checkScheme() {
    m_url.scheme = m_pieces.scheme.toByteArray().toLower();
    // `api.openai.com:443/v1` reads as a scheme with a dot in it.
    if (m_url.scheme.isEmpty() || m_url.scheme.contains('.') ||
        (m_url.scheme == "localhost" && !m_pieces.hasAuthority))
        return faultAt(UrlProblem::Scheme, m_text, QStringLiteral("The URL does not begin with https://."),
                       QStringLiteral("Put https:// in front."));
    if (m_url.scheme != "https" && m_url.scheme != "http")
        return faultAt(
            UrlProblem::Scheme, m_text,
            QStringLiteral("Only https URLs can be called, not %1:.").arg(QString::fromLatin1(m_url.scheme)));
    if (!m_pieces.hasAuthority || m_pieces.host.isEmpty())
        return faultAt(UrlProblem::WithoutHost, m_pieces.hasAuthority ? m_pieces.host : m_text,
                       QStringLiteral("The URL has no host."));
    return std::nullopt;
}

std::optional<UrlFault> UrlCheck::checkHost() {
    const HostName host = readHost(m_pieces.host);
    if (!host.problem.isEmpty())
        return faultAt(UrlProblem::Invalid, m_pieces.host, host.problem, host.fix);
    m_url.host = host.name;
    if (m_url.scheme == "http" && !isLoopbackHost(host.name))
        return faultAt(
            UrlProblem::PlainHttp, m_text,
            QStringLiteral("Plain http would send the credential readable for everyone on the way."),
            QStringLiteral("Write https://; http is for this computer only."));
    return std::nullopt;
}

std::optional<UrlFault> UrlCheck::checkPort() {
    if (!m_pieces.port || m_pieces.port->isEmpty())
        return std::nullopt;
    const QByteArray digits = m_pieces.port->toByteArray();
    bool ok = std::all_of(digits.begin(), digits.end(), isDigit);
    const int port = ok ? digits.toInt(&ok) : 0;
    if (!ok || port < 1 || port > largestPort)
        return faultAt(UrlProblem::Port, *m_pieces.port,
                       QStringLiteral("The port is not a number from 1 to 65535."));
    m_url.port = port == (m_url.scheme == "https" ? 443 : 80) ? 0 : port;
    return std::nullopt;
}

} // namespace lavascope
