// SPDX-License-Identifier: MIT
#include "core/stream/dialects/dialects.h"

namespace lavascope {

namespace {

/// ElevenLabs' speech with timestamps: lines of JSON, each with a piece of sound and the characters it
/// speaks. Without timestamps the body is the sound itself.
class ElevenLabs final : public Dialect {
public:
    void takeEvent(const json::View& payload, QByteArrayView eventName, Assembler& out) override;
    void takeWhole(const json::View& body, Assembler& out) override;
};

void ElevenLabs::takeEvent(const json::View& payload, QByteArrayView, Assembler& out) {
    Choice& target = *out.choice(0);
    const json::View audio = payload["audio_base64"].exists() ? payload["audio_base64"] : payload["audio"];
    out.addMedia(target, 0, {}, audio);
    QString spoken;
    const json::View characters = payload["alignment"]["characters"];
    for (json::View character = characters.firstChild(); character.exists();
         character = character.nextSibling())
        spoken += character.toString();
    out.addText(target, spoken);
}

void ElevenLabs::takeWhole(const json::View& body, Assembler& out) {
    takeEvent(body, {}, out);
    out.setEndSignal(true);
}

bool pathFits(QByteArrayView path) {
    return path.contains("/text-to-speech/") || path.contains("/text-to-dialogue") ||
           path.contains("/speech-to-speech/") || path.contains("/sound-generation") ||
           path.endsWith("/v1/music") || path.contains("/v1/music/");
}

bool hostFits(QByteArrayView host) {
    return host == "api.elevenlabs.io";
}

bool looksSpoken(const json::View& payload) {
    return payload["audio_base64"].isString();
}

Fit eventFits(const json::View& payload, QByteArrayView) {
    return looksSpoken(payload) ? Fit::Certain : Fit::No;
}

std::unique_ptr<Dialect> make() {
    return std::make_unique<ElevenLabs>();
}

} // namespace

const DialectKind elevenLabs = {
    "elevenlabs", pathFits, hostFits, eventFits, looksSpoken, make, DialectKind::End::WithTheBody};

} // namespace lavascope
