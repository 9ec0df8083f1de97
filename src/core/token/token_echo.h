// SPDX-License-Identifier: MIT
#pragma once

#include "core/json/growing_bytes.h"
#include "core/token/plain_token.h"

#include <functional>
#include <unordered_map>

namespace lavascope {

/// Says of each of many tokens what an inspection says of it, and inspects only those that are not like one
/// before: in a list of customers' tokens nearly all differ in nothing but their values. What is said of a
/// shape is learned by inspecting a made-up token of it, so that every rule stays in the inspection alone.
class TokenEcho {
public:
    struct Said {
        QByteArray text; ///< in which values, ends of masks and fingerprints stand as they are
        bool usable = false;
        bool isRepeatable = false; ///< it names no place in the line, which moves with the values
    };
    using Inspect = std::function<Said(QByteArrayView line)>;

    explicit TokenEcho(Inspect inspect)
        : m_inspect(std::move(inspect)) {}

    /// Appends what the inspection says of the line; whether it is usable.
    bool say(QByteArrayView line, json::GrowingBytes& out);

private:
    enum class Shown { Text, End, Fingerprint };
    struct Part {
        QByteArray before; ///< the same for every token of the shape
        size_t value = 0;
        Shown shown = Shown::Text;
    };
    struct Pattern {
        bool isLearned = false;
        bool usable = false;
        std::vector<Part> parts;
        QByteArray rest;
    };

    [[nodiscard]] Pattern learn(const PlainToken& token, const Said& said) const;
    [[nodiscard]] static Pattern cutUp(const Said& said, const PlainToken& specimen);
    static void write(const Pattern& pattern, const PlainToken& token, json::GrowingBytes& out);
    [[nodiscard]] static bool says(const Pattern& pattern, const PlainToken& token, const Said& said);

    Inspect m_inspect;
    PlainToken m_token;
    std::unordered_map<std::string, Pattern> m_patterns; ///< by shape
};

} // namespace lavascope
