// SPDX-License-Identifier: MIT
#include "core/stream/reading.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <numeric>
#include <random>

using namespace lavascope;

namespace {

struct Fixture {
    test::Answer answer;
    QJsonObject expected;
};

const QString expectSuffix = QStringLiteral(".expect.json");

QDir fixtureFolder() {
    return QDir(QStringLiteral(LAVASCOPE_SOURCE_DIR "/tests/fixtures/streams"));
}

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The body stands beside the expectation, under the same name with whatever suffix.
QString bodyPath(const QString& expectPath) {
    const QFileInfo info(expectPath);
    const QString base = info.fileName().chopped(expectSuffix.size());
    for (const QFileInfo& entry : info.dir().entryInfoList({base + QStringLiteral(".*")}, QDir::Files))
        if (entry.completeBaseName() == base)
            return entry.filePath();
    return {};
}

Fixture load(const QString& name) {
    const QString path = fixtureFolder().filePath(name + expectSuffix);
    const QJsonObject about = QJsonDocument::fromJson(contentOf(path)).object();
    Fixture fixture;
    fixture.answer.body = contentOf(bodyPath(path));
    fixture.answer.contentType = about[QStringLiteral("content_type")].toString().toUtf8();
    fixture.answer.hints.url = about[QStringLiteral("url")].toString().toUtf8();
    fixture.answer.hints.forcedDialect = about[QStringLiteral("forced")].toString();
    if (about.contains(QStringLiteral("stream_asked")))
        fixture.answer.hints.streamAsked = about[QStringLiteral("stream_asked")].toBool();
    fixture.answer.status = about[QStringLiteral("status")].toInt(200);
    const QString ending = about[QStringLiteral("ending")].toString(QStringLiteral("finished"));
    fixture.answer.end = endReasonByName(ending.toUtf8()).value();
    fixture.expected = about[QStringLiteral("transcript")].toObject();
    return fixture;
}

template <typename T>
QJsonValue orNull(const std::optional<T>& value) {
    return value ? QJsonValue(*value) : QJsonValue();
}

QJsonArray toolCallsOf(const Choice& choice) {
    QJsonArray calls;
    for (const ToolCall& call : choice.toolCalls)
        calls.append(QJsonObject{{QStringLiteral("id"), call.id},
                                 {QStringLiteral("name"), call.name},
                                 {QStringLiteral("arguments"), call.arguments}});
    return calls;
}

QJsonArray citationsOf(const Choice& choice) {
    QJsonArray citations;
    for (const Citation& citation : choice.citations)
        citations.append(QJsonArray{citation.title, citation.url, citation.quote});
    return citations;
}

QJsonArray mediaOf(const Choice& choice) {
    QJsonArray media;
    for (const Media& one : choice.media)
        media.append(QJsonArray{one.type, QString::fromLatin1(one.bytes.toBase64())});
    return media;
}

QJsonValue errorOf(const Transcript& read) {
    if (!read.error)
        return {};
    return QJsonObject{{QStringLiteral("type"), read.error->type},
                       {QStringLiteral("code"), read.error->code},
                       {QStringLiteral("message"), read.error->message},
                       {QStringLiteral("effective_status"), orNull(read.error->effectiveStatus)}};
}

QJsonArray choicesOf(const Transcript& read) {
    QJsonArray texts;
    for (const Choice& choice : read.choices)
        texts.append(choice.text);
    return texts;
}

QJsonArray namesOf(const StreamReader& reader) {
    QJsonArray names;
    for (qsizetype i = 0; i < reader.eventCount(); ++i)
        names.append(reader.event(i).name);
    return names;
}

/// Everything that an expectation may name.
QJsonObject described(const StreamReader& reader) {
    const Transcript& read = reader.transcript();
    const Choice& first = read.first();
    const QJsonObject usage{{QStringLiteral("input_tokens"), orNull(read.usage.inputTokens)},
                            {QStringLiteral("output_tokens"), orNull(read.usage.outputTokens)},
                            {QStringLiteral("total_tokens"), orNull(read.usage.totalTokens)},
                            {QStringLiteral("cached_input_tokens"), orNull(read.usage.cachedInputTokens)},
                            {QStringLiteral("reasoning_tokens"), orNull(read.usage.reasoningTokens)}};
    return {{QStringLiteral("dialect"), read.dialect},
            {QStringLiteral("verdict"), QString::fromLatin1(verdictName(read.verdict.value()))},
            {QStringLiteral("text"), first.text},
            {QStringLiteral("reasoning"), first.reasoning},
            {QStringLiteral("refusal"), first.refusal},
            {QStringLiteral("tool_calls"), toolCallsOf(first)},
            {QStringLiteral("citations"), citationsOf(first)},
            {QStringLiteral("media"), mediaOf(first)},
            {QStringLiteral("stop_reason"), first.stopReason},
            {QStringLiteral("choices"), choicesOf(read)},
            {QStringLiteral("usage"), usage},
            {QStringLiteral("model"), read.model},
            {QStringLiteral("response_id"), read.responseId},
            {QStringLiteral("error"), errorOf(read)},
            {QStringLiteral("events"), read.events},
            {QStringLiteral("comments"), read.comments},
            {QStringLiteral("malformed"), read.malformed},
            {QStringLiteral("end_signal"), read.endSignalSeen},
            {QStringLiteral("notes"), QJsonArray::fromStringList(read.notes)},
            {QStringLiteral("names"), namesOf(reader)}};
}

QByteArray written(const QJsonValue& value) {
    return QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
}

/// Which byte, counted from 0, each moment of a reading waited for: it was read byte by byte.
class Moments {
public:
    Moments(const StreamReader& byteByByte, const std::vector<qsizetype>& cuts)
        : m_reading(byteByByte)
        , m_cuts(cuts) {}

    /// What is wrong with another reading of the same bytes; empty if nothing is.
    [[nodiscard]] QString faultOf(const StreamReader& other) const;

private:
    using Time = std::chrono::microseconds;

    /// The arrival of the piece that holds the byte which arrived then.
    [[nodiscard]] Time mapped(Time byteByByte) const {
        const auto byte = qsizetype((byteByByte - test::arrivalOf(0)).count());
        const auto piece = std::upper_bound(m_cuts.begin(), m_cuts.end(), byte) - m_cuts.begin();
        return test::arrivalOf(piece);
    }
    [[nodiscard]] std::optional<Time> mapped(const std::optional<Time>& byteByByte) const {
        return byteByByte ? std::optional(mapped(*byteByByte)) : std::nullopt;
    }
    [[nodiscard]] QString faultOfEvents(const StreamReader& other) const;

    const StreamReader& m_reading;
    const std::vector<qsizetype>& m_cuts;
};

QString Moments::faultOf(const StreamReader& other) const {
    if (other.transcript() != m_reading.transcript())
        return QStringLiteral("another transcript");
    const Timeline& ours = m_reading.timeline();
    const Timeline& theirs = other.timeline();
    if (theirs.bytes != ours.bytes || theirs.firstByte != mapped(ours.firstByte))
        return QStringLiteral("other bytes");
    if (theirs.firstEvent != mapped(ours.firstEvent) || theirs.firstText != mapped(ours.firstText))
        return QStringLiteral("another first event or text");
    return faultOfEvents(other);
}

QString Moments::faultOfEvents(const StreamReader& other) const {
    if (other.eventCount() != m_reading.eventCount())
        return QStringLiteral("another number of events");
    Time before{0};
    for (qsizetype i = 0; i < other.eventCount(); ++i) {
        const StreamEvent ours = m_reading.event(i);
        const StreamEvent theirs = other.event(i);
        if (theirs.kind != ours.kind || theirs.name != ours.name || theirs.data != ours.data ||
            theirs.terminated != ours.terminated || theirs.malformed != ours.malformed)
            return QStringLiteral("event %1 differs").arg(i);
        if (theirs.at != mapped(ours.at) || theirs.gap != (i == 0 ? Time(0) : theirs.at - before))
            return QStringLiteral("event %1 has another time").arg(i);
        before = theirs.at;
    }
    return {};
}

} // namespace

/// Reads every stored answer and compares it with what is written beside it; then again, cut everywhere.
class TestStreamFixtures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fixture_readsAsWrittenBesideIt_data();
    void fixture_readsAsWrittenBesideIt();
    void fixture_readsTheSameAtAnyCut_data() { fixture_readsAsWrittenBesideIt_data(); }
    void fixture_readsTheSameAtAnyCut();
};

void TestStreamFixtures::fixture_readsAsWrittenBesideIt_data() {
    QTest::addColumn<QString>("name");
    const QDir folder = fixtureFolder();
    QStringList names;
    QDirIterator files(folder.path(), {QLatin1Char('*') + expectSuffix}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext())
        names.append(folder.relativeFilePath(files.next()).chopped(expectSuffix.size()));
    names.sort();
    QVERIFY(!names.isEmpty());
    for (const QString& name : names)
        QTest::newRow(qPrintable(name)) << name;
}

void TestStreamFixtures::fixture_readsAsWrittenBesideIt() {
    QFETCH(QString, name);
    const Fixture fixture = load(name);
    QVERIFY(!fixture.expected.isEmpty());
    const QJsonObject actual = described(test::read(fixture.answer));
    for (auto member = fixture.expected.begin(); member != fixture.expected.end(); ++member) {
        QVERIFY2(actual.contains(member.key()), qPrintable(member.key()));
        QVERIFY2(actual[member.key()] == member.value(), member.key().toUtf8() + " is " +
                                                             written(actual[member.key()]) + ", not " +
                                                             written(member.value()));
    }
}

void TestStreamFixtures::fixture_readsTheSameAtAnyCut() {
    QFETCH(QString, name);
    const Fixture fixture = load(name);
    const qsizetype size = fixture.answer.body.size();
    std::vector<qsizetype> everywhere(size_t(std::max<qsizetype>(0, size - 1)));
    std::iota(everywhere.begin(), everywhere.end(), 1);
    const StreamReader byteByByte = test::read(fixture.answer, everywhere);

    const auto check = [&](const std::vector<qsizetype>& cuts) {
        const QString fault = Moments(byteByByte, cuts).faultOf(test::read(fixture.answer, cuts));
        QStringList places;
        for (qsizetype cut : cuts)
            places.append(QString::number(cut));
        QVERIFY2(fault.isEmpty(),
                 qPrintable(fault + QStringLiteral(" when cut at ") + places.join(QLatin1Char(' '))));
    };
    check({});
    for (qsizetype cut = 0; cut <= size; ++cut)
        check({cut});
    std::mt19937 random(20261128); // NOLINT: the same cuts every time are what a test wants
    for (int round = 0; round < 20; ++round) {
        std::vector<qsizetype> cuts(1 + random() % 8);
        for (qsizetype& cut : cuts)
            cut = qsizetype(random() % size_t(size + 1));
        std::sort(cuts.begin(), cuts.end());
        check(cuts);
    }
}

QTEST_GUILESS_MAIN(TestStreamFixtures)
#include "tst_stream_fixtures.moc"
