// SPDX-License-Identifier: MIT
#include "net/certificate_chain.h"

#include "core/base/visible_text.h"

#include <QSsl>

#include <algorithm>
#include <array>

namespace lavascope {

namespace {

constexpr qsizetype mostCertificates = 8;
constexpr qsizetype mostNames = 6;
constexpr qsizetype longestName = 80;

TlsFault faultOf(QSslError::SslError error) {
    switch (error) {
    case QSslError::NoError:
        return TlsFault::None;
    case QSslError::CertificateRevoked:
    case QSslError::CertificateBlacklisted:
        return TlsFault::Revoked;
    case QSslError::SelfSignedCertificate:
        return TlsFault::SelfSigned;
    case QSslError::SelfSignedCertificateInChain: // the authority's own, and nobody here knows it
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
        return TlsFault::UnknownAuthority;
    case QSslError::HostNameMismatch:
        return TlsFault::WrongHost;
    case QSslError::CertificateExpired:
        return TlsFault::Expired;
    case QSslError::CertificateNotYetValid:
        return TlsFault::NotYetValid;
    default:
        return TlsFault::Other;
    }
}

QString shown(const QString& name) {
    QString text = name.left(longestName);
    if (name.size() > longestName)
        text += QChar(0x2026);
    text = withVisibleChips(text);
    text.replace(QLatin1Char('\n'), QLatin1String("<U+000A>"));
    text.replace(QLatin1Char('\t'), QLatin1String("<U+0009>"));
    return text;
}

QString nameOr(const QStringList& names, const QStringList& organisations) {
    for (const QStringList* list : {&names, &organisations})
        for (const QString& name : *list)
            if (!name.trimmed().isEmpty())
                return shown(name);
    return QStringLiteral("no name");
}

QString dayOf(const QDateTime& time) {
    return time.isValid() ? time.toUTC().date().toString(Qt::ISODate) : QStringLiteral("an unreadable date");
}

QString namesOf(const QSslCertificate& certificate) {
    const auto alternatives = certificate.subjectAlternativeNames();
    QStringList names = alternatives.values(QSsl::DnsEntry) + alternatives.values(QSsl::IpAddressEntry);
    std::sort(names.begin(), names.end());
    const qsizetype count = names.size();
    names = names.first(std::min(count, mostNames));
    for (QString& name : names)
        name = shown(name);
    QString list = names.join(QLatin1String(", "));
    if (count > mostNames)
        list += QStringLiteral(" and %1 more").arg(count - mostNames);
    return list;
}

QString inWords(const QSslError& error, QDate today) {
    switch (faultOf(error.error())) {
    case TlsFault::Revoked:
        return QStringLiteral("revoked");
    case TlsFault::SelfSigned:
        return QStringLiteral("signed by itself, which proves nothing");
    case TlsFault::UnknownAuthority:
        return QStringLiteral("no authority that this computer trusts vouches for it");
    case TlsFault::WrongHost:
        return QStringLiteral("not for the host that was called");
    case TlsFault::Expired:
        return QStringLiteral("expired (today is %1 on this computer)").arg(today.toString(Qt::ISODate));
    case TlsFault::NotYetValid:
        return QStringLiteral("not valid yet (today is %1 on this computer)")
            .arg(today.toString(Qt::ISODate));
    case TlsFault::None:
    case TlsFault::NotSpoken:
    case TlsFault::Other:
        break;
    }
    return shown(error.errorString());
}

QString sentence(qsizetype number, const QSslCertificate& certificate, const QStringList& faults) {
    const QString names = namesOf(certificate);
    QString text = QStringLiteral("%1. ").arg(number) +
                   nameOr(certificate.subjectInfo(QSslCertificate::CommonName),
                          certificate.subjectInfo(QSslCertificate::Organization)) +
                   QStringLiteral(" (issued by ") +
                   nameOr(certificate.issuerInfo(QSslCertificate::CommonName),
                          certificate.issuerInfo(QSslCertificate::Organization)) +
                   QStringLiteral(") \u2014 valid %1 to %2")
                       .arg(dayOf(certificate.effectiveDate()), dayOf(certificate.expiryDate()));
    if (!names.isEmpty())
        text += QStringLiteral(", for ") + names;
    if (!faults.isEmpty())
        text += QStringLiteral(": ") + faults.join(QLatin1String("; "));
    return text;
}

} // namespace

QStringList certificatesInWords(const QList<QSslCertificate>& chain, const QList<QSslError>& errors,
                                QDate today) {
    QList<QSslCertificate> certificates = chain;
    // A fault can lie with an authority that the server did not send along.
    for (const QSslError& error : errors)
        if (!error.certificate().isNull() && !certificates.contains(error.certificate()))
            certificates.append(error.certificate());
    QStringList sentences;
    for (const QSslCertificate& certificate : certificates) {
        if (sentences.size() == mostCertificates) {
            sentences.append(QStringLiteral("%1 more").arg(certificates.size() - mostCertificates));
            break;
        }
        QStringList faults;
        for (const QSslError& error : errors)
            if (error.certificate() == certificate || (error.certificate().isNull() && sentences.isEmpty()))
                faults.append(inWords(error, today));
        faults.removeDuplicates();
        sentences.append(sentence(sentences.size() + 1, certificate, faults));
    }
    return sentences;
}

TlsFault tlsFaultOf(const QList<QSslError>& errors) {
    constexpr std::array<TlsFault, 7> mostTellingFirst = {
        TlsFault::Revoked,   TlsFault::SelfSigned, TlsFault::UnknownAuthority,
        TlsFault::WrongHost, TlsFault::Expired,    TlsFault::NotYetValid,
        TlsFault::Other,
    };
    for (const TlsFault fault : mostTellingFirst)
        for (const QSslError& error : errors)
            if (faultOf(error.error()) == fault)
                return fault;
    return TlsFault::None;
}

bool tellsOfNoTls(const QString& errorOfTlsLibrary) {
    constexpr std::array<const char*, 2> words = {"wrong version number", "packet length too long"};
    return std::any_of(words.begin(), words.end(), [&](const char* known) {
        return errorOfTlsLibrary.contains(QLatin1String(known), Qt::CaseInsensitive);
    });
}

} // namespace lavascope
