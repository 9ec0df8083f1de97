// SPDX-License-Identifier: MIT
#include "sandbox/builtin/tool_choice.h"

#include "core/json/writer.h"

#include <QList>

#include <algorithm>

namespace lavascope {

namespace {

using json::View;

constexpr int deepestSchema = 8;

struct Offer {
    QString name;
    View schema;
};

enum class Wish { Forbidden, Free, Forced };

struct Choice {
    Wish wish = Wish::Free;
    QString name; ///< empty: any
};

void appendOffer(const View& tool, QList<Offer>& offers) {
    const View declared = tool["function"].isObject() ? tool["function"] : tool;
    const View parameters = declared["parameters"];
    const QString name = declared["name"].toString();
    if (!name.isEmpty()) {
        offers.append({name, parameters.exists() ? parameters : declared["input_schema"]});
    }
}

[[nodiscard]] QList<Offer> offersOf(const View& tools) {
    QList<Offer> offers;
    for (View tool = tools.firstChild(); tool.exists() && tools.isArray(); tool = tool.nextSibling()) {
        appendOffer(tool, offers);
        const View declarations = tool["functionDeclarations"];
        for (View each = declarations.firstChild(); each.exists(); each = each.nextSibling()) {
            appendOffer(each, offers);
        }
    }
    return offers;
}

[[nodiscard]] Choice choiceOf(const View& root) {
    const View choice = root["tool_choice"];
    const View gemini = root["toolConfig"]["functionCallingConfig"];
    QString mode = choice.isString() ? choice.toString() : choice["type"].toString();
    if (gemini.exists()) {
        mode = gemini["mode"].toString().toLower();
    }
    if (mode == QLatin1String("none")) {
        return {Wish::Forbidden, {}};
    }
    if (mode == QLatin1String("required") || mode == QLatin1String("any")) {
        return {Wish::Forced, gemini["allowedFunctionNames"].at(0).toString()};
    }
    if (mode == QLatin1String("function") || mode == QLatin1String("tool")) {
        const View name = choice["function"]["name"];
        return {Wish::Forced, name.exists() ? name.toString() : choice["name"].toString()};
    }
    return {};
}

void writeExample(json::Writer& writer, const View& schema, int depth) {
    const View types = schema["type"];
    const QString type = (types.isArray() ? types.at(0) : types).toString().toLower();
    if (const View allowed = schema["enum"]; allowed.size() > 0) {
        writer.raw(allowed.at(0).raw());
    } else if (type == QLatin1String("object") && depth < deepestSchema) {
        writer.beginObject();
        const View properties = schema["properties"];
        for (View property = properties.firstChild(); property.exists(); property = property.nextSibling()) {
            writer.name(property.name().toUtf8());
            writeExample(writer, property, depth + 1);
        }
        writer.endObject();
    } else if (type == QLatin1String("integer") || type == QLatin1String("number")) {
        writer.value(1);
    } else if (type == QLatin1String("boolean")) {
        writer.value(true);
    } else if (type == QLatin1String("array")) {
        writer.beginArray();
        writer.endArray();
    } else if (type == QLatin1String("string")) {
        writer.value("example");
    } else {
        writer.null();
    }
}

[[nodiscard]] QByteArray exampleArguments(const View& schema) {
    if (!schema["properties"].isObject()) {
        return "{}";
    }
    json::Writer writer;
    writer.beginObject();
    const View properties = schema["properties"];
    for (View property = properties.firstChild(); property.exists(); property = property.nextSibling()) {
        writer.name(property.name().toUtf8());
        writeExample(writer, property, 1);
    }
    writer.endObject();
    return writer.bytes();
}

[[nodiscard]] const Offer* offerFor(const QList<Offer>& offers, const Choice& choice, const QString& prompt) {
    const auto find = [&](auto matches) -> const Offer* {
        const auto found = std::find_if(offers.begin(), offers.end(), matches);
        return found == offers.end() ? nullptr : &*found;
    };
    if (!choice.name.isEmpty()) {
        return find([&](const Offer& offer) { return offer.name == choice.name; });
    }
    const Offer* named =
        find([&](const Offer& offer) { return prompt.contains(offer.name, Qt::CaseInsensitive); });
    if (named) {
        return named;
    }
    const bool spokenOf = prompt.contains(QLatin1String("tool"), Qt::CaseInsensitive) ||
                          prompt.contains(QLatin1String("function"), Qt::CaseInsensitive);
    return choice.wish == Wish::Forced || spokenOf ? &offers.first() : nullptr;
}

} // namespace

std::optional<Question::Tool> chosenTool(const Question& question, const View& root) {
    const QList<Offer> offers = offersOf(root["tools"]);
    const Choice choice = choiceOf(root);
    if (offers.isEmpty() || choice.wish == Wish::Forbidden || question.isToolResult) {
        return std::nullopt;
    }
    const Offer* offer = offerFor(offers, choice, question.prompt);
    if (!offer) {
        return std::nullopt;
    }
    return Question::Tool{offer->name, exampleArguments(offer->schema)};
}

} // namespace lavascope
