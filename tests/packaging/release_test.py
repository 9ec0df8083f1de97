# SPDX-License-Identifier: MIT
"""What packaging/release/describe says about packages is true of them. release_test.py SOURCE_FOLDER"""

import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest
import zipfile

import yaml

SOURCE = pathlib.Path(sys.argv.pop(1)).resolve()
VERSION = re.search(r"^project\(Lavascope VERSION ([0-9.]+)", (SOURCE / "CMakeLists.txt").read_text(), re.MULTILINE)[1]
SETUP = f"lavascope-{VERSION}-windows-x64-setup.exe"
MSI = f"lavascope-{VERSION}-windows-x64.msi"
ZIP = f"lavascope-{VERSION}-windows-x64.zip"
DMG = f"lavascope-{VERSION}-macos-universal.dmg"
TAR = f"lavascope-{VERSION}-linux-x64.tar.gz"
WINGET = f"lavascope-{VERSION}-winget.tar.gz"
NAMES = [
    SETUP,
    MSI,
    DMG,
    f"lavascope_{VERSION}_amd64.deb",
    f"lavascope-{VERSION}-1.x86_64.rpm",
    TAR,
    f"lavascope-{VERSION}-x86_64.AppImage",
]
ADDRESS = f"https://downloads.example/lavascope/releases/download/v{VERSION}/"


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


class Description(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.out = pathlib.Path(folder.name)
        for name in NAMES:
            (self.out / name).write_bytes(b"the content of " + name.encode())
        self.write_zip(f"lavascope-{VERSION}-windows-x64/lavascope-cli.exe")
        self.write_tar()

    def write_tar(self, *names):
        with tarfile.open(self.out / TAR, "w:gz") as archive:
            for name in names:
                archive.addfile(tarfile.TarInfo(name))

    def write_zip(self, *names):
        with zipfile.ZipFile(self.out / ZIP, "w") as archive:
            for name in names:
                archive.writestr(zipfile.ZipInfo(name), b"MZ")

    def describe(self, code=0):
        environment = os.environ | {
            "SOURCE_DATE_EPOCH": "1790000000",
            "LAVASCOPE_RELEASES_URL": "https://downloads.example/lavascope/releases/download",
        }
        command = [SOURCE / "packaging/release/describe", self.out]
        ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        self.assertEqual(ran.returncode, code, ran.stderr)
        return ran.stderr

    def everything_written(self):
        files = sorted(path for path in self.out.rglob("*") if path.is_file())
        return {str(path.relative_to(self.out)): path.read_bytes() for path in files}

    def bill(self):
        return json.loads((self.out / f"lavascope-{VERSION}.spdx.json").read_text())

    def test_sums_areThoseOfAllFilesSortedByName(self):
        self.describe()
        lines = (self.out / "SHA256SUMS").read_text().splitlines()
        told = dict(reversed(line.split("  ", 1)) for line in lines)
        self.assertEqual(list(told), sorted(told))
        written = ["lavascope.rb", "lavascope.json", f"lavascope-{VERSION}.spdx.json", WINGET]
        self.assertEqual(set(NAMES + [ZIP] + written), set(told))
        for name, told_sum in told.items():
            self.assertEqual(told_sum, sha256(self.out / name))

    def test_winget_namesBothInstallersWithTheirSums(self):
        self.describe()
        files = {path.name: yaml.safe_load(path.read_text()) for path in (self.out / "winget").iterdir()}
        installer = files.pop("Lavascope.Lavascope.installer.yaml")
        locale = files.pop("Lavascope.Lavascope.locale.en-US.yaml")
        version = files.pop("Lavascope.Lavascope.yaml")
        self.assertEqual(files, {})
        for manifest, kind in ((installer, "installer"), (locale, "defaultLocale"), (version, "version")):
            self.assertEqual(manifest["ManifestType"], kind)
            self.assertEqual(manifest["ManifestVersion"], "1.6.0")
            self.assertEqual(manifest["PackageIdentifier"], "Lavascope.Lavascope")
            self.assertEqual(manifest["PackageVersion"], VERSION)
        self.assertEqual(version["DefaultLocale"], locale["PackageLocale"])
        self.assertLessEqual(len(locale["ShortDescription"]), 256)
        self.assertEqual(locale["License"], "MIT")
        self.assertEqual([i["InstallerType"] for i in installer["Installers"]], ["nullsoft", "wix"])
        self.assertEqual([i["Scope"] for i in installer["Installers"]], ["user", "machine"])
        for told, name in zip(installer["Installers"], (SETUP, MSI)):
            self.assertEqual(told["InstallerUrl"], ADDRESS + name)
            self.assertEqual(told["InstallerSha256"], sha256(self.out / name).upper())

    def test_wingetInOneFile_holdsTheSame(self):
        self.describe()
        with tarfile.open(self.out / WINGET) as archive:
            packed = {entry.name: archive.extractfile(entry).read() for entry in archive}
        self.assertEqual(packed, {f"winget/{path.name}": path.read_bytes() for path in (self.out / "winget").iterdir()})

    def test_scoop_namesTheZipAndTheFolderInsideIt(self):
        self.describe()
        manifest = json.loads((self.out / "lavascope.json").read_text())
        told = manifest["architecture"]["64bit"]
        self.assertEqual(manifest["version"], VERSION)
        self.assertEqual(told["url"], ADDRESS + ZIP)
        self.assertEqual(told["hash"], sha256(self.out / ZIP))
        self.assertEqual(told["extract_dir"], f"lavascope-{VERSION}-windows-x64")
        general = manifest["autoupdate"]["architecture"]["64bit"]
        self.assertEqual(general["url"].replace("$version", VERSION), told["url"])
        self.assertEqual(general["extract_dir"].replace("$version", VERSION), told["extract_dir"])

    def test_scoop_ofAZipWithoutAFolder_namesNone(self):
        self.write_zip("lavascope-cli.exe", "lavascope.exe")
        self.describe()
        manifest = json.loads((self.out / "lavascope.json").read_text())
        self.assertNotIn("extract_dir", manifest["architecture"]["64bit"])

    def test_aZipWithoutThePrograms_isRefused(self):
        self.write_zip("README.txt")
        self.assertIn("holds lavascope-cli.exe 0 times", self.describe(code=1))
        self.assertFalse((self.out / "SHA256SUMS").exists())

    def test_aPackageThatIsCutOff_isRefused(self):
        for name in (ZIP, TAR):
            if name == TAR and not (SOURCE / "resources/licences/shipped.json").is_file():
                continue  # nothing is looked for in it then
            whole = (self.out / name).read_bytes()
            (self.out / name).write_bytes(whole[: len(whole) // 2])
            self.assertIn(f"{name} cannot be read", self.describe(code=1))
            (self.out / name).write_bytes(whole)

    @unittest.skipUnless(shutil.which("ruby"), "a cask is a Ruby program, and there is no Ruby here")
    def test_cask_runsAndNamesTheDiskImageWithItsSum(self):
        self.describe()
        # Stands in the place of Homebrew: writes down what the cask says, and lets it ask for version and appdir.
        homebrew = """
            require 'json'
            class Cask
              def appdir; '/Applications'; end
              def version(value = nil); value ? said(:version, value) : @said[:version][0]; end
              def said(name, *values, **named); (@said ||= {})[name] = values + [named]; values; end
              def method_missing(name, *values, **named); said(name, *values, **named); end
              def respond_to_missing?(*) = true
              attr_reader :all
              def result; @said; end
            end
            def cask(token, &block)
              cask = Cask.new
              cask.instance_eval(&block)
              puts JSON.generate({ token: token }.merge(cask.result))
            end
            load ARGV[0]
        """
        command = ["ruby", "-e", homebrew, self.out / "lavascope.rb"]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        said = json.loads(ran.stdout)
        self.assertEqual(said["token"], "lavascope")
        self.assertEqual(said["version"][0], VERSION)
        self.assertEqual(said["sha256"][0], sha256(self.out / DMG))
        self.assertEqual(said["url"][0], ADDRESS + DMG)
        self.assertEqual(said["app"][0], "Lavascope.app")
        self.assertEqual(said["binary"][0], "/Applications/Lavascope.app/Contents/MacOS/lavascope-cli")

    def test_aManifestWithoutItsPackage_isNotWrittenAndSaidSo(self):
        self.describe()
        for name in (SETUP, MSI, ZIP, DMG):
            (self.out / name).unlink()
        said = self.describe()
        self.assertFalse((self.out / WINGET).exists())
        for name in ("winget", "lavascope.rb", "lavascope.json"):
            self.assertFalse((self.out / name).exists(), name)
            self.assertIn(f"{name} is not written", said)

    def test_whatIsLeftOfAnotherVersion_isLeftOutAndSaidSo(self):
        stale = "lavascope-0.0.1-windows-x64.zip"
        (self.out / stale).write_bytes(b"old")
        self.assertIn(f"{stale} is of another version", self.describe())
        self.assertNotIn(stale, (self.out / "SHA256SUMS").read_text())

    def test_aPackageWithARevision_isKnown(self):
        plain = f"lavascope_{VERSION}_amd64.deb"
        (self.out / plain).rename(self.out / f"lavascope_{VERSION}-1_amd64.deb")
        self.describe()
        self.assertIn(f"lavascope_{VERSION}-1_amd64.deb", {package["name"] for package in self.bill()["packages"]})
        (self.out / plain).write_bytes(b"another one")
        self.assertIn("one package too many", self.describe(code=1))

    def test_aFolderWithoutAnyPackage_isRefused(self):
        for path in self.out.iterdir():
            path.unlink()
        self.assertIn("no package of version", self.describe(code=1))

    def test_twoRuns_writeTheSameBytes(self):
        self.describe()
        first = self.everything_written()
        self.describe()
        self.assertEqual(first, self.everything_written())

    def test_bill_hasEveryMemberThatSpdxAsksFor(self):
        self.describe()
        bill = self.bill()
        self.assertEqual(bill["spdxVersion"], "SPDX-2.3")
        self.assertEqual(bill["dataLicense"], "CC0-1.0")
        self.assertEqual(bill["creationInfo"]["created"], "2026-09-21T14:13:20Z")
        self.assertRegex(bill["documentNamespace"], r"^https://downloads\.example/lavascope/spdx/[^#]+$")
        for creator in bill["creationInfo"]["creators"]:
            self.assertRegex(creator, r"^(Organization|Tool): .+")
        names = [package["SPDXID"] for package in bill["packages"]]
        self.assertEqual(len(names), len(set(names)))
        # The schema of SPDX 2.3 lets in nothing that it does not name; these are the ones of its names that we use.
        known_members = {
            *("SPDXID", "name", "versionInfo", "packageFileName", "supplier", "downloadLocation", "filesAnalyzed", "checksums"),
            *("homepage", "licenseConcluded", "licenseDeclared", "copyrightText", "summary", "comment", "externalRefs"),
            "primaryPackagePurpose",
        }
        for package in bill["packages"]:
            self.assertLessEqual(set(package), known_members)
            self.assertIn(package["primaryPackagePurpose"], {"APPLICATION", "INSTALL", "LIBRARY"})
            for reference in package.get("externalRefs", []):
                self.assertEqual((reference["referenceCategory"], reference["referenceType"]), ("PACKAGE-MANAGER", "purl"))
                self.assertRegex(reference["referenceLocator"], r"^pkg:deb/debian/[A-Za-z0-9.%-]+@[A-Za-z0-9.%~_-]+$")
            self.assertRegex(package["SPDXID"], r"^SPDXRef-[A-Za-z0-9.-]+$")
            self.assertTrue(package["name"])
            self.assertTrue(package["downloadLocation"])
            self.assertIs(package["filesAnalyzed"], False)
            self.assertRegex(package["supplier"], r"^(NOASSERTION|Organization: .+)$")
            self.assertRegex(package["licenseDeclared"], r"^[A-Za-z0-9.+ -]+$")
        known = set(names) | {"SPDXRef-DOCUMENT"}
        for relation in bill["relationships"]:
            self.assertEqual(set(relation), {"spdxElementId", "relationshipType", "relatedSpdxElement"})
            self.assertIn(relation["spdxElementId"], known)
            self.assertIn(relation["relatedSpdxElement"], known)

    def test_bill_describesEveryPackageWithItsSums(self):
        self.describe()
        bill = self.bill()
        elements = {package["SPDXID"]: package for package in bill["packages"]}
        described = [r["relatedSpdxElement"] for r in bill["relationships"] if r["relationshipType"] == "DESCRIBES"]
        files = {elements[name]["packageFileName"]: elements[name] for name in described}
        self.assertEqual(set(files), set(NAMES + [ZIP]))
        for name, element in files.items():
            sums = {told["algorithm"]: told["checksumValue"] for told in element["checksums"]}
            self.assertEqual(sums["SHA256"], sha256(self.out / name))

    def contents(self, file):
        bill = self.bill()
        elements = {package["SPDXID"]: package for package in bill["packages"]}
        return {
            elements[r["relatedSpdxElement"]]["name"]
            for r in bill["relationships"]
            if r["relationshipType"] == "CONTAINS" and elements[r["spdxElementId"]]["name"] == file
        }

    def test_bill_listsInsideEachPackageWhatIsShippedThere(self):
        self.describe()
        listed = SOURCE / "resources/licences/shipped.json"
        shipped = json.loads(listed.read_text()) if listed.is_file() else []
        for system, name in (("windows", ZIP), ("macos", DMG)):
            self.assertEqual(self.contents(name), {e["name"] for e in shipped if system in e["shipped_on"]})

    @unittest.skipUnless(shutil.which("dpkg-query"), "which package a library came from, only Debian's systems know")
    def test_bill_listsOfThePortableFolderWhatReallyLiesInIt(self):
        if not (SOURCE / "resources/licences/shipped.json").is_file():
            self.skipTest("there is no list of what is shipped")
        self.write_tar("lavascope/lib/libstdc++.so.6", "lavascope/lib/libc.so.6")
        said = self.describe()
        inside = self.contents(TAR)
        self.assertIn("GCC runtime libraries", inside)
        self.assertIn("CLI11", inside)  # compiled into the programs
        self.assertNotIn("ICU", inside)  # listed, and not in this folder
        self.assertIn("glibc", inside)  # in this folder, and not listed
        self.assertRegex(said, r"libc6 \(glibc\) is inside, and .* does not list it")

    def test_bill_takesTheVersionsOnAMacFromTheNoteBesideItsPackage(self):
        if not (SOURCE / "resources/licences/shipped.json").is_file():
            self.skipTest("there is no list of what is shipped")
        (self.out / "built-against-macos.json").write_text('{"Qt6": "6.99.9"}')
        self.describe()
        self.assertIn(("Qt", "6.99.9"), {(p["name"], p.get("versionInfo")) for p in self.bill()["packages"]})
        self.assertNotIn("built-against-macos.json", (self.out / "SHA256SUMS").read_text())


if __name__ == "__main__":
    unittest.main()
