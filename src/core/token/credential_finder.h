// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/finding.h"
#include "core/token/credential_shapes.h"
#include "core/token/needle_index.h"

#include <QByteArray>

#include <vector>

namespace lavascope {

/// The base64 digits that depend on a secret alone, wherever in a longer text it is encoded, in both
/// alphabets. What is too short to mean anything is left out.
[[nodiscard]] std::vector<QByteArray> base64Spellings(const QByteArray& secret);

/// Finds credentials in bytes: known ones in every spelling in which they travel, and unknown ones by their
/// shape.
class CredentialFinder {
public:
    CredentialFinder();

    /// Adds a secret that must not be seen. A forward token brings the keys inside it along. What is so short
    /// that it is found by chance everywhere is passed over.
    void add(QByteArrayView secret);

    /// Ranges that hold credentials, in no order; they may overlap. Prefixes that only say what kind of
    /// credential it is are left out.
    [[nodiscard]] std::vector<ByteRange> find(const QByteArray& bytes) const;
    /// The same bytes with `*` for every byte of a credential.
    [[nodiscard]] QByteArray masked(const QByteArray& bytes) const;

private:
    void addSpelling(const QByteArray& spelling);
    void addBase64Spellings(const QByteArray& secret);

    CredentialShapes m_shapes;
    std::vector<QByteArray> m_spellings;
    NeedleIndex m_index; ///< signs of shapes by their number, then the spellings
};

} // namespace lavascope
