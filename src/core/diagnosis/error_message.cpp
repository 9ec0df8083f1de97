// SPDX-License-Identifier: MIT
#include "core/diagnosis/error_message.h"

#include <array>
#include <utility>

namespace lavascope {

namespace {

/// The places where providers put the error's words, in the order in which they are looked at.
QString messageIn(const json::View& root) {
    const json::View error = root["error"];
    const std::array<json::View, 12> places = {error["metadata"]["raw"],
                                               error["message"],
                                               isCodeWord(root) ? root["message"] : error,
                                               root["message"],
                                               root["Message"],
                                               root["message"]["detail"],
                                               root["message"]["detail"].at(0)["msg"],
                                               root["detail"]["message"],
                                               root["detail"],
                                               root["detail"].at(0)["msg"],
                                               root["errors"].at(0)["message"],
                                               root.at(0)["error"]["message"]};
    for (const json::View& place : places)
        if (place.isString() && !place.toString().trimmed().isEmpty())
            return place.toString();
    return {};
}

QString decodedEntities(QString text) {
    // `&amp;` last, so that `&amp;lt;` stays the text `&lt;`.
    static constexpr std::array<std::pair<const char*, char16_t>, 6> entities = {{{"&lt;", u'<'},
                                                                                  {"&gt;", u'>'},
                                                                                  {"&quot;", u'"'},
                                                                                  {"&#39;", u'\''},
                                                                                  {"&nbsp;", u' '},
                                                                                  {"&amp;", u'&'}}};
    for (const auto& [entity, character] : entities)
        text.replace(QLatin1String(entity), QString(QChar(character)));
    return text;
}

/// Where the element that opens at `from` ends, for those whose content is not meant to be read.
qsizetype endOfUnreadable(QStringView markup, qsizetype from) {
    for (const QLatin1String name : {QLatin1String("script"), QLatin1String("style")}) {
        if (!markup.sliced(from + 1).startsWith(name, Qt::CaseInsensitive))
            continue;
        const qsizetype close =
            markup.indexOf(QString(QLatin1String("</") + name), from, Qt::CaseInsensitive);
        return close < 0 ? markup.size() : close;
    }
    return from;
}

} // namespace

bool isCodeWord(const json::View& root) {
    return root["message"].isString() && !root["error"].toString().contains(QLatin1Char(' '));
}

QString innerError(const json::View& root) {
    const QString message = messageIn(root).trimmed();
    const bool isJson = message.startsWith(QLatin1Char('{')) || message.startsWith(QLatin1String("[{"));
    return isJson ? message : QString();
}

QString errorMessage(const json::View& root) {
    QString message = messageIn(root);
    const QByteArray inner = innerError(root).toUtf8();
    json::Document document;
    if (inner.isEmpty() || document.scan(inner))
        return message;
    const QString innerMessage = messageIn(document.root());
    return innerMessage.isEmpty() ? message : innerMessage;
}

QString textOfMarkup(QStringView markup, qsizetype limit) {
    QString text;
    qsizetype at = 0;
    while (at < markup.size() && text.size() < limit) {
        if (markup[at] != QLatin1Char('<')) {
            const qsizetype tag = markup.indexOf(QLatin1Char('<'), at);
            const qsizetype end = tag < 0 ? markup.size() : tag;
            text += markup.sliced(at, end - at);
            at = end;
            continue;
        }
        const qsizetype close = markup.indexOf(QLatin1Char('>'), endOfUnreadable(markup, at));
        at = close < 0 ? markup.size() : close + 1;
        text += QLatin1Char(' ');
    }
    return decodedEntities(text).simplified().left(limit);
}

} // namespace lavascope
