// SPDX-License-Identifier: MIT
// Credentials in bytes that are never in memory as a whole: found as if they were.
#include "core/token/credential_search.h"

#include <QTest>

#include <algorithm>

using namespace lavascope;

namespace {

constexpr qsizetype mebi = qsizetype(1024) * 1024;
constexpr QByteArrayView secret = "aks_test_search_0000_CANARY";

/// Longer than the search looks at at once, with words that almost look like keys.
QByteArray longText(qsizetype size) {
    QByteArray text;
    text.reserve(size + 64);
    for (qsizetype line = 0; text.size() < size; ++line)
        text += "data: {\"content\":\"task-sk-" + QByteArray::number(line % 1000) + " of many words\"}\n\n";
    return text;
}

QByteArray maskedInPieces(const CredentialFinder& finder, const QByteArray& bytes, qsizetype piece) {
    QByteArray safe = bytes;
    CredentialSearch search(finder, [&](const ByteRange& range) {
        std::fill(safe.begin() + range.begin, safe.begin() + range.end, '*');
    });
    for (qsizetype at = 0; at < bytes.size(); at += piece)
        search.take(QByteArrayView(bytes).sliced(at, std::min(piece, bytes.size() - at)));
    search.finish();
    return safe;
}

} // namespace

class TestCredentialSearch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void credentials_areFoundWhereverAWindowEnds() {
        CredentialFinder finder;
        finder.add(secret);
        QByteArray text = longText(10 * mebi);
        const QByteArray token =
            QByteArray(R"({"secret_key":"aks_live_0123456789","customer_id":"conn_1"})").toBase64();
        int planted = 0;
        for (qsizetype at = 7; at + 200 < text.size(); at += 4099, ++planted) {
            const QByteArray credential = planted % 3 == 0   ? secret.toByteArray()
                                          : planted % 3 == 1 ? "Bearer " + token
                                                             : QByteArray("\"api_key\" : \"0a1b2c3d4e\"");
            text.replace(at, credential.size(), credential);
        }
        // Around the places where the first windows begin and end, too.
        for (qsizetype end : {4 * mebi, 4 * mebi - CredentialSearch::longestSure})
            for (qsizetype at = end - 40; at <= end + 40; at += 40)
                text.replace(at, secret.size(), secret.data(), secret.size());
        const QByteArray expected = finder.masked(text);
        QVERIFY(expected.count('*') > planted * 8);
        for (qsizetype piece : {qsizetype(1000), qsizetype(65536), text.size()})
            QVERIFY(maskedInPieces(finder, text, piece) == expected);
    }

    void textWithoutCredentials_staysAsItIs() {
        const CredentialFinder finder;
        const QByteArray text = longText(9 * mebi);
        QVERIFY(finder.masked(text) == text);
        QVERIFY(maskedInPieces(finder, text, 77'777) == text);
    }

    void credentialLongerThanAWindow_isFoundWhole() {
        const CredentialFinder finder;
        const QByteArray text = longText(3 * mebi) + "\"password\":\"" + QByteArray(9 * mebi, 'p') +
                                "\" and on" + longText(2 * mebi);
        QVERIFY(maskedInPieces(finder, text, 65536) == finder.masked(text));
    }

    void settledBytes_areNeverFoundInAgain() {
        CredentialFinder finder;
        finder.add(secret);
        qint64 settled = 0;
        int tooLate = 0;
        CredentialSearch search(finder, [&](const ByteRange& range) { tooLate += range.begin < settled; });
        qint64 taken = 0;
        for (int i = 0; i < 400; ++i) {
            const QByteArray piece = longText(40'000) + secret.toByteArray();
            search.take(piece);
            taken += piece.size();
            QVERIFY(search.settled() >= settled);
            QVERIFY(search.settled() <= taken);
            // What is not settled yet is bounded, so that whoever waits for it is too.
            QVERIFY(taken - search.settled() < 5 * mebi);
            settled = search.settled();
        }
        search.finish();
        QCOMPARE(search.settled(), taken);
        QCOMPARE(tooLate, 0);
    }
};

QTEST_GUILESS_MAIN(TestCredentialSearch)
#include "tst_credential_search.moc"
