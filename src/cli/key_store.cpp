// SPDX-License-Identifier: MIT
#include "cli/key_store.h"

#include "session/key_ring.h"

#include <QEventLoop>

#include <optional>

namespace lavascope {

namespace {

/// Runs the event loop until the answer is there. `ask` gets what to call with it.
template <typename Answer, typename Ask>
Answer waitFor(const Ask& ask) {
    std::optional<Answer> answer;
    QEventLoop loop;
    ask([&](const Answer& given) {
        answer = given;
        loop.quit();
    });
    if (!answer)
        loop.exec();
    return *std::move(answer);
}

tl::unexpected<Error> unknownName(const QString& name) {
    return fail(QStringLiteral("key_name_unknown"), QStringLiteral("No key is named \"%1\".").arg(name),
                QStringLiteral("lavascope-cli key list shows the names."));
}

} // namespace

Result<Secret> keyNamed(const QString& name) {
    const std::unique_ptr<KeyRing> ring = KeyRing::ofUser();
    const Profile* profile = ring->profileNamed(name);
    if (!profile)
        return unknownName(name);
    return waitFor<Result<Secret>>([&](const auto& done) { ring->secretOf(profile->id, done); });
}

Result<void> keepKey(const QString& name, const QString& note, const Secret& key) {
    const std::unique_ptr<KeyRing> ring = KeyRing::ofUser();
    const auto kept =
        waitFor<Result<KeyRing::Kept>>([&](const auto& done) { ring->remember(name, note, key, done); });
    if (!kept)
        return tl::unexpected(kept.error());
    if (kept->place == KeyRing::Place::Memory)
        return fail(QStringLiteral("key_store_missing"), kept->reason,
                    QStringLiteral("Start a key store, or name env:NAME or file:PATH instead."));
    return {};
}

Result<void> removeKey(const QString& name) {
    const std::unique_ptr<KeyRing> ring = KeyRing::ofUser();
    const Profile* profile = ring->profileNamed(name);
    if (!profile)
        return unknownName(name);
    return waitFor<Result<void>>([&](const auto& done) { ring->forget(profile->id, done); });
}

} // namespace lavascope
