// SPDX-License-Identifier: MIT
#include "core/markdown/inline_parser.h"
#include "core/markdown/told_spans.h"

#include <QTest>

using namespace lavascope::markdown;

class TestInlineParser : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void text_becomesRuns_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* text, const char* expected) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(expected);
        };
        row("plain", "plain words", "plain words");
        row("strong", "a **b** c", "a {b b} c");
        row("emphasis", "*a* _b_", "{i a} {i b}");
        row("both", "***a***", "{bi a}");
        row("nested", "**a *b* c**", "{b a }{bi b}{b  c}");
        row("struck", "~~a~~ ~b~", "{s a} {s b}");
        row("names keep their low lines", "snake_case_name", "snake_case_name");
        row("stars that are no emphasis", "2 * 3 * 4", "2 * 3 * 4");
        row("not closed", "**a", "**a");
        row("stars inside a word", "un*frigging*believable", "un{i frigging}believable");
        row("rule of three", "*foo**bar*", "{i foo**bar}");
        row("code", "`a*b*`", "{c a*b*}");
        row("code with backticks", "`` a`b ``", "{c a`b}");
        row("code that is not closed", "`a", "`a");
        row("escaped", "\\*a\\* \\<b>", "*a* <b>");
        row("escaped word character", "\\a", "\\a");
        row("entities", "&lt;b&gt; &amp;amp; &#65; &#x42;", "<b> &amp; A B");
        row("entity without a name", "&nothing; &; &#;", "&nothing; &; &#;");
        row("entity of no character", "&#0;", "\xEF\xBF\xBD");
        row("line break", "a\nb", "a b");
        row("line break that is asked for", "a  \nb\\\nc", "a\nb\nc");
        row("link", "[a](https://x.example)", "{a→https://x.example}");
        row("link with a title", "[a](https://x.example \"t\")", "{a→https://x.example}");
        row("link with parentheses", "[a](https://x/a_(b))", "{a→https://x/a_(b)}");
        row("link in brackets", "[a](<b c>)", "{a→b c}");
        row("styled link", "[**a** b](c)", "{b a→c}{ b→c}");
        row("link in a link", "[a [b](c) d](e)", "[a {b→c} d](e)");
        row("address in a link", "[https://a.example](https://b.example)",
            "{https://a.example→https://b.example}");
        row("brackets alone", "[a] [b", "[a] [b");
        row("address alone", "see https://x.example/a?b=c.",
            "see {https://x.example/a?b=c→https://x.example/a?b=c}.");
        row("address in parentheses", "(https://x.example)", "({https://x.example→https://x.example})");
        row("address in bold", "**https://x.example**", "{b https://x.example→https://x.example}");
        row("address in brackets", "<mailto:a@b>", "{mailto:a@b→mailto:a@b}");
        row("address inside a word", "xhttps://a.example", "xhttps://a.example");
    }
    void text_becomesRuns() {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(told(parseInline(text)), expected);
    }

    void whatIsHostile_isTextOrAnAddressToBeSeen_data() {
        text_becomesRuns_data_of({
            {"<img src=file:///etc/passwd>", "<img src=file:///etc/passwd>"},
            {"<b>x</b> <!-- y --> <script>z</script>", "<b>x</b> <!-- y --> <script>z</script>"},
            {"<a href=\"https://x.example\">x</a>",
             "<a href=\"{https://x.example→https://x.example}\">x</a>"},
            {"![x](file:///etc/passwd)", "{picture x→file:///etc/passwd}"},
            {"![](data:image/png;base64,AA==)", "{picture →data:image/png;base64,AA==}"},
            {"![a **b** [c](d)](http://x.example/p.png)", "{picture a b c→http://x.example/p.png}"},
            {"[![a](http://x.example/p.png)](javascript:alert(1))",
             "{picture a→http://x.example/p.png}{javascript:alert(1)→javascript:alert(1)}"},
            {"[a](javascript:alert(1))", "{a→javascript:alert(1)}"},
            {"[a](&#106;avascript:b)", "{a→javascript:b}"},
            {"<javascript:a>", "{javascript:a→javascript:a}"},
            {"`<b>` &lt;b&gt; \\<b>", "{c <b>} <b> <b>"},
        });
    }
    void whatIsHostile_isTextOrAnAddressToBeSeen() { text_becomesRuns(); }

    void referenceThatIsKnown_isALink() {
        const References references{{QStringLiteral("one two"), QStringLiteral("https://x.example")}};
        const auto read = [&](const char* text) {
            return told(parseInline(QString::fromUtf8(text), references));
        };
        QCOMPARE(read("[a][One  Two]"), QStringLiteral("{a→https://x.example}"));
        QCOMPARE(read("[one two]"), QStringLiteral("{one two→https://x.example}"));
        QCOMPARE(read("[one two][]"), QStringLiteral("{one two→https://x.example}"));
        QCOMPARE(read("![one two]"), QStringLiteral("{picture one two→https://x.example}"));
        QCOMPARE(read("[a][other]"), QStringLiteral("[a][other]"));
    }

    // Each made other readers take time with the square of the length; the pieces are as long as they get.
    void textMadeToBeSlow_isReadAtOnce_data() {
        QTest::addColumn<QString>("text");
        const auto row = [](const char* name, const char* part) {
            const QString text = QString::fromLatin1(part);
            QTest::newRow(name) << text.repeated(4000 / text.size());
        };
        row("open brackets", "[");
        row("open links", "[a](");
        row("open pictures", "![");
        row("emphasis", "*a _b ");
        row("nested emphasis", "*a **a ");
        row("entities", "&amp;");
        row("addresses", "<a:");
        row("bare addresses", "http://)");
        row("parentheses", "[a](((((");
        QString ticks;
        for (int i = 1; i < 89; ++i)
            ticks += QLatin1Char('e') + QString(i, QLatin1Char('`'));
        QTest::newRow("backticks") << ticks;
    }
    void textMadeToBeSlow_isReadAtOnce() {
        QFETCH(QString, text);
        QElapsedTimer clock;
        clock.start();
        constexpr int rounds = 20;
        for (int i = 0; i < rounds; ++i)
            QVERIFY(!parseInline(text).empty());
        // Sanitizers and other tests at the same time slow it down; what is quadratic without bounds takes
        // seconds.
        QVERIFY2(clock.elapsed() / rounds < 250, qPrintable(QString::number(clock.elapsed() / rounds)));
    }

private:
    static void text_becomesRuns_data_of(const std::vector<std::pair<const char*, const char*>>& rows) {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        for (const auto& [text, expected] : rows)
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(expected);
    }
};

QTEST_APPLESS_MAIN(TestInlineParser)
#include "tst_inline_parser.moc"
