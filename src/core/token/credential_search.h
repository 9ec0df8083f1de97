// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/credential_finder.h"

#include <functional>

namespace lavascope {

/// Finds credentials in bytes of any length that come in pieces, cut anywhere, in a few megabytes of memory.
/// Finds what CredentialFinder finds in all of them together, as long as no credential is longer than
/// `longestSure`; of a longer one at least the beginning.
class CredentialSearch {
public:
    static constexpr qsizetype longestSure = qsizetype(128) * 1024;

    /// Ranges count from the first byte taken; they may overlap and come twice.
    using Found = std::function<void(const ByteRange& range)>;

    /// `finder` must outlive this.
    CredentialSearch(const CredentialFinder& finder, Found found)
        : m_finder(finder)
        , m_found(std::move(found)) {}

    void take(QByteArrayView bytes);
    void finish();
    /// Of the bytes before this everything has been found.
    [[nodiscard]] qint64 settled() const { return m_settled; }

private:
    enum class Last { No, Yes };

    void look(Last last);

    const CredentialFinder& m_finder;
    const Found m_found;
    QByteArray m_window;
    qsizetype m_lookAt = 0; ///< when the window is as long as this; 0: the usual length
    qint64 m_begin = 0;     ///< of the window, in all bytes
    qint64 m_settled = 0;
};

} // namespace lavascope
