// SPDX-License-Identifier: MIT
#include "sandbox/builtin/reply.h"

#include <algorithm>

namespace lavascope {

namespace {

constexpr int firstWordMs = 150;
constexpr int tokenMs = 25;
constexpr int longestThinkingMs = 1500;
constexpr qsizetype longestQuote = 160;

[[nodiscard]] QString quoted(const QString& prompt) {
    QString shown = prompt.simplified();
    if (shown.size() > longestQuote) {
        shown.truncate(shown.at(longestQuote - 1).isHighSurrogate() ? longestQuote - 1 : longestQuote);
        shown += QChar(0x2026);
    }
    return QChar(0x201C) + shown + QChar(0x201D);
}

[[nodiscard]] QString textFor(const Question& question) {
    QString opening = QStringLiteral("You asked for nothing in particular. ");
    if (question.isToolResult) {
        opening = QStringLiteral("The tool answered %1. ").arg(quoted(question.prompt));
    } else if (!question.prompt.isEmpty()) {
        opening = QStringLiteral("You asked: %1. ").arg(quoted(question.prompt));
    }
    return opening +
           QStringLiteral(
               "This answer was written by the gateway inside Lavascope, on your own computer: no provider "
               "was called and no money was spent. Everything around the words is as it would be with a "
               "real one – the events and their order, the pauses, the usage and the reason to stop – so "
               "you can try your code on it.");
}

} // namespace

Reply replyTo(const Question& question) {
    Reply reply;
    reply.isTool = question.tool.has_value();
    reply.tokens = tokensOf(reply.isTool ? QString::fromUtf8(question.tool->arguments) : textFor(question));
    if (!reply.isTool && question.maxTokens && *question.maxTokens < reply.tokens.size()) {
        reply.tokens = reply.tokens.mid(0, *question.maxTokens);
        reply.isCut = true;
    }
    return reply;
}

void Script::atOnce(const QByteArray& bytes) {
    m_parts.push_back({std::chrono::milliseconds(0), bytes});
}

void Script::beforeText(const QByteArray& bytes) {
    m_parts.push_back({std::chrono::milliseconds(firstWordMs - tokenMs + m_random.bounded(tokenMs)), bytes});
}

void Script::afterTokens(const QByteArray& bytes, int tokens) {
    int pause = 0;
    for (int token = 0; token < tokens; ++token) {
        pause += tokenMs / 2 + m_random.bounded(tokenMs);
    }
    m_parts.push_back({std::chrono::milliseconds(pause), bytes});
}

std::chrono::milliseconds thinkingTime(const Reply& reply) {
    return std::chrono::milliseconds(
        std::min<qint64>(firstWordMs + reply.outputTokens() * tokenMs, longestThinkingMs));
}

QByteArray dataEvent(const QByteArray& json) {
    return "data: " + json + "\n\n";
}

QByteArray namedEvent(const QByteArray& name, const QByteArray& json) {
    return "event: " + name + "\ndata: " + json + "\n\n";
}

} // namespace lavascope
