// SPDX-License-Identifier: MIT
#include "core/stream/reading.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

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

bool sameEvents(const StreamReader& a, const StreamReader& b) {
    if (a.eventCount() != b.eventCount())
        return false;
    for (qsizetype i = 0; i < a.eventCount(); ++i) {
        const StreamEvent x = a.event(i);
        const StreamEvent y = b.event(i);
        if (x.kind != y.kind || x.name != y.name || x.data != y.data || x.terminated != y.terminated ||
            x.malformed != y.malformed)
            return false;
    }
    return true;
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
    const StreamReader whole = test::read(fixture.answer);
    std::vector<qsizetype> everywhere;
    for (qsizetype cut = 0; cut <= fixture.answer.body.size(); ++cut) {
        everywhere.push_back(cut);
        const StreamReader reader = test::read(fixture.answer, {cut});
        QVERIFY2(reader.transcript() == whole.transcript() && sameEvents(reader, whole),
                 qPrintable(QStringLiteral("cut at byte %1").arg(cut)));
    }
    const StreamReader reader = test::read(fixture.answer, everywhere);
    QVERIFY2(reader.transcript() == whole.transcript() && sameEvents(reader, whole), "byte by byte");
}

QTEST_GUILESS_MAIN(TestStreamFixtures)
#include "tst_stream_fixtures.moc"
