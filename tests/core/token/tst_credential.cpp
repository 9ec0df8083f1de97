// SPDX-License-Identifier: MIT
#include "worked_examples.h"

#include <QTest>

using namespace lavascope;

class TestCredential : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void prefix_tellsTheKind_data();
    void prefix_tellsTheKind();
    void secretKey_tellsTheMode();
    void presentFields_decideWhoPays_data();
    void presentFields_decideWhoPays();
    void emptyIds_leaveThePayerOpen();
    void payerSentence_isOneSentenceWithoutSecrets_data();
    void payerSentence_isOneSentenceWithoutSecrets();
    void payerSentence_showsWhatWouldDeceive();
    void contractWords_areSpelledAsPromised();
};

void TestCredential::prefix_tellsTheKind_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QString>("provider");
    QTest::newRow("live key") << QByteArray("aks_live_x") << QByteArray("secret_key") << QString();
    QTest::newRow("test key") << QByteArray("aks_test_x") << QByteArray("secret_key") << QString();
    QTest::newRow("neither") << QByteArray("aks_prod_x") << QByteArray("unknown") << QString();
    QTest::newRow("spend key") << QByteArray("lava_sk_x") << QByteArray("spend_key") << QString();
    QTest::newRow("wallet key") << QByteArray("lava_wk_x") << QByteArray("wallet_key") << QString();
    QTest::newRow("openai") << QByteArray("sk-x") << QByteArray("provider_key") << QStringLiteral("OpenAI");
    QTest::newRow("openai project") << QByteArray("sk-proj-x") << QByteArray("provider_key")
                                    << QStringLiteral("OpenAI");
    QTest::newRow("anthropic") << QByteArray("sk-ant-x") << QByteArray("provider_key")
                               << QStringLiteral("Anthropic");
    QTest::newRow("google") << QByteArray("AIzaSy") << QByteArray("provider_key") << QStringLiteral("Google");
    QTest::newRow("xai") << QByteArray("xai-x") << QByteArray("provider_key") << QStringLiteral("xAI");
    QTest::newRow("groq") << QByteArray("gsk_x") << QByteArray("provider_key") << QStringLiteral("Groq");
    QTest::newRow("elevenlabs") << QByteArray("sk_abc") << QByteArray("provider_key")
                                << QStringLiteral("ElevenLabs");
    QTest::newRow("stripe, not elevenlabs") << QByteArray("sk_live_x") << QByteArray("unknown") << QString();
    QTest::newRow("forward token") << QByteArray("eyJzZWNy") << QByteArray("forward_token") << QString();
    QTest::newRow("jwt") << QByteArray("eyJh.eyJi.c") << QByteArray("jwt") << QString();
    QTest::newRow("retired connection secret")
        << QByteArray("cons_live_x") << QByteArray("unknown") << QString();
    QTest::newRow("empty") << QByteArray() << QByteArray("unknown") << QString();
    QTest::newRow("prefix in the middle") << QByteArray("xaks_live_") << QByteArray("unknown") << QString();
}

void TestCredential::prefix_tellsTheKind() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, kind);
    QFETCH(QString, provider);
    QCOMPARE(QByteArray(kindName(kindByPrefix(text))), kind);
    QCOMPARE(providerByPrefix(text), provider);
}

void TestCredential::secretKey_tellsTheMode() {
    QCOMPARE(modeOf(Secret("aks_live_1")), Mode::Live);
    QCOMPARE(modeOf(Secret("aks_test_1")), Mode::Test);
    QCOMPARE(modeOf(Secret("lava_sk_1")), Mode::Unknown);
    QCOMPARE(modeOf(Secret()), Mode::Unknown);
}

void TestCredential::presentFields_decideWhoPays_data() {
    QTest::addColumn<int>("index");
    for (int i = 0; i < workedExamples().size(); ++i)
        QTest::newRow(workedExamples().at(i).name) << i;
}

void TestCredential::presentFields_decideWhoPays() {
    QFETCH(int, index);
    const WorkedExample example = workedExamples().at(index);
    QCOMPARE(QByteArray(payerName(payerOf(example.fields))), QByteArray(payerName(example.payer)));
}

void TestCredential::emptyIds_leaveThePayerOpen() {
    const QString empty = QStringLiteral("");
    QCOMPARE(payerOf({.secretKey = Secret("k"), .customerId = empty, .meterSlug = QStringLiteral("m")}),
             Payer::Unknown);
    QCOMPARE(payerOf({.secretKey = Secret("k"), .meterSlug = empty}), Payer::Unknown);
}

void TestCredential::payerSentence_isOneSentenceWithoutSecrets_data() {
    presentFields_decideWhoPays_data();
}

void TestCredential::payerSentence_isOneSentenceWithoutSecrets() {
    QFETCH(int, index);
    const WorkedExample example = workedExamples().at(index);
    const QString sentence = payerSentence(example.fields);
    QVERIFY(sentence.front().isUpper());
    QVERIFY(sentence.endsWith(QLatin1Char('.')));
    QCOMPARE(sentence.count(QLatin1Char('.')), 1);
    QVERIFY(!sentence.contains(QStringLiteral("EXAMPLE")));
    for (const Field<QString>& field : {example.fields.customerId, example.fields.meterSlug})
        if (field.hasValue() && field.value().at(0).unicode() < 0x7F)
            QVERIFY2(sentence.contains(field.value()), qPrintable(sentence));
}

void TestCredential::payerSentence_showsWhatWouldDeceive() {
    const QString sentence = payerSentence({.secretKey = Secret("aks_live_x"),
                                            .customerId = QStringLiteral(u"conn\u202E\n"),
                                            .meterSlug = QStringLiteral("aks_live_0123456789abcdef")});
    QVERIFY(sentence.contains(QStringLiteral("conn<U+202E><U+000A>")));
    QVERIFY(!sentence.contains(QStringLiteral("0123456789")));

    const QString longOne =
        payerSentence({.secretKey = Secret("k"), .meterSlug = QString(100'000, QLatin1Char('m'))});
    QVERIFY(longOne.size() < 300);
}

void TestCredential::contractWords_areSpelledAsPromised() {
    QCOMPARE(generationName(Generation::None), nullptr);
    const QList<QByteArray> generations = {
        generationName(Generation::CustomerMeter), generationName(Generation::ConnectionMeter),
        generationName(Generation::ConnectionProduct), generationName(Generation::Minimal),
        generationName(Generation::Dotted)};
    QCOMPARE(generations, (QList<QByteArray>{"customer_meter", "connection_meter", "connection_product",
                                             "minimal", "dotted"}));
    const QList<QByteArray> payers = {
        payerName(Payer::Merchant),        payerName(Payer::MerchantMetered),
        payerName(Payer::Customer),        payerName(Payer::MerchantCustomerTracked),
        payerName(Payer::ProviderAccount), payerName(Payer::Unknown)};
    QCOMPARE(payers, (QList<QByteArray>{"merchant", "merchant_metered", "customer",
                                        "merchant_customer_tracked", "provider_account", "unknown"}));
    QCOMPARE(QByteArray(modeName(Mode::Live)) + modeName(Mode::Test) + modeName(Mode::Unknown),
             QByteArray("livetestunknown"));
}

QTEST_GUILESS_MAIN(TestCredential)
#include "tst_credential.moc"
