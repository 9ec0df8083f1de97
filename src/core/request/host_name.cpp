// SPDX-License-Identifier: MIT
#include "core/request/host_name.h"

#include <QList>
#include <QUrl>

#include <algorithm>
#include <array>
#include <optional>

namespace lavascope {

namespace {

bool isDigits(QByteArrayView text) {
    return !text.isEmpty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "Ends in a number" of the WHATWG URL standard: then browsers and Node read the whole host as IPv4.
bool endsInNumber(QByteArrayView name) {
    const QByteArrayView last = name.sliced(name.lastIndexOf('.') + 1);
    return isDigits(last) || last.startsWith("0x");
}

std::optional<quint64> numberOf(QByteArrayView part) {
    bool ok = false;
    const QByteArray text = part.toByteArray();
    if (text == "0x")
        return 0;
    // Base 0 knows `0x` and the leading zero of octal, as the standard does.
    const quint64 value = text.toULongLong(&ok, 0);
    return ok ? std::optional(value) : std::nullopt;
}

// The address that a browser would make of a host that ends in a number.
std::optional<QByteArray> meantAddress(const QByteArray& name) {
    const QList<QByteArray> parts = name.split('.');
    if (parts.size() > 4)
        return std::nullopt;
    quint64 address = 0;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const auto value = numberOf(parts.at(i));
        const bool last = i + 1 == parts.size();
        const quint64 limit = last ? quint64(1) << uint(8 * (5 - parts.size())) : 256;
        if (!value || *value >= limit)
            return std::nullopt;
        address = last ? address * limit + *value : address * 256 + *value;
    }
    QByteArray dotted;
    for (uint shift : {24U, 16U, 8U, 0U})
        dotted += (dotted.isEmpty() ? "" : ".") + QByteArray::number((address >> shift) & 0xFFU);
    return dotted;
}

QString labelProblem(QByteArrayView label) {
    if (label.isEmpty())
        return QStringLiteral("The host has an empty part between two dots.");
    if (label.size() > 63)
        return QStringLiteral("A part of the host is longer than 63 characters.");
    if (label.startsWith('-') || label.endsWith('-'))
        return QStringLiteral("A part of the host begins or ends with '-'.");
    const bool plain = std::all_of(label.begin(), label.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
    return plain ? QString() : QStringLiteral("The host holds a character that host names cannot have.");
}

HostName refused(const QString& problem, const QString& fix = {}) {
    return {{}, problem, fix};
}

HostName readAddress6(QByteArrayView host) {
    const QUrl url(QStringLiteral("http://") + QString::fromLatin1(host) + QLatin1Char('/'),
                   QUrl::StrictMode);
    // A zone (`%eth0`) names an interface of this computer; no gateway can make sense of it.
    if (!host.endsWith(']') || host.contains('%') || !url.isValid() || url.host().isEmpty())
        return refused(QStringLiteral("The host is no IPv6 address."));
    return {'[' + url.host().toLatin1() + ']', {}, {}};
}

HostName readName(const QByteArray& name) {
    QByteArrayView labels = name;
    if (labels.endsWith('.'))
        labels.chop(1);
    if (labels.size() > 253)
        return refused(QStringLiteral("The host is longer than 253 characters."));
    for (const QByteArray& label : labels.toByteArray().split('.'))
        if (const QString problem = labelProblem(label); !problem.isEmpty())
            return refused(problem);
    if (!endsInNumber(labels))
        return {name, {}, {}};

    const auto meant = meantAddress(labels.toByteArray());
    if (!meant)
        return refused(QStringLiteral("The host looks like an IPv4 address but is none."));
    if (*meant != name)
        return refused(QStringLiteral("The host is a spelling of %1 that programs read differently.")
                           .arg(QString::fromLatin1(*meant)),
                       QStringLiteral("Write %1.").arg(QString::fromLatin1(*meant)));
    return {name, {}, {}};
}

} // namespace

HostName readHost(QByteArrayView host) {
    if (host.startsWith('['))
        return readAddress6(host);
    const bool ascii = std::all_of(host.begin(), host.end(), [](char c) { return uchar(c) < 0x80; });
    if (ascii)
        return readName(host.toByteArray().toLower());
    const QByteArray encoded = QUrl::toAce(QString::fromUtf8(host));
    if (encoded.isEmpty())
        return refused(QStringLiteral("The host holds letters that no host name can have."));
    return readName(encoded);
}

bool isLoopbackHost(QByteArrayView name) {
    return name == "localhost" || name == "[::1]" || (name.startsWith("127.") && endsInNumber(name));
}

} // namespace lavascope
