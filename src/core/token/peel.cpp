// SPDX-License-Identifier: MIT
#include "core/token/peel.h"

#include "core/token/base64.h"
#include "core/token/layers.h"
#include "core/token/token_json.h"

#include <array>

namespace lavascope {

namespace {

constexpr int deepest = 24; // layers; no paste of a person has more

struct NamedLayer {
    const char* name;
    Layer (*take)(const SourcedText&);
    bool alsoOnJson; ///< may be taken off a JSON text too
    Severity severity;
    const char* message; ///< null: not worth a remark
    const char* fix;
};

// Tried from the top after each success, so an outer layer always goes before an inner one.
constexpr std::array<NamedLayer, 19> knownLayers = {{
    {"utf16", takeUtf16, true, Severity::Warning, "It is written in UTF-16, as Windows shells save text.",
     "Save it as UTF-8."},
    {"byte_order_mark", takeByteOrderMark, true, Severity::Warning,
     "A byte order mark stands in front, as Windows editors write it; sent along it breaks the call.",
     "Save the file as UTF-8 without byte order mark."},
    {"surrounding_blanks", takeSurroundingBlanks, true, Severity::Note,
     "Blanks or line ends stand around it; some programs send them along, others refuse them.",
     "Remove them."},
    {"no_break_spaces", takeNoBreakSpaces, false, Severity::Warning,
     "No-break spaces stand in it, as copying from a page or a chat leaves them.", "Remove them."},
    {"invisible_characters", takeInvisibleCharacters, false, Severity::Warning,
     "Invisible characters stand in it, as copying from a page or a chat leaves them.",
     "Remove them; they would break the call."},
    {"backslash_escapes", takeBackslashEscapes, false, Severity::Warning,
     "It holds backslash escapes, as out of a log or a JSON text.", "Send it without them."},
    {"header_name", takeHeaderName, false, Severity::Note, nullptr, nullptr},
    {"bearer", takeBearer, false, Severity::Note, nullptr, nullptr},
    {"assignment", takeAssignment, false, Severity::Note, nullptr, nullptr},
    {"punctuation", takePunctuation, true, Severity::Note, nullptr, nullptr},
    {"quotes", takeQuotes, false, Severity::Note, nullptr, nullptr},
    {"lookalike_characters", takeLookalikeCharacters, false, Severity::Warning,
     "Letters or dashes of another script stand in it, which only look like those of a key.",
     "Copy it from where it was made, or replace them."},
    {"surrounding_text", takeSurroundingText, false, Severity::Note,
     "It stands in a longer text; the first credential of Lava's in it is looked at, else the first of a "
     "provider's.",
     "Paste others one at a time."},
    {"percent_encoding", takePercentCodes, false, Severity::Warning, "It is percent-encoded, as in a URL.",
     "Send it decoded in a header."},
    {"lost_plus_signs", takeLostPlusSigns, false, Severity::Warning,
     "Its plus signs became blanks, as in the query of a URL that was not encoded.",
     "Send it in a header, or encode '+' as %2B."},
    {"line_wraps", takeLineWraps, false, Severity::Warning,
     "It is broken into several lines or pieces; a header cannot hold line ends.",
     "Make it with `base64 -w 0`, or remove line ends and blanks."},
    {"base64url", takeUrlAlphabet, false, Severity::Warning,
     "It is written in the URL-safe base64 alphabet ('-' and '_'), which Lava does not document.",
     "Encode with the standard alphabet ('+' and '/')."},
    {"missing_padding", takeMissingPadding, false, Severity::Warning,
     "The '=' that must end this base64 is missing; it was cut off or left out.", "Encode with padding."},
    {"extra_padding", takeExtraPadding, false, Severity::Warning,
     "More '=' stand at the end than belong there.", "Remove the surplus."},
}};

Layer takeFirst(const SourcedText& text, const NamedLayer*& found) {
    // By far the most tokens are written as they should be, and then no layer can fit.
    if (text.bytes().startsWith("eyJ") && isCanonicalBase64(text.bytes()))
        return std::nullopt;
    // Every character of a token's JSON counts. Other JSON, such as a line of a log, is only what stands
    // around a credential.
    const bool isJson = isTokenJson(text.bytes());
    for (const NamedLayer& layer : knownLayers) {
        if (isJson && !layer.alsoOnJson)
            continue;
        if (Layer taken = layer.take(text)) {
            found = &layer;
            return taken;
        }
    }
    return std::nullopt;
}

} // namespace

Peeled peel(const SourcedText& pasted, FindingList& findings) {
    Peeled peeled{pasted, {}};
    // One line feed ends a line of text; it is nobody's mistake, and no layer.
    if (pasted.bytes().endsWith('\n') && !pasted.bytes().endsWith("\r\n"))
        peeled.text = pasted.sliced(0, pasted.size() - 1);
    const NamedLayer* layer = nullptr;
    while (Layer taken = takeFirst(peeled.text, layer)) {
        if (peeled.layers.size() == deepest) {
            findings.add(Severity::Error, Step::Wrapping, "too_many_layers",
                         QStringLiteral("More is wrapped around it than any paste has."),
                         QStringLiteral("Paste the token or key alone."), taken->where);
            break;
        }
        const QString name = QString::fromLatin1(layer->name);
        if (layer->message && !peeled.layers.contains(name))
            findings.add(layer->severity, Step::Wrapping, layer->name, QString::fromLatin1(layer->message),
                         QString::fromLatin1(layer->fix), taken->where);
        peeled.layers.append(name);
        peeled.text = std::move(taken->rest);
    }
    return peeled;
}

} // namespace lavascope
