// SPDX-License-Identifier: MIT
#include "core/stream/assembler.h"

#include "core/json/string_text.h"
#include "core/stream/media_base64.h"
#include "core/stream/media_type.h"

#include <algorithm>
#include <utility>

namespace lavascope {

namespace {

// More than any provider offers, and few enough that a hostile index costs no memory worth speaking of.
constexpr qint64 mostChoices = 16 * 1024;
constexpr size_t mostCitations = 1000;
constexpr size_t mostMedia = 1000;
// A hostile answer could give a new reason for a note with every event.
constexpr qsizetype mostNotes = 100;
// A count above this is a mistake, and sums of smaller ones cannot overflow.
constexpr qint64 largestCount = 1'000'000'000'000'000;

bool isVisible(QChar c) {
    return !c.isSpace() && c.unicode() >= 0x20;
}

void offerFirst(QString& kept, const json::View& offered) {
    if (kept.isEmpty())
        kept = offered.toString();
}

} // namespace

void Assembler::startOver() {
    const Failures failures = m_failures;
    *this = Assembler();
    m_failures = failures;
}

Choice* Assembler::choice(qint64 index) {
    if (index < 0 || index >= mostChoices) {
        note(QStringLiteral("a choice has the index %1").arg(index));
        return nullptr;
    }
    if (size_t(index) >= m_transcript.choices.size())
        m_transcript.choices.resize(size_t(index) + 1);
    Choice& found = m_transcript.choices[size_t(index)];
    m_growth.watch(size_t(index), found);
    return &found;
}

void Assembler::addText(Choice& choice, const QString& text) {
    choice.text += text;
    m_hasVisibleText = m_hasVisibleText || std::any_of(text.begin(), text.end(), isVisible);
}

void Assembler::addText(Choice& choice, QByteArrayView utf8) {
    const auto isAscii = [](QByteArrayView bytes) {
        uchar high = 0;
        for (char c : bytes)
            high |= uchar(c);
        return high < 0x80;
    };
    // Nearly every piece is; and this one needs no string of its own on the way.
    if (isAscii(utf8) && m_hasVisibleText)
        choice.text += QLatin1String(utf8.data(), utf8.size());
    else
        addText(choice, json::textOfUtf8(utf8));
}

void Assembler::setText(Choice& choice, const QString& text) {
    choice.text.clear();
    addText(choice, text);
}

void Assembler::cite(Choice& choice, const Citation& citation) {
    if (citation == Citation())
        return;
    // Far more than an answer can rest on; it keeps the search below short.
    if (choice.citations.size() >= mostCitations) {
        note(QStringLiteral("more than %1 citations: the rest is only in the events").arg(mostCitations));
        return;
    }
    if (std::find(choice.citations.begin(), choice.citations.end(), citation) == choice.citations.end())
        choice.citations.push_back(citation);
}

void Assembler::addMedia(Choice& choice, size_t number, const QString& type, const json::View& base64) {
    // A large picture is not copied only to be decoded.
    QByteArray unescaped;
    QByteArrayView encoded =
        base64.isString() ? base64.raw().sliced(1, base64.raw().size() - 2) : QByteArrayView();
    if (encoded.contains('\\')) {
        base64.appendUtf8(unescaped);
        encoded = unescaped;
    }
    if (encoded.isEmpty())
        return;
    // Numbers come from the provider; a hostile one must not cost memory.
    number = std::min(number, choice.media.size());
    if (number >= mostMedia) {
        note(
            QStringLiteral("more than %1 pictures or sounds: the rest is only in the events").arg(mostMedia));
        return;
    }
    if (number == choice.media.size())
        choice.media.emplace_back();
    Media& media = choice.media[number];
    if (const std::optional<QByteArray> decoded = decodeMedia(encoded))
        media.bytes += *decoded;
    else
        note(QStringLiteral("a picture or sound is no base64"));
    if (!type.isEmpty())
        media.type = type;
    else if (media.type.isEmpty())
        media.type = mediaTypeOf(media.bytes);
}

void Assembler::setMedia(Choice& choice, size_t number, const QString& type, const json::View& base64) {
    if (number < choice.media.size() && base64.isString())
        choice.media[number].bytes.clear();
    addMedia(choice, number, type, base64);
}

void Assembler::offerModel(const json::View& model) {
    offerFirst(m_transcript.model, model);
}

void Assembler::offerResponseId(const json::View& id) {
    offerFirst(m_transcript.responseId, id);
}

void Assembler::offerStopReason(Choice& choice, const json::View& reason) {
    const QString text = reason.toString();
    if (!text.isEmpty())
        choice.stopReason = text;
}

void Assembler::offerCount(std::optional<qint64>& count, const json::View& value) {
    if (!value.exists() || value.isNull())
        return;
    const std::optional<qint64> offered = value.toInteger();
    if (offered && *offered >= 0 && *offered <= largestCount)
        count = offered;
    else
        note(QStringLiteral("usage holds a value that is no count"));
}

void Assembler::settleToolCalls() {
    for (Choice& choice : m_transcript.choices)
        for (ToolCall& call : choice.toolCalls)
            if (call.arguments.isEmpty() && !call.isFreeText)
                call.arguments = QStringLiteral("{}");
}

void Assembler::fail(const StreamError& error) {
    if (m_failures == Failures::Count && !m_hasFailed)
        m_transcript.error = error;
    m_hasFailed = true;
}

void Assembler::note(const QString& text) {
    if (m_transcript.notes.size() > mostNotes || m_transcript.notes.contains(text))
        return;
    m_transcript.notes.append(m_transcript.notes.size() < mostNotes
                                  ? text
                                  : QStringLiteral("more could be said: the rest is left out"));
}

void Assembler::noteAfterEnd() {
    note(QStringLiteral("events came after the end signal: most clients ignore them"));
}

void Assembler::close() {
    m_isClosed = true;
    setEndSignal(true);
}

} // namespace lavascope
