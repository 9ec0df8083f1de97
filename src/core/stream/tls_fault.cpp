// SPDX-License-Identifier: MIT
#include "core/stream/tls_fault.h"

#include <QtGlobal>

#include <array>
#include <utility>

namespace lavascope {

namespace {

constexpr std::array<std::pair<TlsFault, const char*>, 9> faultNames = {{
    {TlsFault::None, "none"},
    {TlsFault::Revoked, "revoked"},
    {TlsFault::SelfSigned, "self_signed"},
    {TlsFault::UnknownAuthority, "unknown_authority"},
    {TlsFault::WrongHost, "wrong_host"},
    {TlsFault::Expired, "expired"},
    {TlsFault::NotYetValid, "not_yet_valid"},
    {TlsFault::NotSpoken, "not_spoken"},
    {TlsFault::Other, "other"},
}};

} // namespace

const char* tlsFaultName(TlsFault fault) {
    for (const auto& [known, name] : faultNames)
        if (known == fault)
            return name;
    Q_ASSERT_X(false, "tlsFaultName", "a fault without a name");
    return "other";
}

std::optional<TlsFault> tlsFaultByName(QByteArrayView name) {
    for (const auto& [fault, known] : faultNames)
        if (name == QByteArrayView(known))
            return fault;
    return std::nullopt;
}

} // namespace lavascope
