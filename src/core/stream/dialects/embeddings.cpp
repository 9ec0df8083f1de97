// SPDX-License-Identifier: MIT
#include "core/stream/dialects/dialects.h"

namespace lavascope {

namespace {

/// Vectors, in the shapes of OpenAI and its look-alikes, Cohere, Gemini and Ollama. They never stream; what
/// can be said of them in words is how many there are and how long.
class Embeddings final : public Dialect {
public:
    void takeEvent(const json::View& payload, QByteArrayView, Assembler& out) override {
        takeWhole(payload, out);
    }
    void takeWhole(const json::View& body, Assembler& out) override;
};

/// The numbers of one vector: an array, an object that holds one, or base64 of 32-bit floats.
qsizetype lengthOf(const json::View& vector) {
    if (vector.isArray())
        return vector.size();
    if (vector.isObject())
        return lengthOf(vector["embedding"].exists() ? vector["embedding"] : vector["values"]);
    const QString encoded = vector.toString();
    return encoded.size() / 4 * 3 / qsizetype(sizeof(float));
}

/// The array of all vectors, whoever sent it.
json::View vectorsOf(const json::View& body) {
    if (body["data"].firstChild()["embedding"].exists())
        return body["data"];
    const json::View many = body["embeddings"];
    if (!many.isObject())
        return many;
    // Cohere names the number format first; one is enough to count.
    return many.firstChild();
}

void Embeddings::takeWhole(const json::View& body, Assembler& out) {
    out.offerModel(body["model"]);
    out.offerResponseId(body["id"]);
    Usage& counts = out.transcript().usage;
    out.offerCount(counts.inputTokens, body["usage"]["prompt_tokens"]);
    out.offerCount(counts.totalTokens, body["usage"]["total_tokens"]);
    out.offerCount(counts.inputTokens, body["meta"]["billed_units"]["input_tokens"]);
    out.offerCount(counts.inputTokens, body["prompt_eval_count"]);

    const json::View vectors = vectorsOf(body);
    const json::View single = body["embedding"];
    const qsizetype count = vectors.isArray() ? vectors.size() : 1;
    const json::View first = vectors.isArray() ? vectors.firstChild() : single;
    out.note(QStringLiteral("%1 embedding(s) of %2 numbers").arg(count).arg(lengthOf(first)));
    out.setEndSignal(true);
}

bool pathFits(QByteArrayView path) {
    return path.endsWith("/embeddings") || path.endsWith("/embed") || path.endsWith(":embedcontent") ||
           path.endsWith(":batchembedcontents");
}

bool hostFits(QByteArrayView) {
    return false;
}

Fit eventFits(const json::View&, QByteArrayView) {
    return Fit::No;
}

bool isVector(const json::View& value) {
    return value.isArray() || value["values"].isArray();
}

bool wholeFits(const json::View& body) {
    const json::View listed = body["data"].firstChild()["embedding"];
    if (listed.isArray() || (listed.isString() && plainText(body["object"]) == "list"))
        return true;
    const json::View many = body["embeddings"];
    return isVector(body["embedding"]) || isVector(many.firstChild()) ||
           (many.isObject() && isVector(many.firstChild().firstChild()));
}

std::unique_ptr<Dialect> make() {
    return std::make_unique<Embeddings>();
}

} // namespace

const DialectKind embeddings = {"embeddings", pathFits, hostFits, eventFits, wholeFits, make};

} // namespace lavascope
