// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"

#include <QString>

namespace lavascope {

// The user's keys for a command that has nothing else to do meanwhile: each call waits for the key store, at
// most ten seconds for each step.

/// The key of that name. Errors: `key_name_unknown`, those of SecretVault::read().
[[nodiscard]] Result<Secret> keyNamed(const QString& name);

/// Keeps a key in the key store. Errors: those of KeyRing::remember() and of SecretVault::keep(): what cannot
/// outlive this command is not kept at all.
[[nodiscard]] Result<void> keepKey(const QString& name, const QString& note, const Secret& key);

/// Errors: `key_name_unknown`, those of KeyRing::forget().
[[nodiscard]] Result<void> removeKey(const QString& name);

} // namespace lavascope
