// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/result.h"

namespace lavascope {

// What every way to a key store says alike, and how it names what it keeps. See SecretVault for the codes.

/// In bytes. Windows takes no more; so that a key can be kept everywhere or nowhere, it holds everywhere.
inline constexpr qsizetype longestSecret = 2560;

/// Windows names an entry by this alone, so it says whose it is.
[[nodiscard]] QString vaultEntryName(const QString& id);

[[nodiscard]] Error secretTooLong();
[[nodiscard]] Error vaultHasNoSuchKey();
[[nodiscard]] Error vaultRefused();
[[nodiscard]] Error vaultIsMissing();
/// `details`: what the store said itself, without a full stop.
[[nodiscard]] Error vaultFailed(const QString& details);
[[nodiscard]] Error vaultKeepsTheKey();
[[nodiscard]] Error vaultChangedTheKey();

} // namespace lavascope
