// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/result.h"
#include "core/json/document.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <functional>

namespace lavascope {

/// One value of a configuration file, with the way to it for messages: `customers[1].balance_usd`.
class ConfigNode {
public:
    ConfigNode(const json::Document& document, json::View view, QString path);

    [[nodiscard]] const json::View& view() const { return m_view; }
    [[nodiscard]] ConfigNode member(const char* name) const;
    [[nodiscard]] ConfigNode namedChild(const json::View& view) const;
    [[nodiscard]] ConfigNode element(const json::View& view, qsizetype index) const;

    /// `config_invalid`: the value is not what it must be, with line and column.
    [[nodiscard]] tl::unexpected<Error> unfit(const QString& expected) const;
    /// `config_invalid`: there is no member of that name.
    [[nodiscard]] tl::unexpected<Error> unknown() const;

private:
    [[nodiscard]] QString below(const QString& name) const;

    const json::Document* m_document;
    json::View m_view;
    QString m_path;
};

/// Reads one value into where it belongs. Error `config_invalid`.
using ConfigTaker = std::function<Result<void>(const ConfigNode&)>;
struct ConfigMember {
    const char* name;
    ConfigTaker take;
};

/// Hands every member of an object to its taker and refuses those that have none.
[[nodiscard]] Result<void> takeMembers(const ConfigNode& node, const QList<ConfigMember>& members);
/// Hands every element of a list, of at most 1000, to the taker.
[[nodiscard]] Result<void> takeElements(const ConfigNode& node, const ConfigTaker& take);

// Takers for one kind of value each; what they fill must outlive them.
[[nodiscard]] ConfigTaker intoText(QString& out); ///< not empty
[[nodiscard]] ConfigTaker intoTexts(QStringList& out);
[[nodiscard]] ConfigTaker intoInteger(qint64 least, qint64 most, const std::function<void(qint64)>& set);
[[nodiscard]] ConfigTaker intoNumber(double& out, double least, double most);
[[nodiscard]] ConfigTaker intoMicros(qint64& out, qint64 most); ///< dollars, to the millionth

} // namespace lavascope
