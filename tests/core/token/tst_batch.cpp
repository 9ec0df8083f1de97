// SPDX-License-Identifier: MIT
#include "core/token/batch_summary.h"

#include <QStringEncoder>
#include <QTest>

using namespace lavascope;

namespace {

QByteArray tokenOf(const char* json) {
    return QByteArray(json).toBase64();
}

const QByteArray customer =
    tokenOf(R"({"secret_key":"aks_live_CANARYone","customer_id":"c1","meter_slug":"m"})");
const QByteArray merchant = tokenOf(R"({"secret_key":"aks_test_CANARYtwo"})");

/// A token whose base64 fills lines of 76 characters.
const QByteArray full = tokenOf(
    R"({"secret_key":"aks_live_CANARYfull","customer_id":"customer_of_shop","meter_slug":"meter_for_customers_of_ours_1"})");

QByteArray wrapped(const QByteArray& token, qsizetype width = 76) {
    QByteArray lines;
    for (qsizetype at = 0; at < token.size(); at += width)
        lines += token.mid(at, width) + '\n';
    return lines;
}

QByteArray utf16(const QString& text, QStringConverter::Encoding encoding) {
    QStringEncoder encode(encoding);
    return encode(text);
}

/// `line kind usable label` of every credential found.
QStringList foundIn(BatchReader& reader) {
    QStringList found;
    while (const std::optional<BatchItem> item = reader.next())
        found.append(QStringLiteral("%1 %2 %3 %4")
                         .arg(item->line)
                         .arg(QLatin1String(kindName(item->report.kind)))
                         .arg(item->report.usable ? 1 : 0)
                         .arg(item->label)
                         .trimmed());
    return found;
}

} // namespace

class TestBatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyCredential_isFound_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("form");
        QTest::addColumn<QString>("found");
        QTest::addColumn<qint64>("linesWithout");
        using Form = BatchReader::Form;
        const auto row = [](const char* name, const QByteArray& text, Form form, const char* found,
                            qint64 linesWithout = 0) {
            QTest::newRow(name) << text << int(form) << QString::fromLatin1(found) << linesWithout;
        };
        row("nothing", "", Form::Text, "");
        row("blank lines", "\n \r\n\n", Form::Text, "");
        row("one", customer, Form::Text, "1 forward_token 1");
        row("a list", customer + "\r\n\n" + merchant + "\nBearer " + customer + "\n", Form::Text,
            "1 forward_token 1|3 forward_token 1|4 forward_token 1");
        row("a list with a broken one", customer + "\nhello\n" + merchant, Form::Text,
            "1 forward_token 1|2 unknown 0|3 forward_token 1");
        row("a list with remarks", "# my tokens\n" + customer, Form::Text, "2 forward_token 1", 1);
        row("a list with a title", "forward_token\n" + customer + "\n" + merchant + "\n", Form::Text,
            "2 forward_token 1|3 forward_token 1", 1);
        row("two wrapped tokens", wrapped(customer) + wrapped(customer), Form::Text,
            "1 forward_token 1|3 forward_token 1");
        row("wrapped tokens with CR LF and blank lines",
            QByteArray(wrapped(customer) + "\n" + wrapped(merchant, 20) + "\n" + wrapped(customer, 64))
                .replace("\n", "\r\n"),
            Form::Text, "1 forward_token 1|4 forward_token 1|8 forward_token 1");
        row("a wrapped token whose last line is full, and another",
            wrapped(full, 76) + wrapped(customer) + "\n", Form::Text, "1 forward_token 1|3 forward_token 1");
        row("a whole token and a word that could go on", customer + "\nhello\n", Form::Text,
            "1 forward_token 1|2 unknown 0");
        row("a cut token and a word that does not go on", customer.first(76) + "\nhello!\n", Form::Text,
            "1 forward_token 0|2 unknown 0");
        row("a wrapped token alone", customer.first(76) + "\n" + customer.sliced(76) + "\n", Form::Text,
            "1 forward_token 1");
        row(".env",
            "# keys\nA=" + customer + "\nexport B='" + merchant + "'\nOPENAI=sk-proj-abcdefghijklmn\n",
            Form::Text, "2 forward_token 1|3 forward_token 1|4 provider_key 0", 1);
        row(".env with other settings",
            "PORT=8080\nA=1\nexport HOST='localhost'\nEMPTY=\nAPI_URL=https://a.example/x\nLAVA=" + customer +
                "\nLAVA_TOKEN=oops\n",
            Form::Text, "6 forward_token 1|7 unknown 0", 5);
        row("JSON over many lines",
            "[\n  {\n    \"name\": \"Ada\",\n    \"count\": 3,\n    \"token\": \"" + customer +
                "\"\n  },\n  {\n    \"token\": \"oops\",\n    \"key\": null\n  }\n]\n",
            Form::Text, "5 forward_token 1|8 unknown 0", 9);
        row("broken base64 with padding", "abcdefgh12==\n" + customer, Form::Text,
            "1 unknown 0|2 forward_token 1");
        row("CSV in UTF-16, little end first",
            utf16(QStringLiteral("\uFEFFname,token\r\n\u00C4da,") + QString::fromLatin1(customer) +
                      QStringLiteral("\r\nBob,") + QString::fromLatin1(merchant) + QStringLiteral("\r\n"),
                  QStringConverter::Utf16LE),
            Form::Table,
            "2 forward_token 1 \xC4"
            "da|3 forward_token 1 Bob");
        row("a list in UTF-16, big end first",
            utf16(QStringLiteral("\uFEFF") + QString::fromLatin1(customer + '\n' + merchant),
                  QStringConverter::Utf16BE),
            Form::Text, "1 forward_token 1|2 forward_token 1");
        row("a log",
            "12:00 started, all is well here\n12:01 auth=\"Bearer " + customer +
                "\" 401, retry\n12:02 two: aks_live_abcdefghijkl and " + merchant + " seen\n",
            Form::Text, "2 forward_token 1|3 secret_key 1|3 forward_token 1", 1);
        row("CSV", "name,token,plan\nAda," + customer + ",pro\nBob," + merchant + ",free\nEve,,free\n",
            Form::Table, "2 forward_token 1 Ada|3 forward_token 1 Bob", 1);
        row("CSV without titles", "Ada;" + customer + "\nBob;" + merchant + "\n", Form::Table,
            "1 forward_token 1 Ada|2 forward_token 1 Bob");
        row("CSV with quotes",
            "name\ttoken\n\"Ada \"\"A\"\" L\"\t\"" + customer + "\"\n\"Bob\nB\"\t\"" + merchant.first(20) +
                "\n" + merchant.sliced(20) + "\"\n",
            Form::Table, "2 forward_token 1 Ada \"A\" L|3 forward_token 1 Bob B");
        row("CSV with a broken one", "id,token\n1," + customer + "\n2,oops\n", Form::Table,
            "2 forward_token 1 1|3 unknown 0 2");
        row("CSV with a key beside it", "key,token\naks_test_abcdefghijkl," + customer + "\n", Form::Table,
            "2 secret_key 1|2 forward_token 1");
        row("JSON Lines",
            "{\"user\":\"a\",\"auth\":{\"token\":\"" + customer +
                "\"}}\n{\"user\":\"b\"}\nbroken {\n{\"t\":\"Bearer " + merchant + "\"}\n",
            Form::JsonLines, "1 forward_token 1 auth.token|3 unknown 0|4 forward_token 1 t", 1);
        row("JSON Lines of tokens not encoded",
            "{\"secret_key\":\"aks_test_abcdefghijkl\"}\n{\"secret_key\":\"aks_test_abcdefghijkm\"}\n",
            Form::JsonLines, "1 forward_token 0|2 forward_token 0");
        row("byte order mark", "\xEF\xBB\xBF" + customer + "\n", Form::Text, "1 forward_token 1");
        row("NUL and bytes that are no text", QByteArray("\0\xFF\xFE\n", 4) + customer, Form::Text,
            "1 unknown 0|2 forward_token 1");
    }
    void everyCredential_isFound() {
        QFETCH(QByteArray, text);
        QFETCH(int, form);
        QFETCH(QString, found);
        QFETCH(qint64, linesWithout);
        BatchReader reader(text);
        QCOMPARE(foundIn(reader).join(QLatin1Char('|')), found);
        QCOMPARE(int(reader.form()), form);
        QCOMPARE(reader.linesWithout(), linesWithout);
        QVERIFY(!reader.next().has_value());
    }

    // A window must get its turn also where nothing is found.
    void textWithoutCredentials_isReadLineByLine() {
        BatchReader reader(QByteArray("nothing to be found in this line\n").repeated(1000));
        int steps = 0;
        qsizetype position = 0;
        while (reader.readSome()) {
            QVERIFY(reader.position() > position && reader.position() - position < 100);
            position = reader.position();
            ++steps;
        }
        QCOMPARE(steps, 1000);
        QCOMPARE(reader.linesWithout(), 1000);
        QVERIFY(reader.take().empty());
    }

    void hugeJsonLine_isNotScanned() {
        const QByteArray line = "{\"a\":[" + QByteArray("1,").repeated(3'000'000) + "1]}";
        BatchReader reader("{\"t\":\"" + merchant + "\"}\n" + line + "\n");
        QCOMPARE(foundIn(reader).size(), 2); // the second as the word that it is
    }

    void label_thatIsACredential_isMasked() {
        BatchReader reader("a,b\nxx aks_live_CANARYcanary," + merchant + "\nyy," + merchant + "\n");
        while (const std::optional<BatchItem> item = reader.next())
            QVERIFY(!item->label.contains(QStringLiteral("CANARY")));
    }

    void summary_countsWhatIsThere() {
        BatchReader reader(customer + "\n" + customer + "\n" + merchant + "\nhello\n" + merchant.chopped(5) +
                           "\n" +
                           tokenOf(R"({"secret_key":"aks_live_z","customer_id":"c2","meter_slug":"m"})"));
        BatchSummary summary;
        while (const std::optional<BatchItem> item = reader.next())
            summary.add(item->report);
        QCOMPARE(summary.total(), 6);
        QCOMPARE(summary.usable(), 4);
        QCOMPARE(summary.broken(), 2);
        QCOMPARE(summary.live(), 3);
        QCOMPARE(summary.test(), 1); // a cut key has no mode
        const std::vector<BatchCount> customers = summary.customers();
        QCOMPARE(customers.size(), size_t(2));
        QCOMPARE(customers.front().name, QStringLiteral("c1"));
        QCOMPARE(customers.front().count, 2);
        qint64 reasons = 0;
        for (const BatchCount& reason : summary.reasons()) {
            reasons += reason.count;
            QVERIFY(!summary.sentenceOf(reason.name).isEmpty());
        }
        QCOMPARE(reasons, 2);
        QCOMPARE(summary.headline(),
                 QStringLiteral("6 credentials: 3 live, 1 test, 2 neither; 2 not usable."));
    }

    void summaryOfNothing_saysThatNoneWasFound() {
        QCOMPARE(BatchSummary().headline(), QStringLiteral("No credential was found."));
    }

    void csv_holdsNoSecretAndNoFormula_data() {
        QTest::addColumn<QByteArray>("label");
        QTest::newRow("equals") << QByteArray("=cmd|' /C calc'!A0");
        QTest::newRow("plus") << QByteArray("+1");
        QTest::newRow("minus") << QByteArray("-1");
        QTest::newRow("at") << QByteArray("@x");
        QTest::newRow("quotes") << QByteArray("a\"b,c");
        QTest::newRow("bidi") << QByteArray("a\xE2\x80\xAE"
                                            "b");
    }
    void csv_holdsNoSecretAndNoFormula() {
        QFETCH(QByteArray, label);
        QByteArray quoted = label;
        quoted.replace("\"", "\"\"");
        const QByteArray token = tokenOf(
            R"({"secret_key":"aks_live_CANARYcanary","customer_id":"=HYPERLINK 1","meter_slug":"@m"})");
        BatchReader reader("label,token\n\"" + quoted + "\"," + token + "\nb," + merchant + "\n");
        const std::optional<BatchItem> item = reader.next();
        QVERIFY(item.has_value());
        const QByteArray csv = batchCsvTitles() + batchCsvRecord(*item);
        QVERIFY2(!csv.contains("CANARY"), csv.constData());
        CsvReader back(csv, ',');
        const std::optional<CsvRecord> titles = back.next();
        const std::optional<CsvRecord> record = back.next();
        QVERIFY(titles && record && !back.next());
        QCOMPARE(record->cells.size(), titles->cells.size());
        for (const CsvCell& cell : record->cells)
            QVERIFY2(cell.text.isEmpty() || !QByteArray("=+-@\t\r").contains(cell.text.front()),
                     cell.text.constData());
        QVERIFY(!csv.contains("\xE2\x80\xAE"));
    }

    void csvReader_readsWhatProgramsWrite_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("cells");
        const auto row = [](const char* name, const QByteArray& text, const char* cells) {
            QTest::newRow(name) << text << QString::fromLatin1(cells);
        };
        row("plain", "a,b\nc,d", "a|b/c|d");
        row("CR LF", "a,b\r\nc,d\r\n", "a|b/c|d");
        row("empty cells", ",\n,,", "|/||");
        row("quoted", "\"a,\"\"b\"\"\",c", "a,\"b\"|c");
        row("quoted over lines", "\"a\nb\",c\nd,e", "a\nb|c/d|e");
        row("never closed", "\"a,b\nc", "a,b\nc");
        row("text behind the quotes", "\"a\"b,c", "ab|c");
        row("quote inside", "a\"b,c", "a\"b|c");
        row("blank lines", "\n\na\n\n\nb\n", "a/b");
    }
    void csvReader_readsWhatProgramsWrite() {
        QFETCH(QByteArray, text);
        QFETCH(QString, cells);
        QStringList records;
        CsvReader reader(text, ',');
        while (const std::optional<CsvRecord> record = reader.next()) {
            QStringList texts;
            for (const CsvCell& cell : record->cells)
                texts.append(QString::fromUtf8(cell.text));
            records.append(texts.join(QLatin1Char('|')));
        }
        QCOMPARE(records.join(QLatin1Char('/')), cells);
        QCOMPARE(reader.position(), text.size());
    }
};

QTEST_GUILESS_MAIN(TestBatch)
#include "tst_batch.moc"
