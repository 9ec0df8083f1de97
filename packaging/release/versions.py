# SPDX-License-Identifier: MIT
"""Which version of a library a package was really built with, asked of the build and of Debian."""

import json
import shutil
import subprocess

# Where the build wrote what it found (packaging/CMakeLists.txt). A Mac is another machine: its note lies beside its package.
NOTES = {
    "linux-portable": "build/built-against.json",
    "linux-system": "build/built-against.json",
    "windows": "build-windows/built-against.json",
}
NOTE_OF_A_MAC = "built-against-macos.json"

# Debian's names of libraries that are copied into a package as Debian built them.
DEBIAN = {
    "linux-portable": {
        "Qt": "libqt6core6",
        "QtKeychain": "libqt6keychain1",
        "GCC runtime libraries": "libstdc++6",
        "zlib": "zlib1g",
        "libpng": "libpng16-16",
        "libjpeg-turbo": "libjpeg62-turbo",
        "FreeType": "libfreetype6",
        "HarfBuzz": "libharfbuzz0b",
        "PCRE2": "libpcre2-16-0",
        "double-conversion": "libdouble-conversion3",
        "MD4C": "libmd4c0",
        "ICU": "libicu72",
        "OpenSSL": "libssl3",
        "XCB": "libxcb1",
        "libxkbcommon": "libxkbcommon0",
        "Zstandard": "libzstd1",
        "BLAKE2": "libb2-1",
        "GLib": "libglib2.0-0",
        "D-Bus": "libdbus-1-3",
        "MIT Kerberos": "libkrb5-3",
        "com_err": "libcom-err2",
        "keyutils": "libkeyutils1",
        "libproxy": "libproxy1v5",
    },
    "windows": {
        "GCC runtime libraries": "gcc-mingw-w64-x86-64-posix-runtime",
        "MinGW-w64 runtime": "mingw-w64-x86-64-dev",
    },
}
HEADERS = {"CLI11": "libcli11-dev", "tl-expected": "libexpected-dev"}


def of_debian(packages):
    """The versions of those of the Debian packages that are installed."""
    if not shutil.which("dpkg-query"):
        return {}
    query = ["dpkg-query", "-W", "-f", "${db:Status-Status} ${Package} ${Version}\n", *sorted(packages)]
    answer = subprocess.run(query, capture_output=True, text=True, check=False)  # it fails where one is missing
    words = (line.split(" ") for line in answer.stdout.splitlines())
    return {package: version for status, package, version in words if status == "installed"}


class Versions:
    def __init__(self, release):
        self.notes = {system: release.root / note for system, note in NOTES.items()}
        self.notes["macos"] = release.out / NOTE_OF_A_MAC
        names = [name for names in (*DEBIAN.values(), HEADERS) for name in names.values()]
        self.installed = of_debian(set(names))

    def of(self, entry, system):
        """A pair: the version or None, and the name of the Debian package it came from or None."""
        package = DEBIAN.get(system, {}).get(entry["name"])
        if system != "macos":
            package = package or HEADERS.get(entry["name"])
        if package in self.installed:
            return self.installed[package], package
        noted = self.noted(system).get(entry.get("package", ""))
        if noted:
            return noted, None
        # What the list says was read on Debian, so it is no word on a Mac.
        return (None if system == "macos" else entry.get("version")), None

    def noted(self, system):
        note = self.notes[system]
        return json.loads(note.read_text(encoding="utf-8")) if note.is_file() else {}
