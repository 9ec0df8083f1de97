// SPDX-License-Identifier: MIT
#pragma once

#include "core/json/document.h"

#include <simdjson.h>

#include <bit>
#include <utility>
#include <vector>

/// Asks another parser. Where the two may differ is written down in allowed(); everything else is a defect.
class SimdjsonOracle {
public:
    /// What the two disagree about; empty if nothing.
    [[nodiscard]] QString disagreement(QByteArrayView source) {
        using namespace lavascope::json;
        Document ours;
        const auto fault = ours.scan(source);
        if (source.isEmpty())
            return fault ? QString() : QStringLiteral("no text was accepted");
        simdjson::dom::element theirs;
        const auto error = m_parser.parse(source.data(), size_t(source.size())).get(theirs);
        if (fault && !error)
            return source.startsWith("\xEF\xBB\xBF") // it skips a byte order mark
                       ? QString()
                       : QStringLiteral("we alone refuse: ") + fault->message;
        if (fault)
            return {};
        if (error)
            return allowed(error, ours) ? QString()
                                        : QStringLiteral("they alone refuse: ") +
                                              QString::fromUtf8(simdjson::error_message(error));
        return differingValue(ours.root(), theirs);
    }

private:
    using View = lavascope::json::View;

    // It refuses a whole document for what it cannot represent: numbers beyond 64 bits or beyond a double,
    // surrogates without a partner, and depth beyond its stack.
    static bool allowed(simdjson::error_code error, const lavascope::json::Document& ours) {
        if (error == simdjson::DEPTH_ERROR || error == simdjson::CAPACITY)
            return true;
        std::vector<View> open{ours.root()};
        while (!open.empty()) {
            const View value = open.back();
            open.pop_back();
            if (error == simdjson::NUMBER_ERROR && value.isNumber() && isBeyondThem(value))
                return true;
            if (error == simdjson::STRING_ERROR &&
                (!value.toString().isValidUtf16() || !value.name().isValidUtf16()))
                return true;
            for (View child = value.firstChild(); child.exists(); child = child.nextSibling())
                open.push_back(child);
        }
        return false;
    }

    static bool isBeyondThem(View number) {
        const QByteArray raw = number.raw().toByteArray();
        const bool isInteger = !raw.contains('.') && !raw.contains('e') && !raw.contains('E');
        bool fits = false;
        if (isInteger && !raw.startsWith('-'))
            (void)raw.toULongLong(&fits);
        return isInteger ? !fits && !number.toInteger() : !number.toDouble();
    }

    static QString differingValue(View root, simdjson::dom::element theirRoot) {
        std::vector<std::pair<View, simdjson::dom::element>> open{{root, theirRoot}};
        while (!open.empty()) {
            const auto [ours, theirs] = open.back();
            open.pop_back();
            View child = ours.firstChild();
            bool same = true;
            switch (theirs.type()) {
            case simdjson::dom::element_type::OBJECT:
                same = ours.isObject();
                for (const auto member : simdjson::dom::object(theirs)) {
                    same = same && child.exists() && child.name().toUtf8() == bytesOf(member.key);
                    open.emplace_back(child, member.value);
                    child = child.nextSibling();
                }
                same = same && !child.exists();
                break;
            case simdjson::dom::element_type::ARRAY:
                same = ours.isArray();
                for (const auto element : simdjson::dom::array(theirs)) {
                    open.emplace_back(child, element);
                    child = child.nextSibling();
                }
                same = same && !child.exists();
                break;
            default:
                same = sameScalar(ours, theirs);
            }
            if (!same)
                return QStringLiteral("they read something else than ") +
                       QString::fromUtf8(ours.raw().toByteArray());
        }
        return {};
    }

    static bool sameScalar(View ours, simdjson::dom::element theirs) {
        using Type = simdjson::dom::element_type;
        QByteArray utf8;
        switch (theirs.type()) {
        case Type::STRING:
            ours.appendUtf8(utf8);
            return ours.isString() && utf8 == bytesOf(std::string_view(theirs)) &&
                   ours.toString().toUtf8() == utf8;
        case Type::INT64:
            return ours.toInteger() == int64_t(theirs);
        case Type::UINT64:
            return ours.isNumber() && !ours.toInteger() &&
                   ours.raw().toByteArray().toULongLong() == uint64_t(theirs);
        case Type::DOUBLE:
            return ours.toDouble() &&
                   std::bit_cast<uint64_t>(*ours.toDouble()) == std::bit_cast<uint64_t>(double(theirs));
        case Type::BOOL:
            return ours.toBool() == bool(theirs);
        case Type::NULL_VALUE:
            return ours.isNull();
        default:
            return false;
        }
    }

    static QByteArray bytesOf(std::string_view text) { return {text.data(), qsizetype(text.size())}; }

    simdjson::dom::parser m_parser;
};
