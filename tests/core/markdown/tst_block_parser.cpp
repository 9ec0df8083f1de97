// SPDX-License-Identifier: MIT
#include "core/markdown/block_parser.h"
#include "core/markdown/line_start.h"
#include "core/markdown/told_spans.h"

#include <QRandomGenerator>
#include <QTest>

using namespace lavascope::markdown;

namespace {

std::vector<Block> read(const QString& text) {
    BlockParser parser(referencesIn(text));
    parser.take(text);
    parser.finish();
    return parser.takeFinished();
}

QString told(const Block& block) {
    QString text = QString(block.quotes, QLatin1Char('>')) + QString(block.lists, QLatin1Char('-'));
    if (!text.isEmpty() || !block.marker.isEmpty())
        text += block.marker + QLatin1Char(' ');
    if (block.goesOn)
        text += QLatin1Char('+');
    switch (block.kind) {
    case Block::Kind::Heading:
        text += QStringLiteral("h%1 ").arg(block.level);
        break;
    case Block::Kind::Code:
        text += QStringLiteral("code ") + block.language +
                (block.language.isEmpty() ? QString() : QStringLiteral(": ")) +
                (block.spans.empty() ? QString() : block.spans[0].text);
        return text;
    case Block::Kind::Rule:
        return text + QStringLiteral("rule");
    case Block::Kind::Table:
        text += QStringLiteral("table");
        for (const std::vector<Spans>& row : block.rows) {
            text += QStringLiteral(" /");
            for (const Spans& cell : row)
                text += QStringLiteral(" (%1)").arg(told(cell));
        }
        return text;
    case Block::Kind::Paragraph:
        break;
    }
    return text + told(block.spans);
}

QString toldBlocks(const std::vector<Block>& blocks) {
    QStringList lines;
    for (const Block& block : blocks)
        lines += told(block);
    return lines.join(QLatin1Char('\n'));
}

const QString everything = QStringLiteral(
    "# Head\n\nSome **bold** text\nover two lines.\n\n* one\n* two\n  1. deep\n  2. deeper\n\n     still "
    "two\n\n"
    "> quote\nlazy\n\n```cpp\nint x;\n\n  y\n```\n\n    old code\n\n    more\n\n| a | b |\n|:-:|--:|\n| 1 | "
    "2 |\n\n"
    "- [ ] todo\n- [x] done\n\nTitle\n===\n\n---\n[a][r]\n\n[r]: https://x.example\n\n\t\ttabbed\n🌊 end");

} // namespace

class TestBlockParser : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void text_becomesBlocks_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* text, const char* expected) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(expected);
        };
        row("nothing", "", "");
        row("blank lines", "\n \n\t\n", "");
        row("paragraphs", "a\nb\n\nc", "a b\nc");
        row("carriage returns", "a\r\n\r\n- b\r\n", "a\n-• b");
        row("headings", "# a\n###### b ##\n#c\n####### d", "h1 a\nh6 b\n#c ####### d");
        row("heading ends a paragraph", "a\n## b", "a\nh2 b");
        row("underlined headings", "a\n===\nb *c*\n---", "h1 a\nh2 b {i c}");
        row("rules", "***\n- - -\n___", "rule\nrule\nrule");
        row("list", "- a\n- b", "-• a\n-• b");
        row("list after a paragraph", "a\n- b", "a\n-• b");
        row("list with its text below", "- a\n  b\n\n  c", "-• a b\n- c");
        row("nested lists", "- a\n  - b\n    - c\n- d", "-• a\n--• b\n---• c\n-• d");
        row("list in a list at once", "- - a", "-• \n--• a");
        row("empty item", "-\n- b", "-• \n-• b");
        row("numbers count on", "1. a\n1. b\n7. c", "-1. a\n-2. b\n-3. c");
        row("numbers begin where they say", "3) a\n4) b", "-3) a\n-4) b");
        row("another sign is another list", "1. a\n1) b", "-1. a\n-1) b");
        row("year is no list", "It was\n1986. A good year", "It was 1986. A good year");
        row("list goes on after another one inside", "1. a\n   - b\n2. c", "-1. a\n--• b\n-2. c");
        row("tasks", "- [ ] a\n- [x] b\n- [y] c", "-☐ a\n-☑ b\n-• [y] c");
        row("quotes", "> a\n> b\n>> c", "> a b\n>> c");
        row("lazy quote", "> a\nb\n\nc", "> a b\nc");
        row("list in a quote", "> - a\n> - b", ">-• a\n>-• b");
        row("code", "```py\na\n\n  b\n```\nc", "code py: a\n+code \n+code   b\nc");
        row("code without a line", "```py\n```", "code py: ");
        row("code with tildes", "~~~\n```\n~~~", "code ```");
        row("code that is not closed", "```\na", "code a");
        row("code in a list", "- a\n  ```\n  b\n  ```", "-• a\n- code b");
        row("code ends with its list", "- ```\n  a\nb", "-• code a\nb");
        row("code by indent", "    a\n\n    b\nc", "code a\n+code \n+code b\nc");
        row("code by indent in no paragraph", "a\n    b", "a b");
        row("markup in code", "```\n**a** <b>\n```", "code **a** <b>");
        row("table", "| a | b |\n|---|:-:|\n| 1 | **2** |", "table / (a) (b) / (1) ({b 2})");
        row("table without edges", "a|b\n-|-\n1|2\n\nc", "table / (a) (b) / (1) (2)\nc");
        row("table with missing and more cells", "|a|b|\n|-|-|\n|1|\n|1|2|3|",
            "table / (a) (b) / (1) () / (1) (2 | 3)");
        row("table with an escaped sign", "|a|\n|-|\n|`x\\|y`|", "table / (a) / ({c x|y})");
        row("table after text", "x\n|a|\n|-|", "x\ntable / (a)");
        row("no table", "|a|b|\n|-|", "|a|b| |-|");
        row("html is text", "<div>\n<b>x</b>\n</div>", "<div> <b>x</b> </div>");
        row("references", "[a][b]\n\n[b]: <https://x.example> \"t\"",
            "{a→https://x.example}\n{b→https://x.example}: {https://x.example→https://x.example} \"t\"");
    }
    void text_becomesBlocks() {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(toldBlocks(read(text)), expected);
    }

    void textCutAnywhere_becomesTheSameBlocks() {
        const QString whole = toldBlocks(read(everything));
        for (qsizetype cut = 0; cut <= everything.size(); ++cut) {
            BlockParser parser(referencesIn(everything));
            parser.take(QStringView(everything).first(cut));
            const std::vector<Block> first = parser.takeFinished();
            static_cast<void>(parser.unfinished());
            parser.take(QStringView(everything).sliced(cut));
            parser.finish();
            std::vector<Block> all = first;
            for (Block& block : parser.takeFinished())
                all.push_back(std::move(block));
            QCOMPARE(toldBlocks(all), whole);
        }
    }

    void whatIsFinished_andWhatIsNot_areTheWholeText() {
        for (qsizetype size = 0; size <= everything.size(); ++size) {
            const QString beginning = everything.first(size);
            BlockParser parser(referencesIn(beginning));
            parser.take(beginning);
            std::vector<Block> all = parser.takeFinished();
            for (Block& block : parser.unfinished())
                all.push_back(std::move(block));
            QCOMPARE(toldBlocks(all), toldBlocks(read(beginning)));
        }
    }

    void endlessNesting_isTextFromSomeDepthOn() {
        for (const char* sign : {"> ", "- ", "1. ", ">- "}) {
            const std::vector<Block> blocks =
                read(QString::fromLatin1(sign).repeated(10'000) + QStringLiteral("x"));
            QVERIFY(!blocks.empty());
            for (const Block& block : blocks)
                QVERIFY(block.quotes + block.lists <= 16);
            QVERIFY(told(blocks.back()).endsWith(QLatin1Char('x')));
        }
    }

    void endlessLine_isCutIntoPieces() {
        const QString line = QStringLiteral("🌊").repeated(500'000);
        for (const QString& begin :
             {QString(), QStringLiteral("```\n"), QStringLiteral("- "), QStringLiteral("# ")}) {
            const std::vector<Block> blocks = read(begin + line);
            QString text;
            for (const Block& block : blocks) {
                QVERIFY(block.spans.size() == 1 && block.spans[0].text.size() <= 4000);
                text += block.spans[0].text;
            }
            QCOMPARE(text, line);
        }
    }

    void endlessParagraph_goesOnInAnotherBlock() {
        const std::vector<Block> blocks = read(QStringLiteral("some words\n").repeated(1000));
        QVERIFY(blocks.size() >= 3);
        for (size_t i = 0; i < blocks.size(); ++i)
            QCOMPARE(blocks[i].goesOn, i > 0);
    }

    void endlessTable_goesOnInAnotherOne() {
        const std::vector<Block> blocks =
            read(QStringLiteral("|a|\n|-|\n") + QStringLiteral("|1|\n").repeated(250));
        QCOMPARE(blocks.size(), size_t(3));
        QCOMPARE(blocks[0].rows.size() + blocks[1].rows.size() + blocks[2].rows.size(), size_t(251));
        QVERIFY(!blocks[0].goesOn && blocks[1].goesOn && blocks[2].goesOn);
        QCOMPARE(toldBlocks(read(QStringLiteral("|a").repeated(50) + QStringLiteral("\n") +
                                 QStringLiteral("|-").repeated(50)))
                     .left(4),
                 QStringLiteral("|a|a"));
    }

    // None may crash it, lose a word, or depend on how it was cut.
    void anyMixture_isReadTheSameAtAnyCut() {
        const QStringList parts{QStringLiteral("- "),   QStringLiteral("> "),   QStringLiteral("```"),
                                QStringLiteral("\n"),   QStringLiteral("\n\n"), QStringLiteral("    "),
                                QStringLiteral("|"),    QStringLiteral("|-|"),  QStringLiteral("**"),
                                QStringLiteral("`"),    QStringLiteral("[a]("), QStringLiteral(")"),
                                QStringLiteral("word"), QStringLiteral("\t"),   QStringLiteral("1. "),
                                QStringLiteral("==="),  QStringLiteral("<b>"),  QStringLiteral("&lt;"),
                                QStringLiteral("\\"),   QStringLiteral("#"),    QStringLiteral("~~")};
        QRandomGenerator random(4);
        for (int round = 0; round < 3000; ++round) {
            QString text;
            const int length = random.bounded(1, 40);
            for (int i = 0; i < length; ++i)
                text += parts[random.bounded(parts.size())];
            BlockParser parser(referencesIn(text));
            for (QChar c : text) {
                parser.take(QStringView(&c, 1));
                static_cast<void>(parser.unfinished());
            }
            parser.finish();
            QCOMPARE(toldBlocks(parser.takeFinished()), toldBlocks(read(text)));
            QCOMPARE(toldBlocks(read(text)).count(QStringLiteral("word")),
                     text.count(QStringLiteral("word")));
        }
    }
};

QTEST_APPLESS_MAIN(TestBlockParser)
#include "tst_block_parser.moc"
