// SPDX-License-Identifier: MIT
#include "core/token/token_echo.h"

#include "core/base/secret.h"

#include <algorithm>

namespace lavascope {

namespace {

constexpr size_t mostShapes = 256; // whoever writes more of them gains nothing by it

/// Texts that occur nowhere else, of the same shape as those of the token.
std::vector<QByteArray> specimenTexts(const PlainToken& token) {
    std::vector<QByteArray> texts;
    for (const PlainToken::Value& value : token.values()) {
        const QByteArray end = "Zq" + QByteArray::number(texts.size() % 10) + "w";
        const bool isShort = value.isSecret && value.shownEnd.isEmpty();
        texts.push_back(value.shownPrefix.toByteArray() + (isShort ? "Kx" : "Kx7Qv2Wm9Rt4") + end);
    }
    return texts;
}

} // namespace

bool TokenEcho::say(QByteArrayView line, json::GrowingBytes& out) {
    const bool isPlain = m_token.read(line);
    const auto known = isPlain ? m_patterns.find(m_token.shape()) : m_patterns.end();
    if (known != m_patterns.end() && known->second.isLearned) {
        write(known->second, m_token, out);
        return known->second.usable;
    }
    const Said said = m_inspect(line);
    if (isPlain && said.isRepeatable && known == m_patterns.end() && m_patterns.size() < mostShapes)
        m_patterns.emplace(m_token.shape(), learn(m_token, said));
    out.put(said.text);
    return said.usable;
}

TokenEcho::Pattern TokenEcho::learn(const PlainToken& token, const Said& said) const {
    const QByteArray line = token.lineWith(specimenTexts(token));
    PlainToken specimen;
    if (!specimen.read(line) || specimen.shape() != token.shape())
        return {};
    const Said saidOfSpecimen = m_inspect(line);
    const Pattern pattern = cutUp(saidOfSpecimen, specimen);
    return says(pattern, specimen, saidOfSpecimen) && says(pattern, token, said) ? pattern : Pattern();
}

/// Takes the specimen's values out of what was said of it.
TokenEcho::Pattern TokenEcho::cutUp(const Said& said, const PlainToken& specimen) {
    struct Mark {
        QByteArray text;
        size_t value;
        Shown shown;
    };
    std::vector<Mark> marks;
    // The whole text first: its end is part of it.
    for (size_t i = 0; i < specimen.values().size(); ++i)
        marks.push_back({specimen.values()[i].text.toByteArray(), i, Shown::Text});
    for (size_t i = 0; i < specimen.values().size(); ++i) {
        const PlainToken::Value& value = specimen.values()[i];
        marks.push_back({fingerprintOf(value.text), i, Shown::Fingerprint});
        if (!value.shownEnd.isEmpty())
            marks.push_back({value.shownEnd.toByteArray(), i, Shown::End});
    }
    Pattern pattern{true, said.usable, {}, {}};
    qsizetype from = 0;
    for (qsizetype at = 0; at < said.text.size();) {
        const QByteArrayView here = QByteArrayView(said.text).sliced(at);
        const auto mark = std::find_if(marks.begin(), marks.end(),
                                       [&](const Mark& one) { return here.startsWith(one.text); });
        if (mark == marks.end()) {
            ++at;
            continue;
        }
        pattern.parts.push_back({said.text.sliced(from, at - from), mark->value, mark->shown});
        at += mark->text.size();
        from = at;
    }
    pattern.rest = said.text.sliced(from);
    return pattern;
}

void TokenEcho::write(const Pattern& pattern, const PlainToken& token, json::GrowingBytes& out) {
    for (const Part& part : pattern.parts) {
        out.put(part.before);
        const PlainToken::Value& value = token.values()[part.value];
        switch (part.shown) {
        case Shown::Text:
            out.put(value.text);
            break;
        case Shown::End:
            out.put(value.shownEnd);
            break;
        case Shown::Fingerprint:
            out.put(fingerprintOf(value.text));
            break;
        }
    }
    out.put(pattern.rest);
}

bool TokenEcho::says(const Pattern& pattern, const PlainToken& token, const Said& said) {
    json::GrowingBytes out;
    write(pattern, token, out);
    return out.bytes() == said.text && pattern.usable == said.usable;
}

} // namespace lavascope
