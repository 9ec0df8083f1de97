# SPDX-License-Identifier: MIT
"""The manifests of winget, Homebrew and Scoop. One whose package is not there is not written."""

import gzip
import json
import sys
import tarfile
import zipfile

from release import hash_of

ALL = ["winget", "lavascope.rb", "lavascope.json"]
WINGET_ARCHIVE = "lavascope-{version}-winget.tar.gz"  # the folder in one file, since a release offers files only
TEXT = (
    "Compose test requests to AI providers through the Lava gateway, watch the answers stream in, decode forward tokens "
    "with every secret masked, and learn what an error means and whether to try again. A gateway for this computer is "
    "built in."
)
WINGET_SCHEMA = "1.6.0"


def write(release):
    for name, kinds, writer in (
        ("winget", ["setup", "msi"], winget),
        ("lavascope.rb", ["dmg"], homebrew),
        ("lavascope.json", ["zip"], scoop),
    ):
        there = [(kind, path) for kind in kinds if (path := release.package(kind))]
        if there:
            writer(release, there)
        else:
            print(f"describe: {name} is not written, since its package is not there ({' or '.join(kinds)})", file=sys.stderr)


def quoted(text):
    """A YAML string in double quotes; JSON's are such."""
    return json.dumps(text, ensure_ascii=False)


def winget(release, packages):
    """The three files that winget's repository asks for."""
    name = "Lavascope.Lavascope"
    folder = release.out / "winget"
    folder.mkdir()

    def put(kind, ending, lines):
        schema = f"https://aka.ms/winget-manifest.{kind.lower()}.{WINGET_SCHEMA}.schema.json"
        head = [f"# yaml-language-server: $schema={schema}", f"PackageIdentifier: {name}", f"PackageVersion: {quoted(release.version)}"]
        tail = [f"ManifestType: {kind}", f"ManifestVersion: {WINGET_SCHEMA}"]
        (folder / f"{name}{ending}.yaml").write_text("\n".join(head + lines + tail) + "\n", encoding="utf-8", newline="\n")

    installers = []
    for kind, path in packages:
        installers += [
            "- Architecture: x64",
            f"  InstallerType: {'nullsoft' if kind == 'setup' else 'wix'}",
            f"  Scope: {'user' if kind == 'setup' else 'machine'}",
            f"  InstallerUrl: {quoted(release.address(path))}",
            f"  InstallerSha256: {hash_of(path).upper()}",
        ]
    put(
        "installer",
        ".installer",
        [
            "MinimumOSVersion: 10.0.17763.0",
            "UpgradeBehavior: install",
            "FileExtensions:",
            "- lavascope",
            f"ReleaseDate: {release.time:%Y-%m-%d}",
            "Installers:",
            *installers,
        ],
    )
    put(
        "defaultLocale",
        ".locale.en-US",
        [
            "PackageLocale: en-US",
            f"Publisher: {quoted(release.publisher)}",
            "PackageName: Lavascope",
            f"PackageUrl: {quoted(release.homepage)}",
            "License: MIT",
            f"ShortDescription: {quoted(release.description)}",
            f"Description: {quoted(TEXT)}",
            "Tags:",
            "- ai",
            "- api",
            "- developer-tools",
            "- sse",
        ],
    )
    put("version", "", ["DefaultLocale: en-US"])
    pack(release, folder, release.out / WINGET_ARCHIVE.format(version=release.version))


def pack(release, folder, archive):
    """The folder as a .tar.gz that is the same whoever packs it, and when."""
    seconds = int(release.time.timestamp())
    with open(archive, "wb") as file, gzip.GzipFile("", "wb", 9, file, seconds) as zipped:
        with tarfile.open(fileobj=zipped, mode="w", format=tarfile.GNU_FORMAT) as tar:
            for path in sorted(folder.iterdir()):
                entry = tarfile.TarInfo(f"{folder.name}/{path.name}")
                entry.size = path.stat().st_size
                entry.mtime = seconds
                entry.mode = 0o644
                with open(path, "rb") as content:
                    tar.addfile(entry, content)


def homebrew(release, packages):
    """A cask; the command line lies inside the bundle and is linked into the PATH."""
    ((_, path),) = packages
    address = release.address(path).replace(release.version, "#{version}")
    text = f'''# SPDX-License-Identifier: MIT
cask "lavascope" do
  version "{release.version}"
  sha256 "{hash_of(path)}"

  url "{address}"
  name "Lavascope"
  desc "{release.description}"
  homepage "{release.homepage}"

  depends_on macos: ">= :monterey"

  app "Lavascope.app"
  binary "#{{appdir}}/Lavascope.app/Contents/MacOS/lavascope-cli"

  zap trash: [
    "~/Library/Application Support/lavascope",
    "~/Library/Saved Application State/io.github.lavascope.lavascope.savedState",
  ]
end
'''
    (release.out / "lavascope.rb").write_text(text, encoding="utf-8", newline="\n")


def scoop(release, packages):
    """A Scoop manifest; where the programs lie in the zip is read from the zip."""
    ((_, path),) = packages
    try:
        with zipfile.ZipFile(path) as archive:
            programs = [name for name in archive.namelist() if name.endswith("lavascope-cli.exe")]
    except zipfile.BadZipFile as error:
        raise ValueError(f"{path.name} cannot be read: {error}") from error
    if len(programs) != 1:
        raise ValueError(f"{path.name} holds lavascope-cli.exe {len(programs)} times, not once")
    folder = programs[0].rpartition("/")[0]
    general = release.address(path).replace(release.version, "$version")
    inner = {"extract_dir": folder.replace(release.version, "$version")} if folder else {}
    manifest = {
        "version": release.version,
        "description": release.description,
        "homepage": release.homepage,
        "license": "MIT",
        "architecture": {
            "64bit": {
                "url": release.address(path),
                "hash": hash_of(path),
                **({"extract_dir": folder} if folder else {}),
            }
        },
        "bin": "lavascope-cli.exe",
        "shortcuts": [["lavascope.exe", "Lavascope"]],
        "checkver": {"github": release.homepage},
        "autoupdate": {"architecture": {"64bit": {"url": general, **inner}}},
    }
    text = json.dumps(manifest, indent=4, ensure_ascii=False) + "\n"
    (release.out / "lavascope.json").write_text(text, encoding="utf-8", newline="\n")
