// SPDX-License-Identifier: MIT
#include "core/request/header_rules.h"

#include <QTest>

using namespace lavascope;

class TestHeaderRules : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void header_passesOrIsRefused_data();
    void header_passesOrIsRefused();
    void headerLine_isSplitAtTheFirstColon_data();
    void headerLine_isSplitAtTheFirstColon();
    void method_isAWordOfCapitals_data();
    void method_isAWordOfCapitals();
    void credentials_areMasked_data();
    void credentials_areMasked();
};

void TestHeaderRules::header_passesOrIsRefused_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("code");
    QTest::addColumn<qint64>("offset");
    const auto row = [](const char* title, const QByteArray& name, const QByteArray& value,
                        const char* code = "", qint64 offset = -1) {
        QTest::newRow(title) << name << value << QString::fromLatin1(code) << offset;
    };
    row("plain", "X-Test", "a b");
    row("empty value", "X-Test", "");
    row("tab", "X-Test", "a\tb");
    row("letters outside ASCII", "X-Test", "\xC3\xA9");
    row("all token characters", "!#$%&'*+-.^_`|~09az", "x");
    row("Host may be set", "Host", "example.com");
    row("empty name", "", "x", "header_name_invalid", 0);
    row("blank in name", "X Test", "x", "header_name_invalid", 1);
    row("colon in name", "X:Test", "x", "header_name_invalid", 1);
    row("line end in name", "X\r\nY", "x", "header_name_invalid", 1);
    row("letter outside ASCII in name", "X\xC3\xA9", "x", "header_name_invalid", 1);
    row("NUL in name", QByteArray("X\0", 2), "x", "header_name_invalid", 1);
    row("line feed in value", "X", "ab\nEvil: 1", "header_value_invalid", 2);
    row("carriage return in value", "X", "ab\r", "header_value_invalid", 2);
    row("NUL in value", "X", QByteArray("a\0b", 3), "header_value_invalid", 1);
    row("escape in value", "X", "\x1b[0m", "header_value_invalid", 0);
    row("delete in value", "X", "a\x7f", "header_value_invalid", 1);
    row("C1 control in value", "X", "a\xC2\x85", "header_value_invalid", 1);
    row("line separator in value", "X", "a\xE2\x80\xA8", "header_value_invalid", 1);
    row("zero-width blank in value", "X", "a\xE2\x80\x8B", "header_value_invalid", 1);
    row("right-to-left override in value", "X", "\xE2\x80\xAE", "header_value_invalid", 0);
    row("not UTF-8", "X", "a\xFF", "header_value_invalid", 1);
    for (const char* name : {"Content-Length", "transfer-encoding", "CONNECTION", "Expect", "TE", "Upgrade",
                             "Trailer", "Keep-Alive", "Proxy-Connection"})
        row(name, name, "x", "header_reserved");
}

void TestHeaderRules::header_passesOrIsRefused() {
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(QString, code);
    QFETCH(qint64, offset);
    const Result<void> checked = checkHeader({name, value});
    QCOMPARE(checked ? QString() : checked.error().code, code);
    if (!checked)
        QCOMPARE(checked.error().offset, offset);
}

void TestHeaderRules::headerLine_isSplitAtTheFirstColon_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("code");
    const auto row = [](const char* line, const char* name, const char* value, const char* code = "") {
        QTest::newRow(line) << QByteArray(line) << QByteArray(name) << QByteArray(value)
                            << QString::fromLatin1(code);
    };
    row("A: b", "A", "b");
    row("A:b", "A", "b");
    row("A:", "A", "");
    row("A: \t b:c ", "A", "b:c");
    row("A", "", "", "header_line_invalid");
    row("", "", "", "header_line_invalid");
    row(": b", "", "", "header_name_invalid");
    row("A : b", "", "", "header_name_invalid");
    row("A: b\r\nC: d", "", "", "header_value_invalid");
    row("TE: trailers", "", "", "header_reserved");
}

void TestHeaderRules::headerLine_isSplitAtTheFirstColon() {
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(QString, code);
    const Result<Headers::Field> field = parseHeaderLine(line);
    QCOMPARE(field ? QString() : field.error().code, code);
    if (field) {
        QCOMPARE(field->name, name);
        QCOMPARE(field->value, value);
    }
}

void TestHeaderRules::method_isAWordOfCapitals_data() {
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<bool>("good");
    for (const char* method : {"GET", "POST", "DELETE"})
        QTest::newRow(method) << QByteArray(method) << true;
    for (const char* method : {"", "get", "GE T", "POST\r\n", "G3T", "POST:"})
        QTest::newRow(qPrintable(QStringLiteral("refused '%1'").arg(QLatin1String(method))))
            << QByteArray(method) << false;
}

void TestHeaderRules::method_isAWordOfCapitals() {
    QFETCH(QByteArray, method);
    QFETCH(bool, good);
    const Result<void> checked = checkMethod(method);
    QCOMPARE(checked.has_value(), good);
    if (!good)
        QCOMPARE(checked.error().code, QStringLiteral("method_invalid"));
}

void TestHeaderRules::credentials_areMasked_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("shown");
    const auto row = [](const char* name, const char* value, const char* shown) {
        QTest::addRow("%s: %s", name, value) << QByteArray(name) << QByteArray(value) << QByteArray(shown);
    };
    row("Authorization", "Bearer aks_live_0123456789CANARY", "Bearer aks_live_\xE2\x80\xA6NARY");
    row("authorization", "short", "\xE2\x80\xA6");
    row("Authorization", "", "");
    row("Proxy-Authorization", "Basic Q0FOQVJZQ0FOQVJZ", "Basic \xE2\x80\xA6QVJZ");
    row("X-API-KEY", "aks_live_0123456789CANARY", "aks_live_\xE2\x80\xA6NARY");
    row("x-goog-api-key", "AIza0123456789CANARY", "AIza\xE2\x80\xA6NARY");
    row("xi-api-key", "x", "\xE2\x80\xA6");
    row("api-key", "x", "\xE2\x80\xA6");
    row("Cookie", "a=b", "\xE2\x80\xA6");
    row("Set-Cookie", "a=b", "\xE2\x80\xA6");
    row("X-Custom", "Bearer abc", "Bearer \xE2\x80\xA6");
    row("X-Custom", "sk-ant-0123456789CANARY", "sk-ant-\xE2\x80\xA6NARY");
    row("Content-Type", "application/json", "application/json");
    row("Idempotency-Key", "42", "42");
    row("x-lava-request-id", "req_1", "req_1");
}

void TestHeaderRules::credentials_areMasked() {
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, shown);
    QCOMPARE(redactedHeaders({{name, value}}), (Headers{{name, shown}}));
}

QTEST_GUILESS_MAIN(TestHeaderRules)
#include "tst_header_rules.moc"
