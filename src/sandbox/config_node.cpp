// SPDX-License-Identifier: MIT
#include "sandbox/config_node.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lavascope {

namespace {

constexpr qsizetype mostEntries = 1000;

} // namespace

ConfigNode::ConfigNode(const json::Document& document, json::View view, QString path)
    : m_document(&document)
    , m_view(view)
    , m_path(std::move(path)) {}

ConfigNode ConfigNode::member(const char* name) const {
    return {*m_document, m_view[QByteArrayView(name)], below(QString::fromLatin1(name))};
}

ConfigNode ConfigNode::namedChild(const json::View& view) const {
    return {*m_document, view, below(view.name())};
}

ConfigNode ConfigNode::element(const json::View& view, qsizetype index) const {
    return {*m_document, view, QStringLiteral("%1[%2]").arg(m_path).arg(index)};
}

QString ConfigNode::below(const QString& name) const {
    return m_path.isEmpty() ? name : m_path + QLatin1Char('.') + name;
}

tl::unexpected<Error> ConfigNode::unfit(const QString& expected) const {
    const qint64 offset = m_view.range().begin;
    const json::Position position = json::positionOf(m_document->source(), offset);
    const QString what =
        m_path.isEmpty() ? QStringLiteral("The configuration") : QLatin1Char('`') + m_path + QLatin1Char('`');
    return fail(QStringLiteral("config_invalid"),
                QStringLiteral("%1 must be %2 (line %3, column %4).")
                    .arg(what, expected, QString::number(position.line), QString::number(position.column)),
                QStringLiteral("See docs/sandbox.md for every member."), offset);
}

tl::unexpected<Error> ConfigNode::unknown() const {
    const qint64 offset = m_view.nameRange().begin;
    const json::Position position = json::positionOf(m_document->source(), offset);
    return fail(QStringLiteral("config_invalid"),
                QStringLiteral("`%1` is no member that is known here (line %2, column %3).")
                    .arg(m_path, QString::number(position.line), QString::number(position.column)),
                QStringLiteral("See docs/sandbox.md for every member."), offset);
}

Result<void> takeMembers(const ConfigNode& node, const QList<ConfigMember>& members) {
    if (!node.view().isObject()) {
        return node.unfit(QStringLiteral("an object"));
    }
    for (json::View view = node.view().firstChild(); view.exists(); view = view.nextSibling()) {
        const ConfigNode child = node.namedChild(view);
        const auto member = std::find_if(members.begin(), members.end(), [&](const ConfigMember& known) {
            return view.name() == QLatin1String(known.name);
        });
        if (member == members.end()) {
            return child.unknown();
        }
        if (Result<void> taken = member->take(child); !taken) {
            return taken;
        }
    }
    return {};
}

Result<void> takeElements(const ConfigNode& node, const ConfigTaker& take) {
    if (!node.view().isArray() || node.view().size() > mostEntries) {
        return node.unfit(QStringLiteral("a list of at most %1").arg(mostEntries));
    }
    qsizetype index = 0;
    for (json::View view = node.view().firstChild(); view.exists(); view = view.nextSibling()) {
        if (Result<void> taken = take(node.element(view, index++)); !taken) {
            return taken;
        }
    }
    return {};
}

ConfigTaker intoText(QString& out) {
    return [&out](const ConfigNode& node) -> Result<void> {
        out = node.view().toString();
        if (!node.view().isString() || out.isEmpty()) {
            return node.unfit(QStringLiteral("a text that is not empty"));
        }
        return {};
    };
}

ConfigTaker intoTexts(QStringList& out) {
    return [&out](const ConfigNode& node) -> Result<void> {
        out.clear();
        return takeElements(node, [&out](const ConfigNode& element) {
            QString text;
            Result<void> taken = intoText(text)(element);
            out << text;
            return taken;
        });
    };
}

ConfigTaker intoInteger(qint64 least, qint64 most, const std::function<void(qint64)>& set) {
    return [=](const ConfigNode& node) -> Result<void> {
        const std::optional<qint64> number = node.view().toInteger();
        if (!number || *number < least || *number > most) {
            return node.unfit(QStringLiteral("a whole number from %1 to %2").arg(least).arg(most));
        }
        set(*number);
        return {};
    };
}

ConfigTaker intoNumber(double& out, double least, double most) {
    return [=, &out](const ConfigNode& node) -> Result<void> {
        const std::optional<double> number = node.view().toDouble();
        if (!number || *number < least || *number > most) {
            return node.unfit(QStringLiteral("a number from %1 to %2").arg(least).arg(most));
        }
        out = *number;
        return {};
    };
}

ConfigTaker intoMicros(qint64& out, qint64 most) {
    return [&out, most](const ConfigNode& node) -> Result<void> {
        double dollars = 0;
        constexpr double million = 1'000'000;
        if (const Result<void> taken = intoNumber(dollars, 0, static_cast<double>(most) / million)(node);
            !taken) {
            return node.unfit(QStringLiteral("an amount of dollars from 0 to %1").arg(most / 1'000'000));
        }
        out = std::llround(dollars * million);
        return {};
    };
}

} // namespace lavascope
