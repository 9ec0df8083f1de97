// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

#include <array>
#include <compare>
#include <optional>

namespace lavascope {

/// A version by the rules of Semantic Versioning 2.0.0: three numbers, perhaps the words of a pre-release.
/// What follows `+` says nothing about the order and is left out.
class Version {
public:
    /// `1.2.3`, `v1.2.3-rc.1+build`; nothing for anything else.
    [[nodiscard]] static std::optional<Version> fromText(QStringView text);

    [[nodiscard]] bool isPreRelease() const { return !m_words.isEmpty(); }
    [[nodiscard]] QString text() const; ///< without `v` and build: `1.2.3-rc.1`

    /// `1.0.0-alpha` < `1.0.0-alpha.1` < `1.0.0-beta.2` < `1.0.0-beta.11` < `1.0.0` (section 11).
    [[nodiscard]] std::strong_ordering operator<=>(const Version& other) const;
    [[nodiscard]] bool operator==(const Version& other) const = default;

private:
    std::array<quint64, 3> m_numbers{};
    QStringList m_words;
};

} // namespace lavascope
