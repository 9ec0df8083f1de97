// SPDX-License-Identifier: MIT
#include "worked_examples.h"

#include <QTest>

using namespace lavascope;

class TestBuildToken : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anyFields_giveTheBytesOfTheSdk_data();
    void anyFields_giveTheBytesOfTheSdk();
    void oddText_isEscapedAsByTheSdk_data();
    void oddText_isEscapedAsByTheSdk();
    void noSecretKey_isRefused();
    void bytesThatAreNoText_areRefusedWithTheirOffset();
    void byteOrderMarkInAKey_isKept();
};

namespace {

QByteArray built(const TokenFields& fields) {
    const Result<QByteArray> token = buildToken(fields);
    return token ? QByteArray::fromBase64(*token) : token.error().code.toUtf8();
}

} // namespace

void TestBuildToken::anyFields_giveTheBytesOfTheSdk_data() {
    QTest::addColumn<int>("index");
    for (int i = 0; i < workedExamples().size(); ++i)
        QTest::newRow(workedExamples().at(i).name) << i;
}

void TestBuildToken::anyFields_giveTheBytesOfTheSdk() {
    QFETCH(int, index);
    const WorkedExample example = workedExamples().at(index);
    const Result<QByteArray> token = buildToken(example.fields);
    QVERIFY(token.has_value());
    QCOMPARE(QByteArray::fromBase64(*token), example.json);
    QCOMPARE(*token, example.token);
}

void TestBuildToken::oddText_isEscapedAsByTheSdk_data() {
    QTest::addColumn<QString>("slug");
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QString() << QByteArray(R"("")");
    QTest::newRow("controls") << QStringLiteral("\b\t\n\f\r\x01\x1f")
                              << QByteArray(R"("\b\t\n\f\r\u0001\u001f")");
    QTest::newRow("nul") << QString(QChar(0)) << QByteArray(R"("\u0000")");
    QTest::newRow("lone high surrogate") << QString(QChar(0xD83D)) << QByteArray(R"("\ud83d")");
    QTest::newRow("lone low surrogate") << QString(QChar(0xDE00)) << QByteArray(R"("\ude00")");
    QTest::newRow("surrogates the wrong way round")
        << QString(QChar(0xDE00)) + QChar(0xD83D) << QByteArray(R"("\ude00\ud83d")");
    QTest::newRow("slash, delete and line separator stay")
        << QStringLiteral(u"/\u007f\u2028") << QByteArray("\"/\x7f\xE2\x80\xA8\"");
    QTest::newRow("leading byte order mark stays")
        << QStringLiteral(u"\uFEFFx") << QByteArray("\"\xEF\xBB\xBFx\"");
}

void TestBuildToken::oddText_isEscapedAsByTheSdk() {
    QFETCH(QString, slug);
    QFETCH(QByteArray, json);
    QCOMPARE(built({.secretKey = Secret("k"), .meterSlug = slug}),
             QByteArray(R"({"secret_key":"k","meter_slug":)" + json + "}"));
}

void TestBuildToken::noSecretKey_isRefused() {
    QCOMPARE(built({.meterSlug = QStringLiteral("m")}), QByteArray("secret_key_missing"));
}

void TestBuildToken::bytesThatAreNoText_areRefusedWithTheirOffset() {
    const Result<QByteArray> key = buildToken({.secretKey = Secret("aks_\xFFzz")});
    QVERIFY(!key);
    QCOMPARE(key.error().code, QStringLiteral("secret_key_not_utf8"));
    QCOMPARE(key.error().offset, 4);

    const Result<QByteArray> provider =
        buildToken({.secretKey = Secret("k"), .providerKey = Secret("sk-\xED\xA0\x80")});
    QVERIFY(!provider);
    QCOMPARE(provider.error().code, QStringLiteral("provider_key_not_utf8"));
    QCOMPARE(provider.error().offset, 3);
}

void TestBuildToken::byteOrderMarkInAKey_isKept() {
    QCOMPARE(built({.secretKey = Secret("\xEF\xBB\xBF\xEF\xBB\xBFk")}),
             QByteArray("{\"secret_key\":\"\xEF\xBB\xBF\xEF\xBB\xBFk\"}"));
}

QTEST_GUILESS_MAIN(TestBuildToken)
#include "tst_build_token.moc"
