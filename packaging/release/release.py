# SPDX-License-Identifier: MIT
"""The release that is described: its version, time and address, and those of its packages that are there."""

import datetime
import hashlib
import os
import pathlib
import re
import sys

# The names of the packages by what they are (* is whatever its maker adds, such as a revision), and the list of resources/licences/shipped.json that says what is inside.
PACKAGES = {
    "setup": ("lavascope-{version}-windows-x64-setup.exe", "windows"),
    "msi": ("lavascope-{version}-windows-x64.msi", "windows"),
    "zip": ("lavascope-{version}-windows-x64.zip", "windows"),
    "dmg": ("lavascope-{version}-macos-universal.dmg", "macos"),
    "deb": ("lavascope_{version}[-_]*amd64.deb", "linux-system"),
    "rpm": ("lavascope-{version}-1.x86_64.rpm", "linux-system"),
    "tar": ("lavascope-{version}-linux-x*64.tar.gz", "linux-portable"),
    "appimage": ("lavascope-{version}-x86_64.AppImage", "linux-portable"),
}


def hash_of(path, kind="sha256"):
    """The sum of a file in hex."""
    digest = hashlib.new(kind)
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


class Release:
    """What is true of all packages of one version."""

    publisher = "Lavascope contributors"

    def __init__(self, root, out):
        self.root = pathlib.Path(root)
        self.out = pathlib.Path(out)
        project = (self.root / "CMakeLists.txt").read_text(encoding="utf-8")
        self.version = re.search(r"^project\(Lavascope VERSION ([0-9.]+)", project, re.MULTILINE)[1]
        self.description = re.search(r'DESCRIPTION "([^"]+)"', project)[1]
        self.releases = os.environ["LAVASCOPE_RELEASES_URL"].rstrip("/")
        self.homepage = self.releases.removesuffix("/releases/download")
        self.time = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.timezone.utc)

    def package(self, kind):
        """The package of that kind, or None where it was not made."""
        found = list(self.out.glob(PACKAGES[kind][0].format(version=self.version)))
        if len(found) > 1:
            raise ValueError(f"these are one package too many: {' '.join(sorted(path.name for path in found))}")
        return found[0] if found else None

    def offered(self):
        """All files that are offered with this release. What is left of another version is none of them."""
        for path in sorted(self.out.iterdir(), key=lambda path: path.name):
            version = re.match(r"lavascope[-_]([0-9]+(?:\.[0-9]+)*)", path.name)
            if version and version[1] != self.version:
                print(f"describe: {path.name} is of another version and is left out", file=sys.stderr)
            elif path.is_file():
                yield path

    def packages(self):
        """Pairs of kind and file of all packages that are there."""
        return [(kind, path) for kind in PACKAGES if (path := self.package(kind))]

    def address(self, path):
        """Where a package can be fetched from once it is released."""
        return f"{self.releases}/v{self.version}/{path.name}"
