// SPDX-License-Identifier: MIT
#include "core/stream/sse_parser.h"

#include <QElapsedTimer>
#include <QTest>

#include <vector>

using namespace lavascope;

namespace {

/// What an item said, copied out of the call.
struct Said {
    SseItem::Kind kind;
    QByteArray type;
    QByteArray data;
    QByteArray id;
    qint64 begin;
    qint64 end;
    bool terminated;

    friend bool operator==(const Said&, const Said&) = default;
};

using Saids = std::vector<Said>;

SseParser::Sink into(Saids& saids) {
    return [&saids](const SseItem& item) {
        saids.push_back({item.kind, item.type.toByteArray(), item.data.toByteArray(),
                         item.lastEventId.toByteArray(), item.begin, item.end, item.terminated});
    };
}

/// Feeds the pieces between the cuts. Every piece is a copy of its own, so that a view kept too long is seen
/// by the sanitizer.
Saids parsed(const QByteArray& bytes, const std::vector<qsizetype>& cuts = {}) {
    Saids saids;
    SseParser parser;
    qsizetype from = 0;
    const auto feed = [&](qsizetype to) {
        const std::vector<char> piece(bytes.begin() + from, bytes.begin() + to);
        parser.feed(QByteArrayView(piece.data(), qsizetype(piece.size())), into(saids));
        from = to;
    };
    for (qsizetype cut : cuts)
        feed(cut);
    feed(bytes.size());
    parser.finish(into(saids));
    return saids;
}

/// One item as a table can hold it: `event type|data|id`, `comment text`, `stray text`; `!` where it was not
/// terminated. The type is left out where it is `message`, the id where it is empty.
QByteArray shown(const Said& said) {
    QByteArray text = said.terminated ? "" : "!";
    if (said.kind == SseItem::Kind::Comment)
        return text + ":" + said.data;
    if (said.kind == SseItem::Kind::Stray)
        return text + "?" + said.data;
    if (said.type != "message")
        text += said.type + "=";
    text += said.data;
    if (!said.id.isEmpty())
        text += "#" + said.id;
    return text;
}

/// A literal with NULs inside.
template <qsizetype N>
QByteArray withNul(const char (&text)[N]) {
    return {text, N - 1};
}

QByteArrayList shown(const Saids& saids) {
    QByteArrayList list;
    for (const Said& said : saids)
        list += shown(said);
    return list;
}

} // namespace

/// Checks the parser against the standard's rules, the web platform tests' cases and what providers do
/// besides.
class TestSseParser : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bytes_giveTheseItems_data();
    void bytes_giveTheseItems();
    void anyCut_givesTheSameItems_data() { bytes_giveTheseItems_data(); }
    void anyCut_givesTheSameItems();
    void blocks_knowTheirBytes();
    void retry_isTakenFromDigitsOnly_data();
    void retry_isTakenFromDigitsOnly();
    void aParser_canBeUsedAnewAfterTheEnd();
    void aLineOfManyMegabytes_isReadInLinearTime();
    void aMillionEmptyLinesAndComments_areNoBurden();
};

void TestSseParser::bytes_giveTheseItems_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArrayList>("items");
    const auto row = [](const char* name, const QByteArray& bytes, const QByteArrayList& items) {
        QTest::newRow(name) << bytes << items;
    };

    row("nothing", "", {});
    row("one event", "data: x\n\n", {"x"});
    row("no space after the colon", "data:x\n\n", {"x"});
    row("only one space is dropped", "data:  x\n\n", {" x"});
    row("a tab is kept", "data:\tx\n\n", {"\tx"});
    row("no data is not empty data", "event: ping\n\n: c\n\n", {":c"});
    row("empty data is an event", "data:\n\ndata\n\n", {"", ""});
    row("bare data lines", "data\n\ndata\ndata\n\ndata:", {"", "\n", "!"});
    row("data lines are joined", "data: {\"a\":\ndata: 1}\n\n", {"{\"a\":\n1}"});
    row("crlf between chunks", "data:a\r\ndata:b\r\ndata:c\r\n\r\n", {"a\nb\nc"});
    row("a type is spent by a blank line", "event: x\n\ndata: y\n\n", {"y"});
    row("the last type wins", "event: x\nevent: z\ndata: y\n\n", {"z=y"});
    row("an empty type is message", "event: x\nevent:\ndata: y\n\n", {"y"});
    row("an id lasts", "id: 1\ndata: a\n\ndata: b\n\n", {"a#1", "b#1"});
    row("an empty id clears", "id: 1\ndata: a\n\nid\ndata: b\n\n", {"a#1", "b"});
    row("an id with NUL is ignored", withNul("id: 0\ndata: a\n\nid: a\0b\ndata: z\n\n"), {"a#0", "z#0"});
    row("a comment after an id makes no event", "id: 7\n: hello\n\ndata: x\n\n", {":hello", "x#7"});
    row("comments", ":\n: ping\n:ping\n:  two\n\n", {":", ":ping", ":ping", ": two"});
    row("a comment inside a block", "data: a\n: keep-alive\ndata: b\n\n", {":keep-alive", "a\nb"});
    row("names are compared exactly", "Data: x\n data: y\ndata : z\nDATA:q\n\ndata:w\n\n", {"w"});
    row("unknown fields", "foo: bar\nnothing\ndata: x\n\n", {"x"});
    row("lone cr", "data: a\rdata: b\r\rdata: c\r\r", {"a\nb", "c"});
    row("mixed line ends", "data: a\r\ndata: b\rdata: c\n\r\ndata: d\n\n", {"a\nb\nc", "d"});
    row("other separators are data",
        "data: a\xE2\x80\xA8"
        "b\xC2\x85"
        "c\v\f\n\n",
        {"a\xE2\x80\xA8"
         "b\xC2\x85"
         "c\v\f"});
    row("bytes that are no utf-8 stay", "data: \xFF\xC3\n\n", {"\xFF\xC3"});

    row("bom",
        "\xEF\xBB\xBF"
        "data: 1\n\n",
        {"1"});
    row("second bom is data",
        "\xEF\xBB\xBF\xEF\xBB\xBF"
        "data: 1\n\ndata: 2\n\n",
        {"2"});
    row("bom later",
        "data: 1\n\n\xEF\xBB\xBF"
        "data: 2\n\ndata: 3\n\n",
        {"1", "3"});
    row("half a bom is a field name",
        "\xEF\xBB"
        "data: 1\n\ndata: 2\n\n",
        {"2"});
    row("only half a bom", "\xEF\xBB", {});
    row("only a bom", "\xEF\xBB\xBF", {});

    // The web platform tests' eventsource/format-* cases, and event-data.
    row("wpt field-parsing",
        withNul("data:\0\ndata:  2\rData:1\ndata\0:2\ndata:1\r\0data:4\nda-ta:3\rdata_5\ndata:3\rdata:\r\n "
                "data:32\ndata:4\n\n"),
        {withNul("\0\n 2\n1\n3\n\n4")});
    row("wpt newlines", "data:test\r\ndata\ndata:test\r\n\r", {"test\n\ntest"});
    row("wpt comments", withNul("data:1\r:\0\n:\r\ndata:2\n:xxxxxxxxxx\rdata:3\n:data:fail\r:xx\ndata:4\n\n"),
        {withNul(":\0"), ":", ":xxxxxxxxxx", ":data:fail", ":xx", "1\n2\n3\n4"});
    row("wpt data-before-final-empty-line", "retry:1000\ndata:test1\n\nid:test\ndata:test2",
        {"test1", "!test2#test"});
    row("wpt field-data", "data:\n\ndata\ndata\n\ndata:test\n\n", {"", "\n", "test"});
    row("wpt field-event", "event:test\ndata:x\n\ndata:x\n\n", {"test=x", "x"});
    row("wpt field-event-empty", "event: \ndata:data\n\n", {"data"});
    row("wpt field-unknown",
        "data:test\n data\ndata\nfoobar:xxx\njustsometext\n:thisisacommentyay\ndata:test\n\n",
        {":thisisacommentyay", "test\n\ntest"});
    row("wpt leading-space", "data:\ttest\rdata: \ndata:test\n\n", {"\ttest\n\ntest"});
    row("wpt null-character", withNul("data:\0\n\n\n\n"), {withNul("\0")});
    row("wpt utf-8", "data:ok\xE2\x80\xA6\n\n", {"ok\xE2\x80\xA6"});

    row("wpt bom",
        "\xEF\xBB\xBF"
        "data:1\n\n\xEF\xBB\xBF"
        "data:2\n\ndata:3\n\n",
        {"1", "3"});
    row("wpt bom-2",
        "\xEF\xBB\xBF\xEF\xBB\xBF"
        "data:1\n\ndata:2\n\ndata:3\n\n",
        {"2", "3"});
    row("wpt field-id", "id: \xE2\x80\xA6\nretry:200\ndata:hello\n\n", {"hello#\xE2\x80\xA6"});
    row("wpt field-id-2", "id: 1\ndata: a\n\ndata: b\n\nevent: e\ndata: c\n\n", {"a#1", "b#1", "e=c#1"});
    row("wpt field-id-3", "id: 1\ndata: a\n\nid\ndata: b\n\ndata: c\n\n", {"a#1", "b", "c"});
    row("wpt field-id-null",
        withNul("id: 0\ndata: a\n\nid:\0\0\ndata: b\n\nid: x\0\ndata: c\n\nid:\0x\ndata: d\n\nid: x\0x\n"
                "data: e\n\nid:  \0\ndata: f\n\n"),
        {"a#0", "b#0", "c#0", "d#0", "e#0", "f#0"});
    row("wpt event-data",
        "data:msg\ndata: msg\n\n:\nfalsefield:msg\n\nfalsefield:msg\nData:data\n\ndata\n\ndata:end\n\n",
        {"msg\nmsg", ":", "", "end"});

    // What providers and proxies do.
    row("done without a newline", "data: {}\n\ndata: [DONE]", {"{}", "![DONE]"});
    row("done with one newline", "data: [DONE]\n", {"![DONE]"});
    row("cut inside a field name", "data: a\n\ndat", {"a"});
    row("an event with no data at the end", "event: error", {});
    row("a comment without its end", ": pin", {"!:pin"});
    row("stray json", "{\n  \"error\": {\n    \"code\": 503\n  }\n}\n",
        {"?{", "?  \"error\": {", "?    \"code\": 503", "?  }", "?}"});
    row("a failure under its own field", "data: x\n\nerror: {\"code\":500}\n\nerrors: 1\n",
        {"x", "?error: {\"code\":500}"});
    row("stray array of numbers", "[\n  1,\n  2\n]\ndata: x\n\n", {"?[", "?  1,", "?  2", "?]", "x"});
    row("stray markup", "<html>\n502 Bad Gateway\n</html>\n\nfoo\n",
        {"?<html>", "?502 Bad Gateway", "?</html>"});
    row("a stray line without its end", "data: x\n\n{\"error\":1}", {"x", "!?{\"error\":1}"});
    row("a wrapped comment", "data: : OPENROUTER PROCESSING\n\n", {": OPENROUTER PROCESSING"});
}

void TestSseParser::bytes_giveTheseItems() {
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArrayList, items);
    QCOMPARE(shown(parsed(bytes)), items);
}

void TestSseParser::anyCut_givesTheSameItems() {
    QFETCH(QByteArray, bytes);
    const Saids whole = parsed(bytes);
    std::vector<qsizetype> everywhere;
    for (qsizetype cut = 0; cut <= bytes.size(); ++cut) {
        everywhere.push_back(cut);
        QVERIFY2(parsed(bytes, {cut}) == whole, qPrintable(QStringLiteral("cut at %1").arg(cut)));
    }
    QVERIFY2(parsed(bytes, everywhere) == whole, "byte by byte");
}

void TestSseParser::blocks_knowTheirBytes() {
    const QByteArray bytes = "\xEF\xBB\xBF"
                             "event: a\r\ndata: 1\r\n\r\n\r\n: note\r\ndata: 2\r\n";
    const Saids saids = parsed(bytes);
    QCOMPARE(saids.size(), size_t(3));
    const auto slice = [&](const Said& said) { return bytes.sliced(said.begin, said.end - said.begin); };
    QCOMPARE(slice(saids[0]), "event: a\r\ndata: 1\r\n\r");
    QCOMPARE(slice(saids[1]), ": note\r");
    QCOMPARE(slice(saids[2]), "data: 2\r\n");
}

void TestSseParser::retry_isTakenFromDigitsOnly_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<qint64>("retry"); // -1: none
    QTest::newRow("digits") << QByteArray("retry: 3000\n\n") << qint64(3000);
    QTest::newRow("zero") << QByteArray("retry:0\n") << qint64(0);
    QTest::newRow("leading zeros") << QByteArray("retry: 03000\n") << qint64(3000);
    QTest::newRow("unit") << QByteArray("retry: 3s\n") << qint64(-1);
    QTest::newRow("sign") << QByteArray("retry: -1\n") << qint64(-1);
    QTest::newRow("fraction") << QByteArray("retry: 1.5\n") << qint64(-1);
    QTest::newRow("empty") << QByteArray("retry\nretry:\n") << qint64(-1);
    QTest::newRow("wpt field-retry") << QByteArray("retry:3000\ndata:x\n\n") << qint64(3000);
    QTest::newRow("wpt field-retry-bogus")
        << QByteArray("retry:3000\nretry:1000x\ndata:x\n\n") << qint64(3000);
    QTest::newRow("wpt field-retry-empty") << QByteArray("retry\ndata:test\n\n") << qint64(-1);
    QTest::newRow("too large") << QByteArray("retry: 99999999999999999999\n") << qint64(-1);
    QTest::newRow("bogus keeps the one before") << QByteArray("retry: 5\nretry: x\n") << qint64(5);
    QTest::newRow("at the end of bytes") << QByteArray("retry: 12") << qint64(12);
}

void TestSseParser::retry_isTakenFromDigitsOnly() {
    QFETCH(QByteArray, bytes);
    QFETCH(qint64, retry);
    SseParser parser;
    const auto ignore = [](const SseItem&) {};
    parser.feed(bytes, ignore);
    parser.finish(ignore);
    QCOMPARE(parser.retryMs().value_or(-1), retry);
}

void TestSseParser::aParser_canBeUsedAnewAfterTheEnd() {
    SseParser parser;
    Saids saids;
    parser.feed("\xEF\xBB\xBFid: 4\nretry: 9\nevent: odd\ndata: half", into(saids));
    parser.finish(into(saids));
    QCOMPARE(parser.retryMs(), std::optional<qint64>(9));
    saids.clear();
    parser.feed("\xEF\xBB\xBF"
                "data: new\n\n",
                into(saids));
    parser.finish(into(saids));
    QCOMPARE(shown(saids), QByteArrayList{"new"});
    QCOMPARE(saids.front().begin, 3);
    QVERIFY(!parser.retryMs());
}

void TestSseParser::aLineOfManyMegabytes_isReadInLinearTime() {
    const auto timeFor = [](qsizetype megabytes) {
        const QByteArray piece(16 * 1024, 'x');
        SseParser parser;
        qsizetype size = 0;
        const auto count = [&](const SseItem& item) { size = item.data.size(); };
        QElapsedTimer timer;
        timer.start();
        parser.feed("data: ", count);
        for (qsizetype i = 0; i < megabytes * 64; ++i)
            parser.feed(piece, count);
        parser.feed("\n\n", count);
        parser.finish(count);
        const qint64 took = timer.nsecsElapsed();
        return size == megabytes * 1024 * 1024 ? took : -1;
    };
    const qint64 small = timeFor(4);
    const qint64 large = timeFor(64);
    QVERIFY(small > 0 && large > 0);
    // Sixteen times the bytes; copying the pending line again for every piece would cost 256 times.
    QVERIFY2(large < small * 16 * 6, qPrintable(QStringLiteral("%1 ns, %2 ns").arg(small).arg(large)));
}

void TestSseParser::aMillionEmptyLinesAndComments_areNoBurden() {
    QByteArray bytes;
    for (int i = 0; i < 1'000'000; ++i)
        bytes += i % 2 ? "\n" : ":\r\n";
    qint64 comments = 0;
    SseParser parser;
    const auto count = [&](const SseItem& item) { comments += item.kind == SseItem::Kind::Comment; };
    for (qsizetype at = 0; at < bytes.size(); at += 4096)
        parser.feed(QByteArrayView(bytes).sliced(at, qMin<qsizetype>(4096, bytes.size() - at)), count);
    parser.finish(count);
    QCOMPARE(comments, 500'000);
}

QTEST_GUILESS_MAIN(TestSseParser)
#include "tst_sse_parser.moc"
