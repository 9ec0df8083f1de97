// SPDX-License-Identifier: MIT
#include "sandbox/request_reader.h"

#include <QTest>

using namespace lavascope;

using State = RequestReader::State;

namespace {

QByteArray get(const QByteArray& fields = {}) {
    return "GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1:1\r\n" + fields + "\r\n";
}

QByteArray post(const QByteArray& fields, const QByteArray& body) {
    return "POST /v1/forward?u=x HTTP/1.1\r\nHost: 127.0.0.1:1\r\n" + fields + "\r\n" + body;
}

} // namespace

class TestRequestReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whole_request_is_read();
    void good_framing_is_taken_data();
    void good_framing_is_taken();
    void ambiguous_request_is_refused_data();
    void ambiguous_request_is_refused();
    void any_split_gives_the_same_outcome_data();
    void any_split_gives_the_same_outcome();
    void bytes_after_a_request_are_not_read();
    void reader_starts_anew_after_take();
    void close_is_asked_for_by_the_connection_field();
    void continue_is_awaited_until_the_body_begins();
    void endless_line_is_refused_at_the_limit_data();
    void endless_line_is_refused_at_the_limit();
    void declared_size_allocates_nothing();
};

void TestRequestReader::whole_request_is_read() {
    RequestReader reader;
    QCOMPARE(reader.state(), State::Idle);
    reader.feed("POST /v1/forward?u=https%3A%2F%2Fa HTTP/1.1\r\nHost:127.0.0.1:1\r\nX-Two:  a b\t\r\n"
                "x-two: \r\nContent-Length: 2\r\n\r\n{}");
    QCOMPARE(reader.state(), State::Complete);
    const ReceivedRequest request = reader.take();
    QCOMPARE(request.method, QByteArray("POST"));
    QCOMPARE(request.target, QByteArray("/v1/forward?u=https%3A%2F%2Fa"));
    QCOMPARE(request.headers.values("X-TWO"), (QList<QByteArray>{"a b", ""}));
    QCOMPARE(request.headers.value("host"), QByteArray("127.0.0.1:1"));
    QCOMPARE(request.body, QByteArray("{}"));
    QVERIFY(request.keepAlive);
}

void TestRequestReader::good_framing_is_taken_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("no body") << get() << QByteArray();
    QTest::newRow("length 0") << post("Content-Length: 0\r\n", "") << QByteArray();
    QTest::newRow("leading zeros") << post("Content-Length: 0003\r\n", "abc") << QByteArray("abc");
    QTest::newRow("chunks") << post("Transfer-Encoding: Chunked\r\n",
                                    "3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n")
                            << QByteArray("abc0123456789");
    QTest::newRow("chunk extension") << post("transfer-encoding: chunked\r\n",
                                             "3;a=\"b\"\r\nabc\r\n00;z\r\n\r\n")
                                     << QByteArray("abc");
    QTest::newRow("trailers are dropped")
        << post("Transfer-Encoding: chunked\r\n", "1\r\nx\r\n0\r\nContent-Length: 9\r\nY: z\r\n\r\n")
        << QByteArray("x");
    QTest::newRow("binary body") << post("Content-Length: 4\r\n", QByteArray("\0\r\n\xff", 4))
                                 << QByteArray("\0\r\n\xff", 4);
    QTest::newRow("options of the server")
        << QByteArray("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n") << QByteArray();
    QTest::newRow("latin-1 in a value") << get("X: caf\xe9\r\n") << QByteArray();
    QTest::newRow("raw target") << QByteArray(
                                       "GET /v1/forward?u=https://a.b/c?d=e|{} HTTP/1.1\r\nHost: a\r\n\r\n")
                                << QByteArray();
}

void TestRequestReader::good_framing_is_taken() {
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, body);
    RequestReader reader;
    reader.feed(bytes);
    QVERIFY2(reader.state() == State::Complete, qPrintable(reader.fault().message));
    QVERIFY(!reader.hasExcess());
    QCOMPARE(reader.take().body, body);
}

void TestRequestReader::ambiguous_request_is_refused_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    const auto row = [](const char* name, const QByteArray& bytes, int status, const char* code) {
        QTest::newRow(name) << bytes << status << QString::fromLatin1(code);
    };
    row("length and coding", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400,
        "http_length_twice");
    row("coding and length", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"), 400,
        "http_length_twice");
    row("two lengths", post("Content-Length: 5\r\nContent-Length: 6\r\n", "abcdef"), 400,
        "http_length_twice");
    row("same length twice", post("Content-Length: 5\r\nContent-Length: 5\r\n", "abcde"), 400,
        "http_length_twice");
    row("length list", post("Content-Length: 5, 5\r\n", "abcde"), 400, "http_content_length");
    row("length with sign", post("Content-Length: +5\r\n", "abcde"), 400, "http_content_length");
    row("negative length", post("Content-Length: -5\r\n", ""), 400, "http_content_length");
    row("hexadecimal length", post("Content-Length: 0x5\r\n", "abcde"), 400, "http_content_length");
    row("empty length", post("Content-Length:\r\n", ""), 400, "http_content_length");
    row("length in Arabic digits", post("Content-Length: \xd9\xa5\r\n", "abcde"), 400, "http_content_length");
    row("length of 1 GB", post("Content-Length: 1000000000\r\n", ""), 413, "body_too_large");
    row("length beyond 64 bits", post("Content-Length: 99999999999999999999999\r\n", ""), 413,
        "body_too_large");
    row("unknown coding", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), 400,
        "http_transfer_encoding");
    row("two codings", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 400,
        "http_transfer_encoding");
    row("coding twice", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
        400, "http_transfer_encoding");
    row("identity coding", post("Transfer-Encoding: identity\r\n", ""), 400, "http_transfer_encoding");
    row("vertical tab before coding",
        post("Transfer-Encoding: \x0b"
             "chunked\r\n",
             "0\r\n\r\n"),
        400, "http_field_value");
    row("folded line", get("X: a\r\n b\r\n"), 400, "http_folded_line");
    row("folded by tab", get("X: a\r\n\tb\r\n"), 400, "http_folded_line");
    row("blank before colon", get("X : a\r\n"), 400, "http_field_name");
    row("coding with blank before colon", post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"), 400,
        "http_field_name");
    row("no colon", get("nothing\r\n"), 400, "http_field_name");
    row("empty name", get(": a\r\n"), 400, "http_field_name");
    row("name in brackets", get("(x): a\r\n"), 400, "http_field_name");
    row("bare LF in request line", "GET / HTTP/1.1\nHost: a\r\n\r\n", 400, "http_bare_lf");
    row("bare LF in head", get("X: a\n"), 400, "http_bare_lf");
    row("bare LF ends head", "GET / HTTP/1.1\r\nHost: a\r\n\n", 400, "http_bare_lf");
    row("bare CR in value", get("X: a\rTransfer-Encoding: chunked\r\n"), 400, "http_bare_cr");
    row("CR CR LF", get("X: a\r\r\n"), 400, "http_bare_cr");
    row("NUL in value", get(QByteArray("X: a\0b\r\n", 8)), 400, "http_nul");
    row("NUL in target", QByteArray("GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n", 28), 400, "http_nul");
    row("escape in value", get("X: \x1b[31m\r\n"), 400, "http_field_value");
    row("absolute form", "GET http://127.0.0.1:1/ HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n", 400,
        "http_target_form");
    row("authority form", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http_target_form");
    row("asterisk with GET", "GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http_target_form");
    row("fragment in target", "GET /#x HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http_request_line");
    row("raw UTF-8 in target", "GET /\xc3\xa9 HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http_request_line");
    row("two blanks", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http_request_line");
    row("tab for blank", "GET\t/\tHTTP/1.1\r\nHost: a\r\n\r\n", 400, "http_request_line");
    row("blank in target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http_request_line");
    row("blank before method", " GET / HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http_request_line");
    row("HTTP 0.9", "GET /\r\n", 400, "http_request_line");
    row("HTTP 1.0", "GET / HTTP/1.0\r\nHost: a\r\n\r\n", 505, "http_version");
    row("HTTP 2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, "http_target_form");
    row("HTTP 1.10", "GET / HTTP/1.10\r\nHost: a\r\n\r\n", 505, "http_version");
    row("lower-case version", "GET / http/1.1\r\nHost: a\r\n\r\n", 400, "http_request_line");
    row("empty first line", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http_request_line");
    row("no host", "GET / HTTP/1.1\r\n\r\n", 400, "http_host");
    row("two hosts", get("Host: 127.0.0.1:1\r\n"), 400, "http_host");
    row("other expectation", post("Expect: 200-ok\r\nContent-Length: 1\r\n", ""), 417, "http_expectation");
    row("chunk size is no number", post("Transfer-Encoding: chunked\r\n", "zz\r\n"), 400, "http_chunk_size");
    row("chunk size with sign", post("Transfer-Encoding: chunked\r\n", "-5\r\n"), 400, "http_chunk_size");
    row("chunk size with 0x", post("Transfer-Encoding: chunked\r\n", "0x5\r\nabcde\r\n"), 400,
        "http_chunk_size");
    row("chunk size with blank", post("Transfer-Encoding: chunked\r\n", "5 \r\nabcde\r\n"), 400,
        "http_chunk_size");
    row("chunk size empty", post("Transfer-Encoding: chunked\r\n", "\r\n"), 400, "http_chunk_size");
    row("chunk size of 17 digits", post("Transfer-Encoding: chunked\r\n", "00000000000000005\r\n"), 400,
        "http_chunk_size");
    row("chunk of 4 GiB", post("Transfer-Encoding: chunked\r\n", "ffffffff\r\n"), 413, "body_too_large");
    row("chunk longer than it says", post("Transfer-Encoding: chunked\r\n", "2\r\nabc\r\n0\r\n\r\n"), 400,
        "http_chunk_length");
    row("chunk line with bare LF", post("Transfer-Encoding: chunked\r\n", "2\nab\r\n0\r\n\r\n"), 400,
        "http_bare_lf");
    row("bare CR in extension", post("Transfer-Encoding: chunked\r\n", "2;\r\rx\r\nab\r\n"), 400,
        "http_bare_cr");
    row("chunk extension without end", post("Transfer-Encoding: chunked\r\n", "2;" + QByteArray(2000, 'x')),
        400, "http_chunk_size");
    row("bad trailer", post("Transfer-Encoding: chunked\r\n", "0\r\nX : y\r\n\r\n"), 400, "http_field_name");
}

void TestRequestReader::ambiguous_request_is_refused() {
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    QFETCH(QString, code);
    RequestReader reader;
    reader.feed(bytes);
    QCOMPARE(reader.state(), State::Bad);
    QCOMPARE(reader.fault().code, code);
    QCOMPARE(reader.fault().status, status);
    QVERIFY(!reader.fault().message.isEmpty());
    reader.feed(get());
    QCOMPARE(reader.state(), State::Bad);
}

void TestRequestReader::any_split_gives_the_same_outcome_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("length") << post("Content-Length: 5\r\nExpect: 100-continue\r\n", "abcde");
    QTest::newRow("chunks") << post("Transfer-Encoding: chunked\r\n",
                                    "3;x\r\nabc\r\n2\r\n\r\n\r\n0\r\nA: b\r\n\r\n");
    QTest::newRow("excess") << get() + "GET /2 HTTP/1.1\r\n";
    QTest::newRow("smuggled") << post("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\nG");
    QTest::newRow("bad chunk") << post("Transfer-Encoding: chunked\r\n", "3\r\nabcd\r\n0\r\n\r\n");
    QTest::newRow("bare LF") << get("X: y\n");
    QTest::newRow("unfinished") << post("Content-Length: 5\r\n", "abc");
}

void TestRequestReader::any_split_gives_the_same_outcome() {
    QFETCH(QByteArray, bytes);
    RequestReader whole;
    whole.feed(bytes);
    const State state = whole.state();
    const bool excess = whole.hasExcess();
    const RequestFault fault = whole.fault();
    const ReceivedRequest request = state == State::Complete ? whole.take() : ReceivedRequest{};
    const auto check = [&](RequestReader& reader) {
        QCOMPARE(reader.state(), state);
        QCOMPARE(reader.hasExcess(), excess);
        QVERIFY(reader.fault() == fault);
        if (state == State::Complete)
            QVERIFY(reader.take() == request);
    };
    for (qsizetype first = 0; first <= bytes.size(); ++first) {
        for (qsizetype second = first; second <= bytes.size(); ++second) {
            RequestReader reader;
            reader.feed(QByteArrayView(bytes).first(first));
            reader.feed(QByteArrayView(bytes).sliced(first, second - first));
            reader.feed(QByteArrayView(bytes).sliced(second));
            check(reader);
            if (QTest::currentTestFailed())
                return;
        }
    }
    RequestReader reader;
    for (const char byte : bytes)
        reader.feed(QByteArrayView(&byte, 1));
    check(reader);
}

void TestRequestReader::bytes_after_a_request_are_not_read() {
    RequestReader reader;
    reader.feed(get() + "garbage");
    QCOMPARE(reader.state(), State::Complete);
    QVERIFY(reader.hasExcess());
    QCOMPARE(reader.take().target, QByteArray("/v1/models"));
}

void TestRequestReader::reader_starts_anew_after_take() {
    RequestReader reader;
    reader.feed(post("Transfer-Encoding: chunked\r\nX-Old: 1\r\n", "1\r\na\r\n0\r\n\r\n"));
    (void)reader.take();
    QCOMPARE(reader.state(), State::Idle);
    reader.feed(post("Content-Length: 1\r\n", "b"));
    QCOMPARE(reader.state(), State::Complete);
    const ReceivedRequest second = reader.take();
    QCOMPARE(second.body, QByteArray("b"));
    QVERIFY(!second.headers.contains("x-old"));
}

void TestRequestReader::close_is_asked_for_by_the_connection_field() {
    RequestReader reader;
    reader.feed(get("Connection: x-thing ,  CLOSE\r\n"));
    QVERIFY(!reader.take().keepAlive);
    reader.feed(get("Connection: keep-alive\r\n"));
    QVERIFY(reader.take().keepAlive);
}

void TestRequestReader::continue_is_awaited_until_the_body_begins() {
    RequestReader reader;
    const QByteArray head = post("Expect: 100-Continue\r\nContent-Length: 2\r\n", "");
    reader.feed(head.chopped(1));
    QVERIFY(!reader.awaitsContinue());
    reader.feed(head.last(1));
    QVERIFY(reader.awaitsContinue());
    reader.feed("a");
    QVERIFY(!reader.awaitsContinue());
}

void TestRequestReader::endless_line_is_refused_at_the_limit_data() {
    QTest::addColumn<QByteArray>("begin");
    QTest::addColumn<QByteArray>("repeated");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("atMost");
    QTest::newRow("request line") << QByteArray("GET /") << QByteArray("aaaaaaaaaa") << 414 << 9 * 1024;
    QTest::newRow("one field") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\nX: ") << QByteArray("bbbbbbbbbb")
                               << 431 << 33 * 1024;
    QTest::newRow("many fields") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\n") << QByteArray("A: b\r\n")
                                 << 431 << 101 * 6 + 40;
    QTest::newRow("large fields") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\n")
                                  << QByteArray("A: " + QByteArray(1000, 'b') + "\r\n") << 431 << 34 * 1024;
    QTest::newRow("trailers") << QByteArray(
                                     "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n")
                              << QByteArray("A: b\r\n") << 431 << 100 * 6 + 80;
}

void TestRequestReader::endless_line_is_refused_at_the_limit() {
    QFETCH(QByteArray, begin);
    QFETCH(QByteArray, repeated);
    QFETCH(int, status);
    QFETCH(int, atMost);
    RequestReader reader;
    reader.feed(begin);
    int sent = begin.size();
    while (reader.state() != State::Bad && sent < 2 * atMost) {
        reader.feed(repeated);
        sent += repeated.size();
    }
    QCOMPARE(reader.state(), State::Bad);
    QCOMPARE(reader.fault().status, status);
    QVERIFY2(sent <= atMost, qPrintable(QString::number(sent)));
}

void TestRequestReader::declared_size_allocates_nothing() {
    RequestReader reader;
    reader.feed(post("Content-Length: 60000000\r\n", "abc"));
    QCOMPARE(reader.state(), State::Body);
    QCOMPARE(reader.bodySize(), 3);
}

QTEST_GUILESS_MAIN(TestRequestReader)
#include "tst_request_reader.moc"
