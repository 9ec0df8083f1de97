// SPDX-License-Identifier: MIT
#include "core/stream/assembler.h"

#include <algorithm>

namespace lavascope {

namespace {

// More than any provider offers, and few enough that a hostile index costs no memory worth speaking of.
constexpr qint64 mostChoices = 16 * 1024;
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
    return &m_transcript.choices[size_t(index)];
}

void Assembler::addText(Choice& choice, const QString& text) {
    choice.text += text;
    m_hasVisibleText = m_hasVisibleText || std::any_of(text.begin(), text.end(), isVisible);
}

void Assembler::setText(Choice& choice, const QString& text) {
    choice.text.clear();
    addText(choice, text);
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

void Assembler::fail(const StreamError& error) {
    if (m_failures == Failures::Count && !m_hasFailed)
        m_transcript.error = error;
    m_hasFailed = true;
}

void Assembler::note(const QString& text) {
    if (!m_transcript.notes.contains(text))
        m_transcript.notes.append(text);
}

void Assembler::noteAfterEnd() {
    note(QStringLiteral("events came after the end signal: most clients ignore them"));
}

void Assembler::close() {
    m_isClosed = true;
    setEndSignal(true);
}

} // namespace lavascope
