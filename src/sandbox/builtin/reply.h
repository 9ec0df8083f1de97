// SPDX-License-Identifier: MIT
#pragma once

#include "sandbox/builtin/builtin_answer.h"

#include <QRandomGenerator>

#include <vector>

namespace lavascope {

/// What is said in an answer, before it is put into a provider's format.
struct Reply {
    QStringList tokens; ///< of the text, or of the tool's arguments
    bool isCut = false; ///< at the asked maximum of tokens
    bool isTool = false;

    [[nodiscard]] QString text() const { return tokens.join(QString()); }
    [[nodiscard]] qint64 outputTokens() const { return tokens.size(); }
};
[[nodiscard]] Reply replyTo(const Question& question);

/// The pieces of a streamed answer with a rhythm that a provider could have: about 150 ms to the first word,
/// then about 40 tokens a second, unevenly.
class Script {
public:
    explicit Script(quint32 jitter)
        : m_random(jitter) {}

    void atOnce(const QByteArray& bytes);
    void beforeText(const QByteArray& bytes);              ///< the wait for the model's first word
    void afterTokens(const QByteArray& bytes, int tokens); ///< the time it takes to write those
    [[nodiscard]] std::vector<TimedBytes> take() { return std::move(m_parts); }

private:
    QRandomGenerator m_random;
    std::vector<TimedBytes> m_parts;
};

/// The wait for an answer that comes whole.
[[nodiscard]] std::chrono::milliseconds thinkingTime(const Reply& reply);

/// `data: …` and, where the provider names its events, `event: …` before it.
[[nodiscard]] QByteArray dataEvent(const QByteArray& json);
[[nodiscard]] QByteArray namedEvent(const QByteArray& name, const QByteArray& json);

// One provider's format each: the body of an answer that comes whole, and the pieces of a streamed one.
[[nodiscard]] QByteArray openAiChatBody(const Question& question, const Reply& reply, const AnswerSeed& seed);
void openAiChatEvents(const Question& question, const Reply& reply, const AnswerSeed& seed, Script& script);
[[nodiscard]] QByteArray openAiResponsesBody(const Question& question, const Reply& reply,
                                             const AnswerSeed& seed);
void openAiResponsesEvents(const Question& question, const Reply& reply, const AnswerSeed& seed,
                           Script& script);
[[nodiscard]] QByteArray anthropicBody(const Question& question, const Reply& reply, const AnswerSeed& seed);
void anthropicEvents(const Question& question, const Reply& reply, const AnswerSeed& seed, Script& script);
[[nodiscard]] QByteArray geminiBody(const Question& question, const Reply& reply, const AnswerSeed& seed);
void geminiPieces(const Question& question, const Reply& reply, const AnswerSeed& seed, Script& script);
[[nodiscard]] QByteArray embeddingsBody(const Question& question);
[[nodiscard]] QByteArray modelsBody(const Question& question, qint64 nowMs);
[[nodiscard]] QByteArray complaintBody(const Question& question, const AnswerSeed& seed);

} // namespace lavascope
