// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace lavascope {

enum class Verdict {
    Complete,      ///< the protocol's own end signal came
    Stopped,       ///< by the user
    CutOff,        ///< the bytes ended without that signal
    ErrorInStream, ///< the provider reported a failure under a good status
    NotAStream,    ///< a plain answer: JSON, HTML, text
};
[[nodiscard]] const char* verdictName(Verdict verdict);

/// Tokens as the provider reported them; nothing means "not reported", which is not zero.
struct Usage {
    std::optional<qint64> inputTokens;  ///< cached ones included, whatever the provider's own habit
    std::optional<qint64> outputTokens; ///< reasoning included
    std::optional<qint64> totalTokens;
    std::optional<qint64> cachedInputTokens;
    std::optional<qint64> reasoningTokens;

    friend bool operator==(const Usage&, const Usage&) = default;
};

struct ToolCall {
    QString id;
    QString name;
    QString arguments;       ///< JSON text as it came; may be cut. `{}` if the answer ended well without any
    bool isFreeText = false; ///< a custom tool: its arguments are no JSON

    friend bool operator==(const ToolCall&, const ToolCall&) = default;
};

/// A failure that came inside the body.
struct StreamError {
    QString type;
    QString code;
    QString message;
    std::optional<int> effectiveStatus; ///< the HTTP status it would have had, where type or code tell
    QByteArray raw;                     ///< the JSON it came as

    friend bool operator==(const StreamError&, const StreamError&) = default;
};

/// What an answer says it rests on; every part may be empty.
struct Citation {
    QString title;
    QString url;
    QString quote; ///< the words cited, or those of the answer that they support

    friend bool operator==(const Citation&, const Citation&) = default;
};

/// A picture or a sound that the answer holds.
struct Media {
    QString type; ///< its media type, `image/png`; empty: not said
    QByteArray bytes;

    friend bool operator==(const Media&, const Media&) = default;
};

/// One answer of those asked for (`n`, candidates).
struct Choice {
    QString text;
    QString reasoning;
    QString refusal;
    std::vector<ToolCall> toolCalls;
    std::vector<Citation> citations;
    std::vector<Media> media;
    QString stopReason; ///< empty: not given

    friend bool operator==(const Choice&, const Choice&) = default;
};

/// What the bytes meant. The same for the same bytes, however they were cut.
struct Transcript {
    QString dialect = QStringLiteral("unknown"); ///< one of dialectNames(), or `unknown`
    std::optional<Verdict> verdict;              ///< nothing while it runs
    std::vector<Choice> choices; ///< index = the provider's own; never empty after the first delta
    Usage usage;
    QString model;
    QString responseId;
    std::optional<StreamError> error;
    qint64 events = 0;
    qint64 comments = 0;
    qint64 malformed = 0; ///< events whose data should be JSON and is not
    bool endSignalSeen = false;
    QStringList
        notes; ///< e.g. `usage missing`, `finished, reason not given`, `last event was not terminated`

    [[nodiscard]] const Choice& first() const; ///< an empty one if there is none

    friend bool operator==(const Transcript&, const Transcript&) = default;
};

} // namespace lavascope
