# SPDX-License-Identifier: MIT
"""What macOS reads of the bundle says what the rest of the project says. bundle_test.py SOURCE_FOLDER INFO_PLIST"""

import os
import pathlib
import plistlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

PLIST = pathlib.Path(sys.argv.pop(2))
SOURCE = pathlib.Path(sys.argv.pop(1)).resolve()
MACOS = SOURCE / "packaging/macos"


class InfoPlist(unittest.TestCase):
    def setUp(self):
        text = PLIST.read_bytes()
        self.assertNotIn(b"@", text)
        self.plist = plistlib.loads(text)

    def test_version_isThatOfTheProject(self):
        project = (SOURCE / "CMakeLists.txt").read_text()
        version = re.search(r"^project\(Lavascope VERSION ([0-9.]+)", project, re.MULTILINE)[1]
        self.assertEqual(self.plist["CFBundleShortVersionString"], version)
        self.assertEqual(self.plist["CFBundleVersion"], version)

    def test_oldestMacos_isOneOnWhichBothProcessorsAreKnown(self):
        oldest = tuple(int(part) for part in self.plist["LSMinimumSystemVersion"].split("."))
        self.assertGreaterEqual(oldest, (11, 0))

    def test_oldestMacos_isNotNewerThanTheCaskPromises(self):
        presets = (SOURCE / "CMakePresets.json").read_text()
        target = re.search(r'"CMAKE_OSX_DEPLOYMENT_TARGET": "12\.0"', presets)
        cask = (SOURCE / "packaging/release/manifests.py").read_text()
        self.assertEqual(bool(target), 'depends_on macos: ">= :monterey"' in cask)

    def test_names_areThoseOfTheTargetAndTheFiles(self):
        bundle = (MACOS / "Bundle.cmake").read_text()
        self.assertIn(f"OUTPUT_NAME {self.plist['CFBundleExecutable']}", bundle)
        self.assertTrue((MACOS / self.plist["CFBundleIconFile"]).is_file())
        self.assertIn(f'{self.plist["CFBundleIdentifier"]}.savedState', (SOURCE / "packaging/release/manifests.py").read_text())

    def test_network_isAllowedNothingBeyondTheDefault(self):
        self.assertNotIn("NSAppTransportSecurity", self.plist)
        self.assertTrue(self.plist["NSLocalNetworkUsageDescription"])

    def test_look_isThatOfTheSystemInFullResolution(self):
        self.assertIs(self.plist["NSHighResolutionCapable"], True)
        self.assertIs(self.plist["NSRequiresAquaSystemAppearance"], False)

    def test_recordings_haveTheTypeThatLinuxKnowsThemBy(self):
        (exported,) = self.plist["UTExportedTypeDeclarations"]
        tags = exported["UTTypeTagSpecification"]
        self.assertIn([exported["UTTypeIdentifier"]], [t.get("LSItemContentTypes") for t in self.plist["CFBundleDocumentTypes"]])
        self.assertEqual(tags["public.filename-extension"], ["lavascope"])
        self.assertEqual(tags["public.mime-type"], ["application/x-lavascope-recording"])
        listed = SOURCE / "packaging/linux/lavascope.mime.xml"
        if listed.is_file():
            space = "{http://www.freedesktop.org/standards/shared-mime-info}"
            types = xml.etree.ElementTree.parse(listed).getroot().findall(f"{space}mime-type")
            globs = {t.get("type"): {g.get("pattern") for g in t.iter(f"{space}glob")} for t in types}
            self.assertIn("*.lavascope", globs["application/x-lavascope-recording"])

    def test_filesOfOthers_areOfferedAndNeverTakenOver(self):
        dialog = (SOURCE / "src/gui/replay_desk.cpp").read_text()
        self.assertIn("*.lavascope", dialog)
        offered = [t for t in self.plist["CFBundleDocumentTypes"] if "CFBundleTypeExtensions" in t]
        for kind in offered:
            self.assertEqual(kind["LSHandlerRank"], "Alternate")
            self.assertEqual(kind["CFBundleTypeRole"], "Viewer")
            for ending in kind["CFBundleTypeExtensions"]:
                self.assertIn(f"*.{ending}", dialog, "the window opens no such file")


class Entitlements(unittest.TestCase):
    def test_entitlements_askForNothing(self):
        self.assertEqual(plistlib.loads((MACOS / "lavascope.entitlements").read_bytes()), {})


class Icon(unittest.TestCase):
    def test_icon_holdsThePicturesOfTheProject(self):
        data = (MACOS / "lavascope.icns").read_bytes()
        self.assertEqual(data[:4], b"icns")
        self.assertEqual(struct.unpack(">I", data[4:8])[0], len(data))
        chunks, at = {}, 8
        while at < len(data):
            size = struct.unpack(">I", data[at + 4 : at + 8])[0]
            chunks[data[at : at + 4]] = data[at + 8 : at + size]
            at += size
        self.assertEqual(at, len(data))
        for kind, size in ((b"ic07", 128), (b"ic08", 256), (b"ic09", 512), (b"ic11", 32), (b"ic12", 64), (b"ic13", 256), (b"ic14", 512)):
            picture = (SOURCE / f"resources/icons/lavascope-{size}.png").read_bytes()
            self.assertTrue(chunks[kind] == picture, f"{kind} is not lavascope-{size}.png; run packaging/macos/make-icon again")

    @unittest.skipUnless(shutil.which("icns2png"), "icnsutils is not installed")
    def test_icon_isReadByAProgramThatOthersWrote(self):
        with tempfile.TemporaryDirectory() as folder:
            command = ["icns2png", "-x", "-s", "256x256", "-o", folder, MACOS / "lavascope.icns"]
            subprocess.run(command, check=True, capture_output=True)
            (made,) = pathlib.Path(folder).iterdir()
            self.assertEqual(struct.unpack(">II", made.read_bytes()[16:24]), (256, 256))


def stand_ins(folder, *names, also=""):
    """An environment in which programs of a Mac only write down their words, in the file `log`, and do what `also` says."""
    tools = folder / "tools"
    tools.mkdir()
    for name in names:
        stand_in = tools / name
        stand_in.write_text(f'#!/bin/sh\necho "{name} $*" >>"$STAND_IN_LOG"\n{also}\n')
        stand_in.chmod(0o755)
    own = {name: value for name, value in os.environ.items() if not name.startswith(("LAVASCOPE_", "CERTIFICATE"))}
    return own | {"PATH": f"{tools}:{os.environ['PATH']}", "STAND_IN_LOG": str(folder / "log"), "TMPDIR": str(folder)}


class Signing(unittest.TestCase):
    """The real program signs a bundle of empty files here."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.environment = stand_ins(self.root, "codesign")
        self.bundle = self.root / "staging/Lavascope.app"
        for name in (
            "MacOS/Lavascope",
            "MacOS/lavascope-cli",
            "Frameworks/QtCore.framework/Versions/A/QtCore",
            "Frameworks/libqt6keychain.1.dylib",
            "PlugIns/platforms/libqcocoa.dylib",
        ):
            self.put(name, bytes.fromhex("cafebabe00000002"))
        self.put("Resources/qt.conf", b"[Paths]\nPlugins = PlugIns\n")
        self.put("PkgInfo", b"AP")

    def put(self, name, data):
        path = self.bundle / "Contents" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def signed(self, **more):
        subprocess.run([MACOS / "sign", self.bundle], env=self.environment | more, check=True)
        lines = (self.root / "log").read_text().splitlines()
        self.assertIn("--verify --deep --strict", lines.pop())
        return lines

    def test_signing_goesFromTheInsideOut(self):
        order = [line.rpartition("/")[2] for line in self.signed()]
        inside = ["QtCore.framework", "libqt6keychain.1.dylib", "libqcocoa.dylib"]
        self.assertEqual(sorted(order[:3]), sorted(inside))
        self.assertEqual(order[3:], ["lavascope-cli", "Lavascope.app"])

    def test_signing_withACertificateHardensAllAndAsksForTheTime(self):
        for line in self.signed(LAVASCOPE_CODESIGN_IDENTITY="Developer ID Application: Somebody"):
            self.assertIn("--timestamp --options runtime", line)
            self.assertIn("Developer ID Application: Somebody", line)

    def test_signing_withoutACertificateLeavesTheHardenedRuntimeOut(self):
        for line in self.signed():
            self.assertIn("--sign - --timestamp=none", line)
            self.assertNotIn("--options", line)

    def test_signing_givesTheEntitlementsToBothProgramsOnly(self):
        entitled = [line.rpartition("/")[2] for line in self.signed() if "--entitlements" in line]
        self.assertEqual(entitled, ["lavascope-cli", "Lavascope.app"])

    def test_cpack_failsWhereThereIsNoBundle(self):
        command = ["cmake", f"-DCPACK_TEMPORARY_INSTALL_DIRECTORY={self.root / 'tools'}", "-P", MACOS / "SignStaged.cmake"]
        ran = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        self.assertNotEqual(ran.returncode, 0)
        self.assertIn("0 were found", ran.stderr)


class Secrets(unittest.TestCase):
    """What signs and notarises hands no secret to a program as a word of its command, which everyone could read."""

    KEY = "-----BEGIN PRIVATE KEY-----\nMIGTAgEAMBMGByqG\n-----END PRIVATE KEY-----"

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def notarize(self, answer, **who):
        # The key is read where it lies while the program runs, and its mode written down.
        also = """
            case "$0 $*" in
            *plutil*status*) printf '%s' "$ANSWER" ;;
            *plutil*) printf 'an-id' ;;
            esac
            for word; do case $word in *key.p8) { stat -c 'mode %a' "$word"; cat "$word"; } >>"$KEY_LOG" ;; esac; done
        """
        environment = stand_ins(self.root, "xcrun", "plutil", "spctl", also=also)
        more = {"ANSWER": answer, "KEY_LOG": str(self.root / "key"), **who}
        ran = subprocess.run([MACOS / "notarize", "image.dmg"], env=environment | more, capture_output=True, text=True, check=False)
        log = self.root / "log"
        return ran, log.read_text() if log.exists() else ""

    WHO = {"LAVASCOPE_NOTARY_KEY": KEY, "LAVASCOPE_NOTARY_KEY_ID": "KEYID", "LAVASCOPE_NOTARY_ISSUER": "ISSUER"}

    def test_notarize_whereAppleAccepts_staplesTheAnswer(self):
        ran, log = self.notarize("Accepted", **self.WHO)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertIn("xcrun stapler staple image.dmg", log)
        self.assertIn("--key-id KEYID --issuer ISSUER --wait", log)

    def test_notarize_handsTheKeyOverInAFileForItsOwnerOnly(self):
        _, log = self.notarize("Accepted", **self.WHO)
        self.assertNotIn("MIGTAgEAMBMGByqG", log)
        self.assertTrue((self.root / "key").read_text().startswith(f"mode 600\n{self.KEY}\n"))
        self.assertEqual(list(self.root.rglob("*.p8")), [])

    def test_notarize_whereAppleRefuses_failsAndShowsWhy(self):
        ran, log = self.notarize("Invalid", **self.WHO)
        self.assertEqual(ran.returncode, 1)
        self.assertIn('Apple says "Invalid"', ran.stderr)
        self.assertIn("xcrun notarytool log an-id", log)
        self.assertNotIn("stapler", log)

    def test_notarize_whereNobodyAsks_failsBeforeAnythingIsSent(self):
        ran, log = self.notarize("Accepted")
        self.assertEqual((ran.returncode, log), (1, ""))

    def test_certificate_itsPasswordIsReadFromStandardInput(self):
        environment = stand_ins(self.root, "security", also='[ "$1" != -i ] || cat >"$STANDARD_INPUT"')
        more = {"CERTIFICATE": "UEtDUzEy", "CERTIFICATE_PASSWORD": "open sesame", "STANDARD_INPUT": str(self.root / "input")}
        subprocess.run([MACOS / "import-certificate"], env=environment | more, check=True)
        self.assertNotIn("open sesame", (self.root / "log").read_text())
        self.assertIn('-P "open sesame"', (self.root / "input").read_text())
        self.assertEqual(list(self.root.rglob("*.p12")), [])

    def test_certificate_whereThereIsNone_nothingIsDone(self):
        environment = stand_ins(self.root, "security")
        subprocess.run([MACOS / "import-certificate"], env=environment, check=True, capture_output=True)
        self.assertFalse((self.root / "log").exists())


class Bundle(unittest.TestCase):
    """CMake makes, installs and packs a bundle by its own rules for macOS; only compiler and Qt's part are stand-ins."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.environment = stand_ins(self.root, "codesign")
        project = SOURCE / "tests/packaging/bundle_project"
        self.run_here(
            *("cmake", "-G", "Ninja", "-S", project, "-B", "build", "-DCMAKE_BUILD_TYPE=Release"),
            *("-DCMAKE_SYSTEM_NAME=Darwin", "-DCMAKE_OSX_SYSROOT=/", "-DCMAKE_OSX_DEPLOYMENT_TARGET=12.0"),
            *(f"-DCMAKE_C_COMPILER={project / 'compiler'}", "-DCMAKE_C_COMPILER_FORCED=ON", "-DCMAKE_C_COMPILER_ID=AppleClang"),
            *("-DCMAKE_INSTALL_NAME_TOOL=/bin/true", "-DCMAKE_AR=/bin/true", f"-DLAVASCOPE_SOURCE={SOURCE}"),
        )
        self.run_here("cmake", "--build", "build")

    def run_here(self, *command):
        ran = subprocess.run(command, cwd=self.root, env=self.environment, capture_output=True, text=True, check=False)
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
        return ran.stdout

    def test_install_putsBothProgramsIntoOneBundle(self):
        self.run_here("cmake", "--install", "build", "--prefix", self.root / "out")
        files = {str(path.relative_to(self.root / "out")) for path in (self.root / "out").rglob("*") if path.is_file()}
        contents = "Lavascope.app/Contents/"
        expected = ("Info.plist", "MacOS/Lavascope", "MacOS/lavascope-cli", "Resources/LICENSE", "Resources/lavascope.icns")
        brought = ("Resources/asked.txt", "PlugIns/platforms/libqcocoa.dylib", "PlugIns/multimedia/libdarwinmediaplugin.dylib")
        self.assertEqual(files, {contents + name for name in expected + brought})
        plist = plistlib.loads((self.root / "out" / contents / "Info.plist").read_bytes())
        self.assertEqual(plist["CFBundleVersion"], "1.2.3")
        self.assertEqual(plist["LSMinimumSystemVersion"], "12.0")

    def test_install_asksQtToBringWhatBothProgramsNeed(self):
        self.run_here("cmake", "--install", "build", "--prefix", self.root / "out")
        asked = (self.root / "out/Lavascope.app/Contents/Resources/asked.txt").read_text()
        self.assertEqual(asked, "EXECUTABLE;Lavascope.app;ADDITIONAL_EXECUTABLES;Lavascope.app/Contents/MacOS/lavascope-cli")

    def test_cpack_packsABundleThatWasSignedAfterQtBroughtItsPart(self):
        # A disk image can be made on a Mac only; what is packed is the same in every format.
        self.run_here("cpack", "-G", "TGZ", "--config", "build/CPackConfig.cmake", "-B", self.root / "packed")
        (package,) = (self.root / "packed").glob("*.tar.gz")
        self.assertIn("/Lavascope.app/Contents/MacOS/lavascope-cli", self.run_here("tar", "-tzf", package))
        signed = [line.rpartition("/")[2] for line in (self.root / "log").read_text().splitlines()]
        self.assertEqual(signed, ["libdarwinmediaplugin.dylib", "libqcocoa.dylib", "lavascope-cli", "Lavascope.app", "Lavascope.app"])


if __name__ == "__main__":
    unittest.main()
