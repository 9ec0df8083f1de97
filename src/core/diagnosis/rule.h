// SPDX-License-Identifier: MIT
#pragma once

#include "core/diagnosis/diagnosis.h"

#include <QRegularExpression>

#include <memory>
#include <optional>
#include <vector>

namespace lavascope {

/// Who wrote an error, as far as the answer itself shows.
enum class Origin { Undecided, Gateway, Provider };

/// What a body looks like, whatever its Content-Type says.
enum class Content { Empty, Json, Html, Text };

/// An inclusive range of HTTP statuses; 0 stands for "no status came".
struct StatusRange {
    int first = 0;
    int last = 0;
};

/// What a value of the body or a header must be like. All that is given must hold; nothing given: any value.
struct ValueTest {
    QStringList equals; ///< one of these; without case
    QStringList prefix; ///< begins with one of these; without case
    std::optional<QRegularExpression> matches;
};

/// A condition on the JSON body: at least one value at one of the paths passes.
struct BodyTest {
    /// Names and indexes joined by `.`; `*` stands for every child.
    QList<QByteArray> paths;
    ValueTest value;
    QStringList kinds; ///< `string`, `number`, `object`, …; empty: any
};

/// A condition on a header: at least one field of that name passes.
struct HeaderTest {
    QByteArray name;
    ValueTest value;
};

/// The conditions of a rule. All must hold; a list holds if one of its items does; what is not given always
/// holds.
struct Match {
    std::vector<StatusRange> statuses;
    std::vector<EndReason> endings;
    std::vector<TlsFault> tls;
    std::vector<Verdict> verdicts;
    std::vector<Origin> origins;
    std::vector<Content> contents;
    QStringList credential; ///< facts about what we sent ourselves, see credentialFactNames()
    QStringList request;    ///< codes of remarks on the request that was sent, see lintSent()
    QStringList hosts;      ///< of the URL that was called, or the domain it belongs to
    QStringList targets;    ///< of the provider URL behind it
    std::vector<BodyTest> body;
    std::vector<HeaderTest> headers;
    QStringList codes; ///< what an error calls itself, wherever the provider writes that; without case
    std::vector<QRegularExpression> message;
    std::optional<bool> inStream; ///< the error came inside a good answer
    std::optional<bool> success;
    std::vector<std::shared_ptr<const Match>> any; ///< e.g. a code, or else words
    std::shared_ptr<const Match> unless;           ///< must not hold
};

/// One line of the table: when it fits, and what to tell.
struct DiagnosisRules::Rule {
    QString id;
    Match match;
    QString kind;
    Fault fault = Fault::Unknown;
    /// Backoff turns into After by itself when the server names a time.
    Retry retry = Retry::No;
    bool mayHaveBeenBilled = false;
    QString title;
    QString cause;
    QStringList steps;
    std::vector<Remedy> remedies; ///< `do` in the file
    QString docs;
    QString verified; ///< ISO date on which the facts behind it were last checked
};

/// Words that `match.credential` may use.
[[nodiscard]] QStringList credentialFactNames();
/// Words that texts may hold in braces, e.g. `{status}`.
[[nodiscard]] QStringList placeholderNames();

} // namespace lavascope
