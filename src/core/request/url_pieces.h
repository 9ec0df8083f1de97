// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace lavascope {

/// The pieces of a URL as they are written, nothing decoded and nothing judged. Views into the text.
struct UrlPieces {
    QByteArrayView scheme; ///< without `:`
    bool hasAuthority = false;
    std::optional<QByteArrayView> userInfo;
    QByteArrayView host;                ///< an IPv6 address with its brackets
    std::optional<QByteArrayView> port; ///< what follows the colon; may be empty or nonsense
    QByteArrayView path;
    std::optional<QByteArrayView> query;    ///< without `?`
    std::optional<QByteArrayView> fragment; ///< without `#`
};
/// RFC 3986 splitting. Always gives something: a text without scheme is all path.
[[nodiscard]] UrlPieces splitUrl(QByteArrayView text);

enum class UrlProblem { Invalid, WithoutHost, Scheme, PlainHttp, UserInfo, Port };

enum class UrlRole { Gateway, Provider };
/// The error code of a problem, e.g. `gateway_not_https` or `url_scheme`.
[[nodiscard]] QString urlProblemCode(UrlProblem problem, UrlRole role);

/// What keeps a URL from being used, and where.
struct UrlFault {
    UrlProblem problem = UrlProblem::Invalid;
    QString message;
    QString fix;
    qsizetype offset = 0; ///< in the text that was split
};

/// An http or https URL after all checks: what is really called.
struct CheckedUrl {
    QByteArray scheme; ///< `https` or `http`
    QByteArray host;   ///< lower case; letters outside ASCII in their encoded form (`xn--…`)
    int port = 0;      ///< 0: the scheme's own
    QByteArray rest;   ///< path, query and fragment, percent-encoded where needed

    [[nodiscard]] QByteArray origin() const;
};

/// Reads a URL strictly: https, or http for loopback; a host in one plain spelling; no user info; a port in
/// range; no backslash, control or invisible character. The text is taken without outer white space.
class UrlCheck {
public:
    explicit UrlCheck(QByteArrayView text);

    [[nodiscard]] const std::optional<UrlFault>& fault() const { return m_fault; }
    [[nodiscard]] const CheckedUrl& url() const { return m_url; } ///< as far as there is no fault
    [[nodiscard]] const UrlPieces& pieces() const { return m_pieces; }

private:
    [[nodiscard]] std::optional<UrlFault> check();
    [[nodiscard]] std::optional<UrlFault> checkCharacters() const;
    [[nodiscard]] std::optional<UrlFault> checkScheme();
    [[nodiscard]] std::optional<UrlFault> checkHost();
    [[nodiscard]] std::optional<UrlFault> checkPort();
    [[nodiscard]] UrlFault faultAt(UrlProblem problem, QByteArrayView piece, const QString& message,
                                   const QString& fix = {}) const;

    QByteArrayView m_text;
    qsizetype m_trimmed; ///< bytes of white space in front
    UrlPieces m_pieces;
    CheckedUrl m_url;
    std::optional<UrlFault> m_fault;
};

} // namespace lavascope
