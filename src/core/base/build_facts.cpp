// SPDX-License-Identifier: MIT
#include "core/base/build_facts.h"

#include <build_commit.h>

namespace lavascope {

namespace {

QString compilerName() {
#if defined(__clang__)
    return QStringLiteral("Clang %1.%2.%3")
        .arg(__clang_major__)
        .arg(__clang_minor__)
        .arg(__clang_patchlevel__);
#elif defined(__GNUC__)
    return QStringLiteral("GCC %1.%2.%3").arg(__GNUC__).arg(__GNUC_MINOR__).arg(__GNUC_PATCHLEVEL__);
#elif defined(_MSC_FULL_VER)
    return QStringLiteral("MSVC %1").arg(_MSC_FULL_VER);
#else
    return QStringLiteral("unknown");
#endif
}

} // namespace

BuildFacts buildFacts() {
    return {QStringLiteral(LAVASCOPE_VERSION), QStringLiteral(LAVASCOPE_COMMIT), LAVASCOPE_COMMIT_IS_DIRTY,
            compilerName(), QStringLiteral(LAVASCOPE_BUILD_TYPE)};
}

QString commitText(const BuildFacts& facts) {
    return facts.isDirty ? facts.commit + QStringLiteral(", with changes") : facts.commit;
}

} // namespace lavascope
