// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/transcript.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace lavascope {

/// A sound in a form that any player takes.
struct Sound {
    QString type; ///< `audio/mpeg`, `audio/wav`, `audio/ogg` or `audio/flac`
    QByteArray bytes;
};

/// The sound that a part of an answer is, told by its first bytes and not by its name. Bare samples
/// (`audio/L16;rate=24000` as Gemini sends them, `audio/pcm`) get the head of a WAV file: 16 bits,
/// little-endian, 24,000 Hz and one channel unless the type says otherwise. Nothing if it is no sound, or one
/// whose tag hides something else: a player could take that for a list of addresses and load them.
[[nodiscard]] std::optional<Sound> soundOf(const Media& media);

} // namespace lavascope
