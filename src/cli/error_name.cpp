// SPDX-License-Identifier: MIT
#include "cli/error_name.h"

namespace lavascope {

namespace {

constexpr const char* tlsPrefix = "tls_";

} // namespace

std::vector<std::string> errorNames() {
    std::vector<std::string> names;
    for (int reason = int(EndReason::StoppedByUser); reason <= int(EndReason::OtherFailure); ++reason)
        names.emplace_back(endReasonName(EndReason(reason)));
    for (int fault = int(TlsFault::Revoked); fault < int(TlsFault::Other); ++fault)
        names.push_back(std::string(tlsPrefix) + tlsFaultName(TlsFault(fault)));
    return names;
}

std::string errorNamesInLines() {
    constexpr size_t namesPerLine = 5;
    std::string text;
    size_t count = 0;
    const std::vector<std::string> names = errorNames();
    for (const std::string& name : names) {
        ++count;
        const bool isLast = count % namesPerLine == 0 || count == names.size();
        text += (count % namesPerLine == 1 ? "  " : " ") + name + (isLast ? "\n" : ",");
    }
    return text;
}

std::optional<Ending> endingByErrorName(const std::string& name) {
    Ending ending;
    if (const auto reason = endReasonByName(QByteArrayView(name.data(), qsizetype(name.size())))) {
        ending.reason = *reason;
        return ending;
    }
    const QByteArrayView text(name.data(), qsizetype(name.size()));
    if (!text.startsWith(tlsPrefix))
        return std::nullopt;
    const auto fault = tlsFaultByName(text.sliced(qstrlen(tlsPrefix)));
    if (!fault)
        return std::nullopt;
    ending.reason = EndReason::TlsFailed;
    ending.tlsFault = *fault;
    return ending;
}

} // namespace lavascope
