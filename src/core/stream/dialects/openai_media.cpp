// SPDX-License-Identifier: MIT
#include "core/stream/dialects/dialects.h"

namespace lavascope {

namespace {

/// OpenAI's speech, transcription and image endpoints: typed events around one sound, text or picture.
class OpenAiMedia final : public Dialect {
public:
    void takeEvent(const json::View& payload, QByteArrayView eventName, Assembler& out) override;
    void takeDone(Assembler& out) override { out.close(); }
    void takeWhole(const json::View& body, Assembler& out) override;

private:
    void takePicture(const json::View& picture, Assembler& out) const;

    size_t m_pictures = 0; ///< that are complete
};

bool isPicture(QByteArrayView type) {
    return type.startsWith("image_generation.") || type.startsWith("image_edit.");
}

void takeUsage(const json::View& usage, Assembler& out) {
    Usage& counts = out.transcript().usage;
    out.offerCount(counts.inputTokens, usage["input_tokens"]);
    out.offerCount(counts.outputTokens, usage["output_tokens"]);
    out.offerCount(counts.totalTokens, usage["total_tokens"]);
    out.offerCount(counts.cachedInputTokens, usage["input_tokens_details"]["cached_tokens"]);
}

void OpenAiMedia::takeEvent(const json::View& payload, QByteArrayView eventName, Assembler& out) {
    const json::View typed = payload["type"];
    const QByteArrayView type = typed.isString() ? plainText(typed) : eventName;
    Choice& target = *out.choice(0);

    if (type == "speech.audio.delta") {
        out.addMedia(target, 0, {}, payload["audio"]);
    } else if (type == "transcript.text.delta") {
        out.addText(target, payload["delta"].toString());
    } else if (type == "transcript.text.done") {
        const QString whole = payload["text"].toString();
        if (!whole.isEmpty() && !target.text.isEmpty() && whole != target.text)
            out.note(QStringLiteral("the whole text at the end differs from its pieces"));
        if (!whole.isEmpty())
            out.setText(target, whole);
    } else if (isPicture(type)) {
        takePicture(payload, out);
    }
    const bool isPictureEnd = isPicture(type) && type.endsWith(".completed");
    if (isPictureEnd)
        ++m_pictures;
    if (isPictureEnd || type == "speech.audio.done" || type == "transcript.text.done") {
        takeUsage(payload["usage"], out);
        // Not closed: another picture may follow.
        out.setEndSignal(true);
    }
}

void OpenAiMedia::takeWhole(const json::View& body, Assembler& out) {
    takeUsage(body["usage"], out);
    Choice& target = *out.choice(0);
    out.addText(target, body["text"].toString());
    const json::View pictures = body["data"];
    for (json::View picture = pictures.firstChild(); picture.exists(); picture = picture.nextSibling()) {
        takePicture(picture, out);
        ++m_pictures;
        const QString url = picture["url"].toString();
        if (!url.isEmpty())
            out.cite(target, {picture["revised_prompt"].toString(), url, {}});
    }
    out.setEndSignal(true);
}

/// Each partial picture is a full one, so it takes the place of the one before.
void OpenAiMedia::takePicture(const json::View& picture, Assembler& out) const {
    const QString format = picture["output_format"].toString();
    out.setMedia(*out.choice(0), m_pictures, format.isEmpty() ? QString() : QStringLiteral("image/") + format,
                 picture["b64_json"]);
}

bool pathFits(QByteArrayView path) {
    return path.endsWith("/audio/speech") || path.endsWith("/audio/transcriptions") ||
           path.endsWith("/audio/translations") || path.endsWith("/images/generations") ||
           path.endsWith("/images/edits");
}

bool hostFits(QByteArrayView) {
    return false;
}

Fit eventFits(const json::View& payload, QByteArrayView) {
    const QByteArrayView type = plainText(payload["type"]);
    const bool isOurs =
        isPicture(type) || type.startsWith("speech.audio.") || type.startsWith("transcript.text.");
    return isOurs ? Fit::Certain : Fit::No;
}

bool wholeFits(const json::View& body) {
    const json::View first = body["data"].firstChild();
    if (body["created"].isNumber() && (first["b64_json"].isString() || first["url"].isString()))
        return true;
    const QByteArrayView counted = plainText(body["usage"]["type"]);
    // By default a transcript holds nothing but its text.
    return body["text"].isString() &&
           (body.size() == 1 || counted == "tokens" || counted == "duration" || body["segments"].isArray());
}

std::unique_ptr<Dialect> make() {
    return std::make_unique<OpenAiMedia>();
}

} // namespace

const DialectKind openAiMedia = {"openai_media", pathFits, hostFits, eventFits, wholeFits, make};

} // namespace lavascope
