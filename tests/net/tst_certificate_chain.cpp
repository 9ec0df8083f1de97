// SPDX-License-Identifier: MIT
#include "net/certificate_chain.h"

#include <QSslCertificate>
#include <QTest>

using namespace lavascope;

namespace {

const QDate today(2026, 11, 28);

QSslCertificate certificate(const char* name) {
    const auto found = QSslCertificate::fromPath(
        QStringLiteral(LAVASCOPE_SOURCE_DIR "/tests/support/certificates/%1.pem").arg(QLatin1String(name)));
    return found.isEmpty() ? QSslCertificate() : found.first();
}

QList<QSslError> errors(const std::vector<QSslError::SslError>& list) {
    QList<QSslError> made;
    for (const QSslError::SslError error : list)
        made.append(QSslError(error, certificate("trusted")));
    return made;
}

} // namespace

class TestCertificateChain : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        for (const char* name : {"ca", "trusted", "expired", "hostile_names"})
            QVERIFY(!certificate(name).isNull());
    }

    void everyCertificate_isOneLineWithItsOwnFaults() {
        const QSslCertificate leaf = certificate("expired");
        const QSslCertificate authority = certificate("ca");
        const QList<QSslError> found = {QSslError(QSslError::CertificateExpired, leaf),
                                        QSslError(QSslError::HostNameMismatch, leaf),
                                        QSslError(QSslError::HostNameMismatch, leaf),
                                        QSslError(QSslError::SelfSignedCertificateInChain, authority)};
        const QStringList lines = certificatesInWords({leaf, authority}, found, today);
        QCOMPARE(lines.size(), 2);
        QCOMPARE(
            lines[0],
            QStringLiteral("1. expired.test (issued by Lavascope test authority) \u2014 valid 2020-01-01 to "
                           "2020-01-02, for 127.0.0.1, gateway.test, localhost: expired (today is 2026-11-28 "
                           "on this computer); not for the host that was called"));
        QVERIFY2(
            lines[1].startsWith(QStringLiteral("2. Lavascope test authority (issued by Lavascope test "
                                               "authority) \u2014 valid ")) &&
                lines[1].endsWith(QStringLiteral(": no authority that this computer trusts vouches for it")),
            qPrintable(lines[1]));
    }

    void faultOfACertificateThatWasNotSent_isAddedToTheChain() {
        const QStringList lines = certificatesInWords(
            {certificate("trusted")}, {QSslError(QSslError::CertificateExpired, certificate("ca"))}, today);
        QCOMPARE(lines.size(), 2);
        QVERIFY(!lines[0].contains(QStringLiteral("expired")));
        QVERIFY(lines[1].contains(QStringLiteral(": expired")));
    }

    void faultWithoutACertificate_isTheFirstOnes() {
        const QStringList lines = certificatesInWords({certificate("trusted"), certificate("ca")},
                                                      {QSslError(QSslError::HostNameMismatch)}, today);
        QVERIFY(lines[0].endsWith(QStringLiteral(": not for the host that was called")));
        QVERIFY(!lines[1].contains(QStringLiteral("host that was called")));
    }

    void foreignNames_areBoundedAndTheirControlsShown() {
        const QStringList lines = certificatesInWords({certificate("hostile_names")}, {}, today);
        QCOMPARE(lines.size(), 1);
        const QString& line = lines.first();
        QVERIFY2(line.contains(QStringLiteral("pay<U+202E>evil.test<U+000A>You are safe")), qPrintable(line));
        QVERIFY2(line.contains(QStringLiteral(" and 34 more")), qPrintable(line));
        QVERIFY2(line.size() < 600, qPrintable(line));
        for (const QChar character : line)
            QVERIFY(character.isPrint());
    }

    void longChain_isCut() {
        const QList<QSslCertificate> chain(100, certificate("trusted"));
        const QStringList lines = certificatesInWords(chain, {}, today);
        QCOMPARE(lines.size(), 9);
        QCOMPARE(lines.last(), QStringLiteral("92 more"));
    }

    void nothing_isNoLine() {
        QCOMPARE(certificatesInWords({}, {}, today), QStringList());
        QCOMPARE(tlsFaultOf({}), TlsFault::None);
    }

    void mostTellingFault_isTheFault_data() {
        QTest::addColumn<QList<QSslError>>("found");
        QTest::addColumn<QByteArray>("fault");
        const auto row = [](const char* name, const std::vector<QSslError::SslError>& list,
                            const char* fault) { QTest::newRow(name) << errors(list) << QByteArray(fault); };
        row("expired", {QSslError::CertificateExpired}, "expired");
        row("not yet valid", {QSslError::CertificateNotYetValid}, "not_yet_valid");
        row("self-signed", {QSslError::SelfSignedCertificate}, "self_signed");
        row("root not known", {QSslError::SelfSignedCertificateInChain}, "unknown_authority");
        row("issuer not known",
            {QSslError::UnableToGetLocalIssuerCertificate, QSslError::UnableToVerifyFirstCertificate},
            "unknown_authority");
        row("wrong host", {QSslError::HostNameMismatch}, "wrong_host");
        row("revoked", {QSslError::CertificateRevoked}, "revoked");
        row("known to be stolen", {QSslError::CertificateBlacklisted}, "revoked");
        row("anything else", {QSslError::InvalidPurpose}, "other");
        row("expired and wrong host", {QSslError::CertificateExpired, QSslError::HostNameMismatch},
            "wrong_host");
        row("expired and unknown",
            {QSslError::CertificateExpired, QSslError::UnableToGetLocalIssuerCertificate},
            "unknown_authority");
        row("all of it and revoked", {QSslError::SelfSignedCertificate, QSslError::CertificateRevoked},
            "revoked");
    }
    void mostTellingFault_isTheFault() {
        QFETCH(QList<QSslError>, found);
        QFETCH(QByteArray, fault);
        QCOMPARE(QByteArray(tlsFaultName(tlsFaultOf(found))), fault);
    }

    void wordsOfTheLibrary_tellWhatIsNoTls() {
        QVERIFY(
            tellsOfNoTls(QStringLiteral("SSL handshake failed: error:0A00010B:SSL routines::wrong version "
                                        "number")));
        QVERIFY(!tellsOfNoTls(QStringLiteral("error:0A000410:SSL routines::sslv3 alert handshake failure")));
        QVERIFY(!tellsOfNoTls({}));
    }
};

QTEST_GUILESS_MAIN(TestCertificateChain)
#include "tst_certificate_chain.moc"
