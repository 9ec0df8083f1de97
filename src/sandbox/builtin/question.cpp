// SPDX-License-Identifier: MIT
#include "sandbox/builtin/question.h"

#include "core/json/document.h"
#include "sandbox/builtin/tool_choice.h"
#include "sandbox/query.h"

#include <algorithm>
#include <utility>

namespace lavascope {

namespace {

using json::View;

constexpr qsizetype longestToken = 8;

/// Collects the texts of a conversation, whatever nesting the provider uses, and remembers the last one.
class Conversation {
public:
    explicit Conversation(Question& question)
        : m_question(question) {}

    void say(const View& content) {
        m_question.prompt.clear();
        m_question.isToolResult = false;
        add(content);
    }
    void toolAnswered(const View& content) {
        say(content);
        m_question.isToolResult = true;
    }
    /// Counts, but is nothing that an answer would be about.
    void note(const View& content) {
        const QString before = m_question.prompt;
        const bool wasToolResult = m_question.isToolResult;
        say(content);
        m_question.prompt = before;
        m_question.isToolResult = wasToolResult;
    }
    void finish() { m_question.inputTokens = estimatedTokens(m_characters); }

private:
    /// Tool results hold content in turn; nobody nests them deeply in earnest.
    void add(const View& content, int depth = 0) {
        constexpr int deepest = 4;
        if (depth > deepest) {
            return;
        }
        if (content.isString()) {
            const QString text = content.toString();
            m_characters += text.size();
            m_question.prompt += (m_question.prompt.isEmpty() ? QString() : QStringLiteral("\n")) + text;
        }
        for (View part = content.firstChild(); part.exists() && content.isArray();
             part = part.nextSibling()) {
            add(part.isString() ? part : part["text"], depth + 1);
            if (part["type"].toString() == QLatin1String("tool_result")) {
                m_question.isToolResult = true;
                add(part["content"], depth + 1);
            }
            if (part["functionResponse"].exists()) {
                m_question.isToolResult = true;
            }
        }
    }

    Question& m_question;
    qint64 m_characters = 0;
};

[[nodiscard]] bool isSystemRole(const View& message) {
    const QString role = message["role"].toString();
    return role == QLatin1String("system") || role == QLatin1String("developer");
}

void readMessages(const View& messages, Conversation& conversation) {
    for (View message = messages.firstChild(); message.exists(); message = message.nextSibling()) {
        if (isSystemRole(message)) {
            conversation.note(message["content"]);
        } else if (message["role"].toString() == QLatin1String("tool")) {
            conversation.toolAnswered(message["content"]);
        } else {
            conversation.say(message["content"]);
        }
    }
}

void readResponsesInput(const View& input, Conversation& conversation) {
    if (input.isString()) {
        conversation.say(input);
        return;
    }
    for (View item = input.firstChild(); item.exists(); item = item.nextSibling()) {
        if (item["type"].toString() == QLatin1String("function_call_output")) {
            conversation.toolAnswered(item["output"]);
        } else if (isSystemRole(item)) {
            conversation.note(item["content"]);
        } else if (item["content"].exists()) {
            conversation.say(item["content"]);
        }
    }
}

void readContents(const View& root, Conversation& conversation) {
    conversation.note(root["systemInstruction"]["parts"]);
    for (View content = root["contents"].firstChild(); content.exists(); content = content.nextSibling()) {
        conversation.say(content["parts"]);
    }
}

void complain(Question& question, const QString& type, const QString& message, int status = 400) {
    if (!question.complaint) {
        question.complaint = Question::Complaint{status, type, message};
    }
}

void readEmbeddingInput(const View& root, Question& question) {
    const View input = root["input"];
    if (input.isString()) {
        question.inputs << input.toString();
    }
    for (View element = input.firstChild(); element.exists() && input.isArray();
         element = element.nextSibling()) {
        // A number belongs to a single text that came as tokens; a list of numbers is one such text of
        // several.
        if (element.isNumber()) {
            question.inputs = QStringList{QString::fromUtf8(input.raw())};
            break;
        }
        question.inputs << (element.isString() ? element.toString() : QString::fromUtf8(element.raw()));
    }
    constexpr qsizetype mostInputs = 2048;
    if (question.inputs.size() > mostInputs) {
        complain(question, QStringLiteral("invalid_request_error"),
                 QStringLiteral("'input' must hold at most 2048 texts."));
        question.inputs.clear();
    }
    for (const QString& text : std::as_const(question.inputs)) {
        question.inputTokens += estimatedTokens(text.size());
    }
    question.wantsBase64 = root["encoding_format"].toString() == QLatin1String("base64");
    constexpr qint64 mostDimensions = 4096;
    question.dimensions =
        static_cast<int>(std::clamp<qint64>(root["dimensions"].toInteger().value_or(0), 0, mostDimensions));
}

void requireBody(Question& question, const View& root, const char* conversationMember) {
    const QString invalid = QStringLiteral("invalid_request_error");
    const View conversation = root[QByteArrayView(conversationMember)];
    const bool given = conversation.size() > 0 || (conversation.isString() && conversation.raw().size() > 2);
    if (!given) {
        complain(question, invalid,
                 QStringLiteral("Missing required parameter: '%1'.").arg(QLatin1String(conversationMember)));
    }
    if (question.maxTokens && *question.maxTokens < 1) {
        complain(question, invalid, QStringLiteral("The maximum number of tokens must be at least 1."));
    }
}

void requireAnthropic(Question& question, const View& root, const Headers& headers) {
    const QString invalid = QStringLiteral("invalid_request_error");
    if (!headers.contains("anthropic-version")) {
        complain(question, invalid, QStringLiteral("anthropic-version: header is required"));
    }
    if (!question.maxTokens) {
        complain(question, invalid, QStringLiteral("max_tokens: Field required"));
    }
    for (View message = root["messages"].firstChild(); message.exists(); message = message.nextSibling()) {
        if (isSystemRole(message)) {
            complain(
                question, invalid,
                QStringLiteral("messages: Unexpected role \"system\". The Messages API accepts a top-level "
                               "`system` parameter, not \"system\" as an input message role."));
        }
    }
}

void readGeminiTarget(const QByteArray& path, const QByteArray& url, Question& question) {
    const qsizetype colon = path.lastIndexOf(':');
    const qsizetype slash = path.lastIndexOf('/', colon);
    question.model =
        QString::fromUtf8(QByteArray::fromPercentEncoding(path.mid(slash + 1, colon - slash - 1)));
    if (path.endsWith(":streamGenerateContent")) {
        const bool asEvents = Query::ofTarget(url).value("alt") == QByteArray("sse");
        question.delivery = asEvents ? Question::Delivery::Events : Question::Delivery::JsonArray;
    }
}

[[nodiscard]] QByteArray pathOfUrl(const QByteArray& url) {
    const QByteArray whole = pathOfTarget(url);
    const qsizetype authority = whole.indexOf("://");
    const qsizetype slash = authority < 0 ? 0 : whole.indexOf('/', authority + 3);
    return slash < 0 ? QByteArray("/") : whole.mid(slash);
}

void readConversation(const View& root, Question& question) {
    Conversation conversation(question);
    switch (question.kind) {
    case Question::Kind::OpenAiChat:
        readMessages(root["messages"], conversation);
        question.maxTokens = root["max_completion_tokens"].toInteger();
        if (!question.maxTokens) {
            question.maxTokens = root["max_tokens"].toInteger();
        }
        question.includeUsage = root["stream_options"]["include_usage"].toBool().value_or(false);
        requireBody(question, root, "messages");
        break;
    case Question::Kind::OpenAiResponses:
        conversation.note(root["instructions"]);
        readResponsesInput(root["input"], conversation);
        question.maxTokens = root["max_output_tokens"].toInteger();
        requireBody(question, root, "input");
        break;
    case Question::Kind::AnthropicMessages:
        conversation.note(root["system"]);
        readMessages(root["messages"], conversation);
        question.maxTokens = root["max_tokens"].toInteger();
        requireBody(question, root, "messages");
        break;
    case Question::Kind::GeminiContent:
        readContents(root, conversation);
        question.maxTokens = root["generationConfig"]["maxOutputTokens"].toInteger();
        requireBody(question, root, "contents");
        break;
    default:
        break;
    }
    conversation.finish();
}

} // namespace

Question::Kind questionKindOf(const QByteArray& method, const QByteArray& url) {
    const QByteArray path = pathOfUrl(url);
    if (path.endsWith(":generateContent") || path.endsWith(":streamGenerateContent")) {
        return Question::Kind::GeminiContent;
    }
    const bool aboutModels = path.endsWith("/models") || path.contains("/models/");
    if (aboutModels && (method == "GET" || method == "HEAD")) {
        const bool gemini = path.startsWith("/v1beta/") && !path.contains("/openai/");
        return gemini ? Question::Kind::GeminiModelList : Question::Kind::ModelList;
    }
    if (path.endsWith("/chat/completions")) {
        return Question::Kind::OpenAiChat;
    }
    if (path.endsWith("/responses")) {
        return Question::Kind::OpenAiResponses;
    }
    if (path.endsWith("/messages")) {
        return Question::Kind::AnthropicMessages;
    }
    return path.endsWith("/embeddings") ? Question::Kind::Embeddings : Question::Kind::Unknown;
}

Question questionOf(const QByteArray& method, const QByteArray& url, const Headers& headers,
                    const QByteArray& body) {
    Question question;
    question.kind = questionKindOf(method, url);
    if (question.kind == Question::Kind::ModelList || question.kind == Question::Kind::GeminiModelList) {
        const QByteArray path = pathOfUrl(url);
        const qsizetype name = path.indexOf("/models/");
        question.model =
            name < 0 ? QString() : QString::fromUtf8(QByteArray::fromPercentEncoding(path.mid(name + 8)));
        return question;
    }
    if (question.kind == Question::Kind::Unknown) {
        return question;
    }
    if (question.kind == Question::Kind::GeminiContent) {
        readGeminiTarget(pathOfUrl(url), url, question);
    }
    if (method != "POST") {
        complain(
            question, QStringLiteral("invalid_request_error"),
            QStringLiteral("Not allowed to %1 on this path. It takes POST.").arg(QString::fromLatin1(method)),
            405);
        return question;
    }
    json::Document document;
    if (document.scan(body) || !document.root().isObject()) {
        complain(
            question, QStringLiteral("invalid_request_error"),
            QStringLiteral("We could not parse the JSON body of your request. It must be a JSON object."));
        return question;
    }
    const View root = document.root();
    if (question.kind != Question::Kind::GeminiContent) {
        question.model = root["model"].toString();
        if (root["stream"].toBool().value_or(false) && question.kind != Question::Kind::Embeddings) {
            question.delivery = Question::Delivery::Events;
        }
    }
    readConversation(root, question);
    if (question.kind == Question::Kind::Embeddings) {
        readEmbeddingInput(root, question);
        requireBody(question, root, "input");
    }
    if (question.kind == Question::Kind::AnthropicMessages) {
        requireAnthropic(question, root, headers);
    }
    question.tool = chosenTool(question, root);
    return question;
}

bool lacksModel(const Question& question) {
    switch (question.kind) {
    case Question::Kind::OpenAiChat:
    case Question::Kind::OpenAiResponses:
    case Question::Kind::AnthropicMessages:
    case Question::Kind::Embeddings:
        return question.model.isEmpty();
    default:
        return false;
    }
}

QStringList tokensOf(const QString& text) {
    QStringList tokens;
    QString token;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const QChar c = text.at(at);
        const bool wordBegins = c.isSpace() && !token.isEmpty() && !token.back().isSpace();
        const bool tokenIsFull = token.size() >= longestToken && !c.isLowSurrogate();
        if (wordBegins || tokenIsFull) {
            tokens << std::exchange(token, {});
        }
        token += c;
    }
    if (!token.isEmpty()) {
        tokens << token;
    }
    return tokens;
}

qint64 estimatedTokens(qint64 characters) {
    return (characters + 3) / 4;
}

} // namespace lavascope
