// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/headers.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QStringList>

#include <optional>

namespace lavascope {

/// A request to a provider, as far as one has to understand it to answer like that provider.
struct Question {
    enum class Kind {
        Unknown,
        OpenAiChat,
        OpenAiResponses,
        AnthropicMessages,
        GeminiContent,
        Embeddings,
        ModelList,
        GeminiModelList,
    };
    /// How the answer comes.
    enum class Delivery { Whole, Events, JsonArray };
    /// A tool that the answer is to call.
    struct Tool {
        QString name;
        QByteArray arguments; ///< a JSON object that fits its schema in the main
    };
    /// Why the provider would refuse the request: its status and its words for the kind of error.
    struct Complaint {
        int status = 400;
        QString type;
        QString message;
    };

    Kind kind = Kind::Unknown;
    Delivery delivery = Delivery::Whole;
    QString model;             ///< of a model list: the one that is asked about, empty for all
    QString prompt;            ///< text of the last message
    bool isToolResult = false; ///< the last message is what a tool answered
    std::optional<qint64> maxTokens;
    bool includeUsage = false; ///< `stream_options.include_usage`
    std::optional<Tool> tool;
    qint64 inputTokens = 0;
    QStringList inputs; ///< for embeddings
    bool wantsBase64 = false;
    int dimensions = 0; ///< of embeddings; 0: not said
    std::optional<Complaint> complaint;
};

/// What kind of question a provider URL asks by the shape of its path; any host will do.
[[nodiscard]] Question::Kind questionKindOf(const QByteArray& method, const QByteArray& url);

/// Understands a request to a provider. What the provider would refuse becomes a complaint in the answer.
[[nodiscard]] Question questionOf(const QByteArray& method, const QByteArray& url, const Headers& headers,
                                  const QByteArray& body);

/// The request names no model although its kind demands one.
[[nodiscard]] bool lacksModel(const Question& question);

/// Text as a model would write it, one token a piece. Joined, it is the text.
[[nodiscard]] QStringList tokensOf(const QString& text);
/// About four characters make a token.
[[nodiscard]] qint64 estimatedTokens(qint64 characters);

} // namespace lavascope
