// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/finding.h"

#include <QByteArray>

#include <array>
#include <optional>
#include <vector>

namespace lavascope {

/// Whether a JSON member of that name holds a credential, e.g. `secret_key`, `api_key`.
[[nodiscard]] bool isCredentialMember(QByteArrayView name);

/// The signs by which a credential is known although nobody named it: prefixes of provider and gateway keys,
/// of forward tokens, `Bearer `, `key=`, the slashes before user info, and JSON members that hold keys.
class CredentialShapes {
public:
    CredentialShapes();

    [[nodiscard]] int count() const { return int(m_shapes.size()); }
    [[nodiscard]] const QByteArray& sign(int shape) const { return m_shapes[size_t(shape)].sign; }

    /// Walks the signs found in one text. Each stretch is looked at once, however many signs it holds.
    class Walk {
    public:
        Walk(const CredentialShapes& shapes, const QByteArray& bytes)
            : m_shapes(shapes)
            , m_bytes(bytes) {}
        /// The credential that belongs to the sign at that place, without the sign; nothing if it is none.
        /// To be asked in the order of places.
        [[nodiscard]] std::optional<ByteRange> credentialAt(int shape, qsizetype at);

    private:
        const CredentialShapes& m_shapes;
        const QByteArray& m_bytes;
        std::array<qsizetype, 6> m_lookedAt = {}; ///< by family
        qsizetype m_refusedEnd = -1;              ///< of the run of token bytes that was refused last
        int m_refusals = 0;
    };

private:
    enum class Family { Key, Bearer, Token, Parameter, UserInfo, Member };
    enum class Spelling { Plain, PercentEncoded };
    struct Shape {
        QByteArray sign;
        Family family = Family::Key;
        Spelling spelling = Spelling::Plain;
        qsizetype shortest = 0; ///< of a key, without its prefix
        bool isWord = false;    ///< a prefix so common that it counts at the beginning of a word only
    };
    /// Where the credential would be, and whether it is one.
    struct Stretch {
        qsizetype begin = 0;
        qsizetype end = 0;
        bool isCredential = false;
    };

    [[nodiscard]] static Stretch stretchAfter(const Shape& shape, const QByteArray& bytes, qsizetype at);
    [[nodiscard]] static Stretch key(const Shape& shape, const QByteArray& bytes, qsizetype at);
    [[nodiscard]] static Stretch bearer(const QByteArray& bytes, qsizetype begin);
    [[nodiscard]] static Stretch token(const QByteArray& bytes, qsizetype at, qsizetype begin);
    [[nodiscard]] static Stretch parameter(const Shape& shape, const QByteArray& bytes, qsizetype at);
    [[nodiscard]] static Stretch userInfo(const Shape& shape, const QByteArray& bytes, qsizetype begin);
    [[nodiscard]] static Stretch member(const QByteArray& bytes, qsizetype from);

    std::vector<Shape> m_shapes;
};

} // namespace lavascope
