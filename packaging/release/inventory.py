# SPDX-License-Identifier: MIT
"""Which Debian packages the libraries inside the portable folder came from, read from the folder itself."""

import pathlib
import shutil
import subprocess
import tarfile


def query(*words):
    """What dpkg-query prints; it fails where one of several is unknown, and prints the others all the same."""
    answer = subprocess.run(["dpkg-query", *words], capture_output=True, text=True, check=False)
    return answer.stdout.splitlines()


def libraries(archive):
    """The names of the libraries in an archive."""
    try:
        with tarfile.open(archive) as content:
            names = [pathlib.PurePosixPath(member.name).name for member in content if member.isfile() or member.issym()]
    except (tarfile.TarError, EOFError) as error:
        raise ValueError(f"{archive.name} cannot be read: {error}") from error
    return {name for name in names if name.endswith(".so") or ".so." in name}


def origins(archive):
    """Debian's source packages by name, each with one of its packages and that one's version; None where nobody can say."""
    if not shutil.which("dpkg-query"):
        return None
    wanted = libraries(archive)
    owners = set()
    for line in query("-S", *(f"*/{name}" for name in sorted(wanted))) if wanted else []:
        packages, _, path = line.rpartition(": ")
        if pathlib.PurePosixPath(path).name in wanted and "/lib/" in path:
            owners |= {package.partition(":")[0] for package in packages.split(", ")}
    found = {}
    for line in query("-W", "-f", "${source:Package} ${Package} ${Version}\n", *sorted(owners)) if owners else []:
        source, package, version = line.split(" ")
        if source not in found or package < found[source][0]:
            found[source] = (package, version)
    return found


def sources(packages):
    """Debian's source package of each of these packages that is installed."""
    lines = query("-W", "-f", "${Package} ${source:Package}\n", *sorted(packages)) if shutil.which("dpkg-query") else []
    return dict(line.split(" ") for line in lines)
