// SPDX-License-Identifier: MIT
#include "core/token/report_text.h"

#include <QTest>

#include <random>

using namespace lavascope;

namespace {

QByteArray tokenOf(const QByteArray& json) {
    return json.toBase64();
}

QByteArray customerToken(const QByteArray& key, const QByteArray& customer, const QByteArray& meter) {
    return tokenOf(R"({"secret_key":")" + key + R"(","customer_id":")" + customer + R"(","meter_slug":")" +
                   meter + "\"}");
}

/// An echo that counts how often it had to look.
class CountedEcho {
public:
    QByteArray say(QByteArrayView line) {
        json::GrowingBytes out;
        m_usable = m_echo.say(line, out);
        return out.bytes();
    }
    [[nodiscard]] int inspections() const { return m_inspections; }
    [[nodiscard]] bool usable() const { return m_usable; }

private:
    int m_inspections = 0;
    bool m_usable = false;
    TokenEcho m_echo{[this](QByteArrayView line) {
        ++m_inspections;
        return saidOf(line);
    }};
};

/// Tokens of the kinds that lists hold, in a hundred forms, with values that often lie just beside what is
/// plain.
class RandomTokens {
public:
    QByteArray next() {
        m_form.seed(unsigned(below(100)));
        QByteArray json =
            pickForm({"{", "{ "}) + "\"secret_key\":" + pickForm({"", " "}) + quoted(secretKey());
        if (form(2))
            json += ",\"customer_id\":" + idOrNull() + ",\"meter_slug\":" + idOrNull();
        if (form(3) == 0)
            json += ", \"provider_key\": " + quoted(providerKey());
        if (form(5) == 0)
            json += ",\"disable_billing\":" + pickForm({"true", "false", "null", "1"});
        if (below(30) == 0)
            json += pick({",\"secret_key\":\"aks_live_again\"", ",\"x\":1", ",\"customer_id\":\"c\""});
        json += "}";
        const QByteArray text = tokenOf(json);
        if (form(4) > 0)
            return text;
        return pickForm({"", "Bearer ", "bearer ", " "}) + text + pickForm({"", "\r", " ", "="});
    }

private:
    int below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(m_random); }
    int form(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(m_form); }
    QByteArray pick(const QList<QByteArray>& list) { return list[below(int(list.size()))]; }
    QByteArray pickForm(const QList<QByteArray>& list) { return list[form(int(list.size()))]; }
    static QByteArray quoted(const QByteArray& text) { return "\"" + text + "\""; }
    QByteArray word(int longest) {
        static const QByteArray letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
        QByteArray made;
        for (int size = below(longest + 1); size > 0; --size)
            made += letters[below(int(letters.size()))];
        return made;
    }
    QByteArray secretKey() {
        const QByteArray plain = pickForm({"aks_live_", "aks_test_"});
        m_key = (form(4) > 0 ? plain : pickForm({"aks_", "lava_sk_", "sk-ant-", "eyJ", "your_"})) + word(30);
        return m_key;
    }
    QByteArray providerKey() {
        return pickForm(
                   {"sk-", "sk-ant-", "sk-proj-", "gsk_", "xai-", "AIza", "r8_", "hf_", "aks_live_", ""}) +
               word(40);
    }
    QByteArray idOrNull() {
        switch (below(12)) {
        case 0:
            return "null";
        case 1:
            return quoted(m_key + word(3));
        case 2:
            return quoted(word(70));
        case 3:
            return quoted(pick({"a b", "é", "a\\u0000", "\xE2\x80\xAE", "a.b", "sk-ant-1", "xAIzay"}));
        case 4:
            return quoted(pick({"req_", "prd_", "con_"}) + word(9));
        default:
            return quoted(pick({"conn_", "my-meter", ""}) + word(12));
        }
    }

    std::mt19937 m_random{20261128}; ///< of the values
    std::mt19937 m_form;             ///< of what stands around them
    QByteArray m_key;
};

} // namespace

class TestTokenEcho : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tokensOfOneShape_areInspectedOnce_andSaidRight() {
        CountedEcho echo;
        for (int i = 0; i < 100; ++i) {
            const QByteArray number = QByteArray::number(1000 + i);
            const QByteArray line =
                customerToken("aks_live_CANARY0000" + number, "conn_" + number, "meter-" + number);
            QCOMPARE(echo.say(line), saidOf(line).text);
            QVERIFY(echo.usable());
        }
        QCOMPARE(echo.inspections(), 2); // the first one, and the specimen made after it
    }

    void aTokenWithARemark_isInspectedEachTime() {
        CountedEcho echo;
        for (const char* id : {"req_1", "req_2", "req_3"}) {
            const QByteArray line = customerToken("aks_live_CANARY00001111", id, "m");
            QCOMPARE(echo.say(line), saidOf(line).text);
        }
        const QByteArray broken = "eyJ%%%";
        QCOMPARE(echo.say(broken), saidOf(broken).text);
        QVERIFY(!echo.usable());
        QCOMPARE(echo.inspections(), 4);
    }

    void aShapeThatAlwaysHasARemark_isNotTriedAgain() {
        CountedEcho echo;
        for (int i = 0; i < 10; ++i) {
            const QByteArray line =
                tokenOf(R"({"secret_key":"aks_live_CANARY00001111","disable_billing":true})");
            QCOMPARE(echo.say(line), saidOf(line).text);
        }
        QCOMPARE(echo.inspections(), 10);
    }

    void endlessNewShapes_areSaidRight_andNotKept() {
        CountedEcho echo;
        for (int i = 0; i < 2000; ++i) {
            const QByteArray line =
                tokenOf("{" + QByteArray(i, ' ') + R"("secret_key":"aks_live_CANARY00001111"})");
            QCOMPARE(echo.say(line), saidOf(line).text);
        }
        QVERIFY(echo.inspections() >= 2000);
    }

    void anyTokens_areSaidAsAnInspectionSaysThem() {
        CountedEcho echo;
        RandomTokens tokens;
        constexpr int lines = 20'000;
        int usable = 0;
        for (int i = 0; i < lines; ++i) {
            const QByteArray line = tokens.next();
            const TokenEcho::Said said = saidOf(line);
            QCOMPARE(echo.say(line), said.text);
            QCOMPARE(echo.usable(), said.usable);
            usable += said.usable ? 1 : 0;
        }
        // Neither all nor none of them took the short way.
        QVERIFY(usable > lines / 10 && usable < lines * 9 / 10);
        QVERIFY2(echo.inspections() < lines * 9 / 10, qPrintable(QString::number(echo.inspections())));
    }
};

QTEST_GUILESS_MAIN(TestTokenEcho)
#include "tst_token_echo.moc"
