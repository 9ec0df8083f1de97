#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# build-qt.sh PREFIX: makes the Qt that programs for Windows are built with, out of Debian's own source packages: as it
# is there, but for SQLite's amalgamation, which is made from Debian's source too. About 40 minutes on two cores.
# WORK=FOLDER keeps what it makes on the way; STEP=configure ends before compiling.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
prefix=$1
work=${WORK:-$(mktemp -d)}
[ -n "${WORK:-}" ] || trap 'rm -rf "$work"' EXIT
mkdir -p "$work"
work=$(cd "$work" && pwd)
say() { printf '\033[1m== %s\033[0m\n' "$*" >&2; }

as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
needed=(dpkg-dev g++ g++-mingw-w64-x86-64-posix cmake ninja-build perl python3-minimal qt6-base-dev qt6-base-dev-tools tcl make)
missing=()
for package in "${needed[@]}"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi

# Sources come from where the packages come from; apt checks their signatures. A list of its own says so for this
# call only, so the system's stays as it is.
say "sources of qt6-base and sqlite3"
lists=$work/apt
mkdir -p "$lists/sources.list.d" "$lists/lists/partial"
for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ -f "$file" ] && sed -n 's/^deb \(.*\)/deb-src \1/p' "$file" >"$lists/sources.list.d/$(basename "$file")"
done
for file in /etc/apt/sources.list.d/*.sources; do
    [ -f "$file" ] && sed 's/^Types:.*/Types: deb-src/' "$file" >"$lists/sources.list.d/$(basename "$file")"
done
apt=(apt-get -qq -o Dir::Etc::SourceList=/dev/null -o "Dir::Etc::SourceParts=$lists/sources.list.d" -o "Dir::State::Lists=$lists/lists"
    -o APT::Sandbox::User=root)
"${apt[@]}" update
version=$(dpkg-query -W -f '${source:Version}' qt6-base-dev)
cd "$work"
compgen -G "$work/qt6-base-*/cmake" >/dev/null || "${apt[@]}" source "qt6-base=$version"
compgen -G "$work/sqlite3-*/src" >/dev/null || "${apt[@]}" source sqlite3
qt=$(echo "$work"/qt6-base-*/)
sqlite=$(echo "$work"/sqlite3-*/)

say "SQLite in one file"
if [ ! -f "$qt/src/3rdparty/sqlite/sqlite3.c" ]; then
    (cd "$sqlite" && ./configure >/dev/null && make sqlite3.c >/dev/null)
    mkdir -p "$qt/src/3rdparty/sqlite"
    cp "$sqlite/sqlite3.c" "$sqlite/sqlite3.h" "$qt/src/3rdparty/sqlite"
fi

# Direct2D stays on: the fonts of DirectWrite need it. The header of drawing tablets isn't in Debian's source.
off=(opengl vulkan dbus system_zlib system_freetype system_harfbuzz system_png system_jpeg system_pcre2 system_sqlite sql_odbc
    openssl tabletevent printsupport xml)
features=("${off[@]/#/-DFEATURE_}")
features=("${features[@]/%/=OFF}")
say "configuring Qt"
cmake -S "$qt" -B "$work/build" -G Ninja -DCMAKE_BUILD_TYPE=Release "-DCMAKE_INSTALL_PREFIX=$prefix" \
    "-DCMAKE_TOOLCHAIN_FILE=$here/mingw-w64.cmake" -DBUILD_SHARED_LIBS=ON -DQT_BUILD_EXAMPLES=OFF -DQT_BUILD_TESTS=OFF \
    -DQT_HOST_PATH=/usr "-DQT_HOST_PATH_CMAKE_DIR=/usr/lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH)/cmake" -DINPUT_opengl=no \
    "${features[@]}" -DFEATURE_sql_sqlite=ON -DFEATURE_schannel=ON >"$work/configure.log" 2>&1 ||
    { tail -n 40 "$work/configure.log" >&2; exit 1; }
[ "${STEP:-}" = configure ] && exit
say "building Qt"
cmake --build "$work/build"
say "installing Qt in $prefix"
cmake --install "$work/build" --strip >/dev/null
