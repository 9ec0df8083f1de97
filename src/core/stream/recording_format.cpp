// SPDX-License-Identifier: MIT
#include "core/json/document.h"
#include "core/json/writer.h"
#include "core/stream/recording.h"

#include <limits>

namespace lavascope {

namespace {

constexpr qint64 version = 1;
constexpr QByteArrayView mark("\"lavascope_recording\"");
constexpr QByteArrayView byteOrderMark("\xEF\xBB\xBF", 3);
// Three hundred years in microseconds: what is later is no time of a call.
constexpr qint64 latest = 9'467'280'000'000'000;

/// Whether bytes come back the same from a JSON string. A byte order mark does not: decoders drop it.
bool survivesAsText(QByteArrayView bytes) {
    return bytes.isValidUtf8() && bytes.indexOf(byteOrderMark) < 0;
}

/// A member `name` with the text, or `base64Name` with the bytes that are none.
void writeBytes(json::Writer& writer, QByteArrayView name, QByteArrayView base64Name,
                const QByteArray& bytes) {
    if (survivesAsText(bytes))
        writer.member(name, QString::fromUtf8(bytes));
    else
        writer.member(base64Name, QString::fromLatin1(bytes.toBase64()));
}

void writeHeaders(json::Writer& writer, const Headers& headers) {
    writer.name("headers");
    writer.beginArray();
    for (const Headers::Field& field : headers) {
        writer.beginArray();
        if (survivesAsText(field.name) && survivesAsText(field.value)) {
            writer.value(QString::fromUtf8(field.name));
            writer.value(QString::fromUtf8(field.value));
        } else {
            writer.value(QString::fromLatin1(field.name.toBase64()));
            writer.value(QString::fromLatin1(field.value.toBase64()));
            writer.value("base64");
        }
        writer.endArray();
    }
    writer.endArray();
}

QByteArray requestLine(const Recording& recording) {
    json::Writer writer;
    writer.beginObject();
    writer.member("lavascope_recording", version);
    writer.member("started_at_ms", recording.startedAtMs);
    writer.name("request");
    writer.beginObject();
    writeBytes(writer, "method", "method_base64", recording.request.method);
    writeBytes(writer, "url", "url_base64", recording.request.url);
    writeHeaders(writer, recording.request.headers);
    writeBytes(writer, "body", "body_base64", recording.request.body);
    writer.endObject();
    writer.endObject();
    return writer.bytes() + '\n';
}

QByteArray attemptLine(qint64 number, const Attempt& attempt) {
    json::Writer writer;
    writer.beginObject();
    writer.member("attempt", number);
    writer.member("waited_ms", qint64(attempt.waited.count()));
    writer.endObject();
    return writer.bytes() + '\n';
}

QByteArray headersLine(const Attempt& attempt) {
    json::Writer writer;
    writer.beginObject();
    writer.name("headers");
    writer.beginObject();
    if (attempt.headersAt)
        writer.member("at_us", qint64(attempt.headersAt->count()));
    writer.member("status", attempt.status);
    writeBytes(writer, "reason", "reason_base64", attempt.reason);
    writeHeaders(writer, attempt.headers);
    writer.endObject();
    writer.endObject();
    return writer.bytes() + '\n';
}

QByteArray chunkLine(const Chunk& chunk) {
    json::Writer writer;
    writer.beginObject();
    writer.name("chunk");
    writer.beginObject();
    writer.member("at_us", qint64(chunk.at.count()));
    writeBytes(writer, "text", "base64", chunk.bytes);
    writer.endObject();
    writer.endObject();
    return writer.bytes() + '\n';
}

QByteArray endLine(const Ending& ending) {
    json::Writer writer;
    writer.beginObject();
    writer.name("end");
    writer.beginObject();
    writer.member("at_us", qint64(ending.at.count()));
    writer.member("reason", endReasonName(ending.reason));
    writer.member("detail", ending.detail);
    writer.member("times_sent", ending.timesSent);
    if (ending.tlsFault != TlsFault::None)
        writer.member("tls", tlsFaultName(ending.tlsFault));
    if (!ending.certificates.isEmpty()) {
        writer.name("certificates");
        writer.beginArray();
        for (const QString& certificate : ending.certificates)
            writer.value(certificate);
        writer.endArray();
    }
    writer.endObject();
    writer.endObject();
    return writer.bytes() + '\n';
}

/// Reads the lines one by one into a recording and stops at the first that cannot be meant.
class RecordingReader {
public:
    [[nodiscard]] Result<Recording> read(QByteArrayView text);

private:
    [[nodiscard]] Result<void> takeLine();
    [[nodiscard]] Result<void> takeFirst();
    [[nodiscard]] Result<void> takeHeaders(const json::View& line);
    [[nodiscard]] Result<void> takeChunk(const json::View& line);
    [[nodiscard]] Result<void> takeEnd(const json::View& line);

    [[nodiscard]] Result<Headers> headersOf(const json::View& owner) const;
    [[nodiscard]] Result<QByteArray> bytesOf(const json::View& owner, QByteArrayView name,
                                             QByteArrayView base64Name) const;
    [[nodiscard]] Result<QByteArray> decoded(const json::View& base64) const;
    [[nodiscard]] Result<qint64> numberOf(const json::View& owner, QByteArrayView name, qint64 lowest,
                                          qint64 highest) const;
    [[nodiscard]] tl::unexpected<Error> invalid(const QString& what, qint64 offsetInLine) const;
    [[nodiscard]] Attempt& attempt();

    Recording m_recording;
    json::Document m_document;
    qint64 m_lineBegin = 0;
    int m_line = 0;
};

Result<Recording> RecordingReader::read(QByteArrayView text) {
    bool isFirst = true;
    qsizetype from = text.startsWith(byteOrderMark) ? byteOrderMark.size() : 0;
    while (from < text.size()) {
        const qsizetype newline = text.indexOf('\n', from);
        const qsizetype end = newline < 0 ? text.size() : newline;
        const QByteArrayView line = text.sliced(from, end - from);
        m_lineBegin = from;
        ++m_line;
        from = end + 1;
        if (line.trimmed().isEmpty())
            continue;

        const auto fault = m_document.scan(line);
        const bool brokeOff = fault && newline < 0 && !isFirst;
        if (brokeOff)
            break;
        if (fault)
            return invalid(fault->message, fault->offset);
        const Result<void> taken = isFirst ? takeFirst() : takeLine();
        if (!taken)
            return tl::unexpected(taken.error());
        isFirst = false;
    }
    if (isFirst)
        return invalid(QStringLiteral("there is no line that says what this is"), 0);
    return std::move(m_recording);
}

Result<void> RecordingReader::takeFirst() {
    const json::View root = m_document.root();
    const json::View number = root["lavascope_recording"];
    if (!number.exists())
        return invalid(QStringLiteral("the first line has no member \"lavascope_recording\""), 0);
    const std::optional<qint64> given = number.toInteger();
    if (!given || *given < 1)
        return invalid(QStringLiteral("the version is no number"), number.range().begin);
    if (*given > version)
        return fail(QStringLiteral("recording_version"),
                    QStringLiteral("This recording has version %1; this program reads up to version %2.")
                        .arg(*given)
                        .arg(version),
                    QStringLiteral("Open it with a newer Lavascope."), number.range().begin);

    constexpr qint64 anyTime = std::numeric_limits<qint64>::max();
    const json::View request = root["request"];
    const auto startedAt = numberOf(root, "started_at_ms", -anyTime, anyTime);
    const auto method = bytesOf(request, "method", "method_base64");
    const auto url = bytesOf(request, "url", "url_base64");
    const auto headers = headersOf(request);
    const auto body = bytesOf(request, "body", "body_base64");
    if (!startedAt)
        return tl::unexpected(startedAt.error());
    for (const Result<QByteArray>* part : {&method, &url, &body})
        if (!*part)
            return tl::unexpected(part->error());
    if (!headers)
        return tl::unexpected(headers.error());
    m_recording.startedAtMs = *startedAt;
    m_recording.request = {*method, *url, *headers, *body};
    return {};
}

Result<void> RecordingReader::takeLine() {
    const json::View line = m_document.root();
    if (line["attempt"].exists()) {
        const auto waited = numberOf(line, "waited_ms", 0, latest);
        if (!waited)
            return tl::unexpected(waited.error());
        m_recording.attempts.emplace_back();
        m_recording.attempts.back().waited = std::chrono::milliseconds(*waited);
        return {};
    }
    if (line["headers"].isObject())
        return takeHeaders(line["headers"]);
    if (line["chunk"].isObject())
        return takeChunk(line["chunk"]);
    if (line["end"].isObject())
        return takeEnd(line["end"]);
    return {}; // a later version says more; what it says is not needed to read the rest
}

Result<void> RecordingReader::takeHeaders(const json::View& line) {
    constexpr qint64 highestStatus = 999;
    const auto status = numberOf(line, "status", 0, highestStatus);
    const auto at = numberOf(line, "at_us", 0, latest);
    const auto reason = bytesOf(line, "reason", "reason_base64");
    const auto headers = headersOf(line);
    if (!status)
        return tl::unexpected(status.error());
    if (!at)
        return tl::unexpected(at.error());
    if (!reason)
        return tl::unexpected(reason.error());
    if (!headers)
        return tl::unexpected(headers.error());
    Attempt& target = attempt();
    target.status = int(*status);
    target.reason = *reason;
    target.headers = *headers;
    if (line["at_us"].exists())
        target.headersAt = std::chrono::microseconds(*at);
    return {};
}

Result<void> RecordingReader::takeChunk(const json::View& line) {
    const auto at = numberOf(line, "at_us", 0, latest);
    const auto bytes = bytesOf(line, "text", "base64");
    if (!at)
        return tl::unexpected(at.error());
    if (!bytes)
        return tl::unexpected(bytes.error());
    attempt().chunks.push_back({std::chrono::microseconds(*at), *bytes});
    return {};
}

Result<void> RecordingReader::takeEnd(const json::View& line) {
    const auto at = numberOf(line, "at_us", 0, latest);
    const auto timesSent = numberOf(line, "times_sent", 0, std::numeric_limits<int>::max());
    if (!at)
        return tl::unexpected(at.error());
    if (!timesSent)
        return tl::unexpected(timesSent.error());
    Ending ending;
    // A reason that a later version knows is still a failure of the transport.
    ending.reason = endReasonByName(line["reason"].toString().toUtf8()).value_or(EndReason::OtherFailure);
    ending.detail = line["detail"].toString();
    ending.at = std::chrono::microseconds(*at);
    ending.timesSent = int(*timesSent);
    if (const json::View tls = line["tls"]; tls.isString())
        ending.tlsFault = tlsFaultByName(tls.toString().toUtf8()).value_or(TlsFault::Other);
    for (json::View one = line["certificates"].firstChild(); one.exists(); one = one.nextSibling())
        if (one.isString())
            ending.certificates.append(one.toString());
    attempt().ending = ending;
    return {};
}

Result<Headers> RecordingReader::headersOf(const json::View& owner) const {
    Headers headers;
    const json::View list = owner["headers"];
    for (json::View pair = list.firstChild(); pair.exists(); pair = pair.nextSibling()) {
        const json::View name = pair.firstChild();
        const json::View value = name.nextSibling();
        if (!list.isArray() || !pair.isArray() || !name.isString() || !value.isString())
            return invalid(QStringLiteral("a header is no pair of texts"), pair.range().begin);
        if (value.nextSibling().toString() != QLatin1String("base64")) {
            headers.append(name.toString().toUtf8(), value.toString().toUtf8());
            continue;
        }
        const auto nameBytes = decoded(name);
        const auto valueBytes = decoded(value);
        if (!nameBytes)
            return tl::unexpected(nameBytes.error());
        if (!valueBytes)
            return tl::unexpected(valueBytes.error());
        headers.append(*nameBytes, *valueBytes);
    }
    return headers;
}

Result<QByteArray> RecordingReader::bytesOf(const json::View& owner, QByteArrayView name,
                                            QByteArrayView base64Name) const {
    const json::View base64 = owner[base64Name];
    if (base64.exists())
        return decoded(base64);
    const json::View text = owner[name];
    if (text.exists() && !text.isString())
        return invalid(QStringLiteral("\"%1\" is no text").arg(QString::fromUtf8(name)), text.range().begin);
    QByteArray bytes;
    text.appendUtf8(bytes);
    return bytes;
}

Result<QByteArray> RecordingReader::decoded(const json::View& base64) const {
    const auto bytes =
        QByteArray::fromBase64Encoding(base64.toString().toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    if (!base64.isString() || !bytes)
        return invalid(QStringLiteral("the base64 is broken"), base64.range().begin);
    return *bytes;
}

Result<qint64> RecordingReader::numberOf(const json::View& owner, QByteArrayView name, qint64 lowest,
                                         qint64 highest) const {
    const json::View member = owner[name];
    if (!member.exists())
        return qBound(lowest, qint64(0), highest);
    const std::optional<qint64> number = member.toInteger();
    if (!number || *number < lowest || *number > highest)
        return invalid(QStringLiteral("\"%1\" is no number that fits").arg(QString::fromUtf8(name)),
                       member.range().begin);
    return *number;
}

tl::unexpected<Error> RecordingReader::invalid(const QString& what, qint64 offsetInLine) const {
    return fail(QStringLiteral("recording_invalid"),
                QStringLiteral("Line %1 of the recording cannot be read: %2.").arg(m_line).arg(what), {},
                m_lineBegin + offsetInLine);
}

Attempt& RecordingReader::attempt() {
    if (m_recording.attempts.empty())
        m_recording.attempts.emplace_back();
    return m_recording.attempts.back();
}

} // namespace

QByteArray writeRecording(const RedactedRecording& redacted) {
    QByteArray lines;
    const bool isWhole = writeRecording(redacted, [&](const QByteArray& line) {
        lines += line;
        return true;
    });
    Q_ASSERT(isWhole);
    return lines;
}

bool writeRecording(const RedactedRecording& redacted,
                    const std::function<bool(const QByteArray& line)>& write) {
    const Recording& recording = redacted.recording();
    bool goesOn = write(requestLine(recording));
    qint64 number = 0;
    for (const Attempt& attempt : recording.attempts) {
        goesOn = goesOn && write(attemptLine(++number, attempt));
        if (attempt.status != 0 || attempt.headersAt || !attempt.headers.isEmpty() ||
            !attempt.reason.isEmpty())
            goesOn = goesOn && write(headersLine(attempt));
        for (const Chunk& chunk : attempt.chunks)
            goesOn = goesOn && write(chunkLine(chunk));
        if (attempt.ending)
            goesOn = goesOn && write(endLine(*attempt.ending));
    }
    return goesOn;
}

Result<Recording> readRecording(QByteArrayView jsonLines) {
    return RecordingReader().read(jsonLines);
}

bool looksLikeRecording(QByteArrayView text) {
    if (text.startsWith(byteOrderMark))
        text = text.sliced(byteOrderMark.size());
    text = text.trimmed();
    return text.startsWith('{') && text.sliced(1).trimmed().startsWith(mark);
}

} // namespace lavascope
