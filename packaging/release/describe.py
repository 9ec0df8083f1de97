# SPDX-License-Identifier: MIT
"""Writes all that is said about the packages in a folder; see packaging/release/describe."""

import shutil
import sys

import bill
import manifests
import versions
from release import Release, hash_of


def write_sums(release):
    """One line for every file that a release offers, sorted by name, as `sha256sum --check` reads them."""
    files = [path for path in release.offered() if path.name not in ("SHA256SUMS", versions.NOTE_OF_A_MAC)]
    lines = [f"{hash_of(path)}  {path.name}\n" for path in files]
    (release.out / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")


def main():
    release = Release(sys.argv[1], sys.argv[2])
    archive = manifests.WINGET_ARCHIVE.format(version=release.version)
    for old in manifests.ALL + [archive, bill.name_of(release)]:
        shutil.rmtree(release.out / old, ignore_errors=True)
        if (release.out / old).is_file():
            (release.out / old).unlink()
    try:
        if not release.packages():
            raise ValueError(f"no package of version {release.version} is in {release.out}")
        manifests.write(release)
        bill.write(release)
    except (OSError, ValueError) as error:
        sys.exit(f"describe: {error}")
    write_sums(release)


main()
