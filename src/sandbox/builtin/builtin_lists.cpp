// SPDX-License-Identifier: MIT
#include "core/json/writer.h"
#include "sandbox/builtin/reply.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <array>
#include <cmath>
#include <cstring>

namespace lavascope {

namespace {

using json::Writer;

constexpr int usualDimensions = 1536;

constexpr auto models = std::to_array<const char*>(
    {"gpt-4o-mini", "gpt-4o", "gpt-4.1-mini", "claude-sonnet-4-20250514", "claude-3-5-haiku-20241022",
     "gemini-2.5-flash", "gemini-2.5-pro", "text-embedding-3-small"});

void writeModel(Writer& writer, const QString& model, qint64 nowMs) {
    writer.beginObject();
    writer.member("id", model);
    writer.member("object", "model");
    writer.member("created", nowMs / 1000);
    writer.member("owned_by", "lavascope");
    writer.endObject();
}

void writeGeminiModel(Writer& writer, const QString& model) {
    writer.beginObject();
    writer.member("name", QStringLiteral("models/") + model);
    writer.member("displayName", model);
    writer.member("supportedGenerationMethods",
                  QStringList{QStringLiteral("generateContent"), QStringLiteral("streamGenerateContent")});
    writer.endObject();
}

/// A vector of length 1 that is the same for the same text, and means nothing.
[[nodiscard]] std::vector<float> embeddingOf(const QString& text, int dimensions) {
    const QByteArray hash = QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256);
    quint32 seed = 0;
    std::memcpy(&seed, hash.constData(), sizeof seed);
    QRandomGenerator random(seed);
    std::vector<float> vector;
    double squares = 0;
    for (int place = 0; place < dimensions; ++place) {
        const double value = random.generateDouble() * 2 - 1;
        squares += value * value;
        vector.push_back(static_cast<float>(value));
    }
    const auto length = static_cast<float>(std::sqrt(squares));
    for (float& value : vector) {
        value /= length;
    }
    return vector;
}

[[nodiscard]] QByteArray littleEndian(const std::vector<float>& vector) {
    QByteArray bytes(static_cast<qsizetype>(vector.size() * sizeof(float)), '\0');
    qToLittleEndian<float>(vector.data(), static_cast<qsizetype>(vector.size()), bytes.data());
    return bytes;
}

} // namespace

QByteArray embeddingsBody(const Question& question) {
    const int dimensions = question.dimensions > 0 ? question.dimensions : usualDimensions;
    Writer writer;
    writer.beginObject();
    writer.member("object", "list");
    writer.name("data");
    writer.beginArray();
    int index = 0;
    for (const QString& text : question.inputs) {
        const std::vector<float> vector = embeddingOf(text, dimensions);
        writer.beginObject();
        writer.member("object", "embedding");
        writer.member("index", index++);
        writer.name("embedding");
        if (question.wantsBase64) {
            writer.value(QString::fromLatin1(littleEndian(vector).toBase64()));
        } else {
            writer.beginArray();
            for (const float value : vector) {
                writer.value(static_cast<double>(value));
            }
            writer.endArray();
        }
        writer.endObject();
    }
    writer.endArray();
    writer.member("model", question.model);
    writer.name("usage");
    writer.beginObject();
    writer.member("prompt_tokens", question.inputTokens);
    writer.member("total_tokens", question.inputTokens);
    writer.endObject();
    writer.endObject();
    return writer.bytes();
}

QByteArray modelsBody(const Question& question, qint64 nowMs) {
    const bool gemini = question.kind == Question::Kind::GeminiModelList;
    if (!question.model.isEmpty()) {
        Writer one;
        gemini ? writeGeminiModel(one, question.model) : writeModel(one, question.model, nowMs);
        return one.bytes();
    }
    Writer writer;
    writer.beginObject();
    if (!gemini) {
        writer.member("object", "list");
    }
    writer.name(gemini ? "models" : "data");
    writer.beginArray();
    for (const char* name : models) {
        const QString model = QString::fromLatin1(name);
        if (!gemini) {
            writeModel(writer, model, nowMs);
        } else if (model.startsWith(QLatin1String("gemini"))) {
            writeGeminiModel(writer, model);
        }
    }
    writer.endArray();
    if (!gemini) {
        writer.member("has_more", false);
    }
    writer.endObject();
    return writer.bytes();
}

QByteArray complaintBody(const Question& question, const AnswerSeed& seed) {
    Q_ASSERT(question.complaint);
    const Question::Complaint& complaint = *question.complaint;
    Writer writer;
    writer.beginObject();
    if (question.kind == Question::Kind::AnthropicMessages) {
        writer.member("type", "error");
        writer.name("error");
        writer.beginObject();
        writer.member("type", complaint.type);
        writer.member("message", complaint.message);
        writer.endObject();
        writer.member("request_id", QString::fromLatin1("req_" + seed.id));
    } else if (question.kind == Question::Kind::GeminiContent) {
        writer.name("error");
        writer.beginObject();
        writer.member("code", complaint.status);
        writer.member("message", complaint.message);
        writer.member("status", "INVALID_ARGUMENT");
        writer.endObject();
    } else {
        writer.name("error");
        writer.beginObject();
        writer.member("message", complaint.message);
        writer.member("type", complaint.type);
        writer.name("param");
        writer.null();
        writer.name("code");
        writer.null();
        writer.endObject();
    }
    writer.endObject();
    const bool inArray = question.delivery == Question::Delivery::JsonArray;
    return inArray ? '[' + writer.bytes() + ']' : writer.bytes();
}

} // namespace lavascope
