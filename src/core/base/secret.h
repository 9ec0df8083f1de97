// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <memory>

namespace lavascope {

/// What the mask of a secret shows of it: a prefix that only tells its kind, and the last characters. Both
/// may be empty, and lie in the secret itself.
struct ShownParts {
    QByteArrayView prefix;
    QByteArrayView end;
};
[[nodiscard]] ShownParts shownPartsOf(QByteArrayView plain);

/// First 12 hexadecimal digits of SHA-256: equal secrets can be recognised without being shown.
[[nodiscard]] QByteArray fingerprintOf(QByteArrayView plain);

/// A credential that shows itself only masked. Copies share one buffer, which is overwritten when the last
/// copy goes.
///
/// The claim is "short-lived", not "wiped": whoever calls reveal() has a copy of their own to look after.
class Secret {
public:
    Secret() = default;
    explicit Secret(QByteArrayView plain);

    [[nodiscard]] bool isEmpty() const;
    /// The real bytes. Ask for them at the last moment, and keep them no longer than the call needs.
    [[nodiscard]] QByteArray reveal() const;
    /// `aks_test_…9f3c`: a known prefix and the last four characters; short secrets show no character at all.
    /// What is such a mask already stays as it is.
    [[nodiscard]] QString masked() const;
    /// As fingerprintOf(); empty if empty.
    [[nodiscard]] QString fingerprint() const;

    friend bool operator==(const Secret& a, const Secret& b) { return a.equals(b); }

private:
    class Buffer;

    [[nodiscard]] bool equals(const Secret& other) const;

    std::shared_ptr<const Buffer> m_buffer;
};

} // namespace lavascope
