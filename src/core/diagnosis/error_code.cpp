// SPDX-License-Identifier: MIT
#include "core/diagnosis/error_code.h"

#include "core/diagnosis/error_message.h"

#include <array>
#include <utility>

namespace lavascope {

namespace {

/// Amazon writes `com.amazon.coral.service#ThrottlingException` and `ThrottlingException:http://…`.
QString withoutWrapping(const QString& code) {
    return code.mid(code.lastIndexOf(QLatin1Char('#')) + 1).section(QStringLiteral(":http"), 0, 0).trimmed();
}

QString codeText(const json::View& value) {
    if (value.isNumber())
        return QString::fromLatin1(value.raw());
    return withoutWrapping(value.toString());
}

class CodeList {
public:
    void add(const QString& path, const QString& value) {
        // Every error object of Anthropic's and Mistral's calls itself that, so it tells nothing.
        if (value.isEmpty() || value == QLatin1String("error"))
            return;
        for (const ErrorCode& known : m_codes)
            if (known.value.compare(value, Qt::CaseInsensitive) == 0)
                return;
        m_codes.push_back({path, value});
    }
    void addAll(const json::View& root, const QString& where);
    [[nodiscard]] std::vector<ErrorCode> codes() const { return m_codes; }

private:
    std::vector<ErrorCode> m_codes;
};

void CodeList::addAll(const json::View& root, const QString& where) {
    const json::View error = root["error"];
    const json::View detail = root["detail"];
    const std::array<std::pair<const char*, json::View>, 13> places = {{
        {"error.code", error["code"]},
        {"error.type", error["type"]},
        {"error.status", error["status"].isString() ? error["status"] : json::View()},
        {"error.details.error_code", error["details"]["error_code"]},
        {"error.innererror.code", error["innererror"]["code"]},
        {"error", isCodeWord(root) ? error : json::View()},
        {"code", root["code"]},
        {"type", root["type"]},
        {"error_code", root["error_code"]},
        {"detail.status", detail["status"]},
        {"detail.code", detail["code"]},
        {"detail.type", detail["type"]},
        {"__type", root["__type"]},
    }};
    for (const auto& [path, view] : places)
        add(QString::fromLatin1(path) + where, codeText(view));
    for (json::View child = error["details"].firstChild(); child.exists(); child = child.nextSibling())
        add(QStringLiteral("error.details.reason") + where, codeText(child["reason"]));
}

} // namespace

std::vector<ErrorCode> errorCodes(const json::View& root, const Headers& headers) {
    CodeList list;
    list.addAll(root, {});
    const QByteArray inner = innerError(root).toUtf8();
    json::Document document;
    if (!inner.isEmpty() && !document.scan(inner))
        list.addAll(document.root().isArray() ? document.root().at(0) : document.root(),
                    QStringLiteral(" (in the error that was handed on)"));
    if (const auto type = headers.value("x-amzn-errortype"))
        list.add(QStringLiteral("x-amzn-errortype"), withoutWrapping(QString::fromLatin1(*type)));
    return list.codes();
}

} // namespace lavascope
