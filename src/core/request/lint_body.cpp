// SPDX-License-Identifier: MIT
#include "core/json/document.h"
#include "core/request/lint.h"
#include "core/token/display.h"

#include <algorithm>
#include <array>

namespace lavascope {

namespace {

/// What an endpoint wants in its body, by the end of its path.
struct EndpointShape {
    QByteArrayView pathEnd;
    const char* required;      ///< the member that holds what is asked
    bool needsModel;           ///< the gateway prices by `model` in the body
    const char* foreignMember; ///< a member that belongs to another provider's format
};
constexpr std::array<EndpointShape, 6> shapes = {{
    {"/chat/completions", "messages", true, "contents"},
    {"/v1/messages", "messages", true, "contents"},
    {"/responses", "input", true, "messages"},
    {"/embeddings", "input", true, "messages"},
    {":generateContent", "contents", false, "messages"},
    {":streamGenerateContent", "contents", false, "messages"},
}};

const EndpointShape* shapeOf(QByteArrayView path) {
    for (const EndpointShape& shape : shapes)
        if (path.endsWith(shape.pathEnd))
            return &shape;
    return nullptr;
}

/// Models by the beginning of their names, of providers that serve their own models only.
struct ModelFamily {
    const char* prefix;
    QByteArrayView host;
    const char* owner;
};
constexpr std::array<ModelFamily, 8> modelFamilies = {{
    {"gpt-", "api.openai.com", "OpenAI"},
    {"chatgpt-", "api.openai.com", "OpenAI"},
    {"o1", "api.openai.com", "OpenAI"},
    {"o3", "api.openai.com", "OpenAI"},
    {"o4", "api.openai.com", "OpenAI"},
    {"claude-", "api.anthropic.com", "Anthropic"},
    {"gemini-", "generativelanguage.googleapis.com", "Google"},
    {"gemma-", "generativelanguage.googleapis.com", "Google"},
}};

const ModelFamily* familyOfModel(const QString& model) {
    for (const ModelFamily& family : modelFamilies)
        if (model.startsWith(QLatin1String(family.prefix)))
            return &family;
    return nullptr;
}

/// Looks at one body, with its JSON scanned once.
class BodyLint {
public:
    explicit BodyLint(Lint& lint)
        : m_lint(lint)
        , m_host(lint.target.url().host)
        , m_path(lint.target.pieces().path)
        , m_shape(shapeOf(m_path)) {}

    void run() {
        checkVersionHeader();
        if (!checkPresence())
            return;
        if (const auto fault = m_body.scan(m_lint.draft.body)) {
            m_lint.add(Severity::Error, "json_invalid",
                       QStringLiteral("The body is no valid JSON: line %1, column %2: %3.")
                           .arg(fault->line)
                           .arg(fault->column)
                           .arg(fault->message),
                       QStringLiteral("Correct it there."), ByteRange{fault->offset, fault->offset});
            return;
        }
        for (const json::Duplicate& duplicate : json::duplicateNames(m_body))
            m_lint.add(Severity::Warning, "json_duplicate_member",
                       QStringLiteral("\"%1\" stands twice in one object.").arg(shownText(duplicate.name)),
                       QStringLiteral("Remove one; servers differ in which one counts."), duplicate.second);
        if (!root().isObject()) {
            m_lint.add(Severity::Warning, "body_not_object",
                       QStringLiteral("The body is JSON, but no object; no provider takes that."), {},
                       root().range());
            return;
        }
        checkShape();
        checkModel();
        checkAnthropic();
        checkStream();
    }

private:
    [[nodiscard]] json::View root() const { return m_body.root(); }
    // Others speak the same format under the same path, but ask for less.
    [[nodiscard]] bool isAnthropic() const {
        return m_host == "api.anthropic.com" && m_path.endsWith("/messages");
    }
    [[nodiscard]] bool isGemini() const { return m_shape && m_shape->pathEnd.startsWith(':'); }

    // Whether there is a body that should be JSON.
    bool checkPresence() {
        const RequestDraft& draft = m_lint.draft;
        const bool empty = draft.body.trimmed().isEmpty();
        if (draft.method == "GET" && !draft.body.isEmpty())
            m_lint.add(Severity::Warning, "body_on_get",
                       QStringLiteral("A GET request has a body, which servers ignore."),
                       QStringLiteral("Empty the body, or use POST."));
        if (draft.method == "POST" && empty && m_shape)
            m_lint.add(
                Severity::Error, "body_missing",
                QStringLiteral("This endpoint needs a body, and it is empty."),
                QStringLiteral("Write a JSON body with \"%1\".").arg(QLatin1String(m_shape->required)));
        if (empty)
            return false;
        const QByteArray type = draft.headers.value("Content-Type").value_or("application/json").toLower();
        const QByteArray first = draft.body.trimmed().first(1);
        if (type.contains("json"))
            return true;
        if (first == "{" && !type.startsWith("multipart/"))
            m_lint.add(Severity::Warning, "content_type_not_json",
                       QStringLiteral("The body is JSON, but Content-Type says otherwise."),
                       QStringLiteral("Remove Content-Type; application/json is sent then."));
        return false;
    }

    void checkVersionHeader() {
        if (isAnthropic() && !m_lint.draft.headers.contains("anthropic-version"))
            m_lint.add(
                Severity::Error, "anthropic_version_missing",
                QStringLiteral("The header anthropic-version is missing; Anthropic answers 400 without it."),
                QStringLiteral("Add anthropic-version: 2023-06-01."));
    }

    void checkShape() {
        if (!m_shape || root()[QByteArrayView(m_shape->required)].exists())
            return;
        const json::View foreign = root()[QByteArrayView(m_shape->foreignMember)];
        const QString fix = QStringLiteral("This endpoint wants \"%1\"; /forward translates nothing.")
                                .arg(QLatin1String(m_shape->required));
        if (foreign.exists())
            m_lint.add(Severity::Error, "body_of_another_format",
                       QStringLiteral("\"%1\" belongs to another format than this endpoint's.")
                           .arg(QLatin1String(m_shape->foreignMember)),
                       fix, foreign.nameRange());
        else
            m_lint.add(Severity::Warning, "body_incomplete",
                       QStringLiteral("\"%1\" is missing.").arg(QLatin1String(m_shape->required)), fix);
    }

    void checkModel() {
        const json::View model = root()["model"];
        if (!model.exists()) {
            if (m_shape && m_shape->needsModel)
                m_lint.add(
                    Severity::Error, "model_missing",
                    QStringLiteral("\"model\" is missing; the gateway prices by it and refuses the call."),
                    QStringLiteral("Add \"model\"."));
            return;
        }
        const QString name = model.toString();
        if (!model.isString() || name.trimmed().isEmpty()) {
            m_lint.add(Severity::Error, "model_empty", QStringLiteral("\"model\" names no model."),
                       QStringLiteral("Name one, as a text."), model.range());
            return;
        }
        const ModelFamily* family = familyOfModel(name);
        const bool hostHasFamily =
            std::any_of(modelFamilies.begin(), modelFamilies.end(),
                        [this](const ModelFamily& known) { return known.host == m_host; });
        if (family && hostHasFamily && family->host != m_host)
            m_lint.add(Severity::Warning, "model_of_another_provider",
                       QStringLiteral("%1 is a model of %2's, not of %3.")
                           .arg(shownText(name), QLatin1String(family->owner), QString::fromLatin1(m_host)),
                       QStringLiteral("Choose a model of this provider, or the provider of this model."),
                       model.range());
    }

    void checkAnthropic() {
        if (!isAnthropic())
            return;
        const json::View messages = root()["messages"];
        for (json::View message = messages.firstChild(); message.exists(); message = message.nextSibling())
            if (message["role"].raw() == "\"system\"")
                m_lint.add(Severity::Error, "anthropic_system_role",
                           QStringLiteral("Anthropic knows no message with the role \"system\"."),
                           QStringLiteral("Put the text into the top-level member \"system\"."),
                           message["role"].range());
        if (!root()["max_tokens"].exists())
            m_lint.add(Severity::Error, "anthropic_max_tokens_missing",
                       QStringLiteral("\"max_tokens\" is missing, which Anthropic requires."),
                       QStringLiteral("Add \"max_tokens\": 1024."));
    }

    void checkStream() {
        const json::View stream = root()["stream"];
        if (isGemini() && stream.exists())
            m_lint.add(Severity::Warning, "stream_by_url",
                       QStringLiteral("Gemini streams by its URL, not by \"stream\" in the body."),
                       QStringLiteral("Call :streamGenerateContent?alt=sse and remove \"stream\"."),
                       stream.range());
        else if (stream.exists() && !stream.isBool() && !stream.isNull())
            m_lint.add(Severity::Error, "stream_not_bool",
                       QStringLiteral("\"stream\" must be true or false."),
                       QStringLiteral("Write it without quotes."), stream.range());
        const auto query = m_lint.target.pieces().query;
        if (m_path.endsWith(":streamGenerateContent") && (!query || !query->contains("alt=sse")))
            m_lint.add(
                Severity::Note, "stream_without_sse",
                QStringLiteral("Without alt=sse Gemini streams one long JSON array instead of events."),
                QStringLiteral("Append ?alt=sse."));
    }

    Lint& m_lint;
    QByteArray m_host;
    QByteArrayView m_path;
    const EndpointShape* m_shape;
    json::Document m_body;
};

} // namespace

void lintBody(Lint& lint) {
    BodyLint(lint).run();
}

} // namespace lavascope
