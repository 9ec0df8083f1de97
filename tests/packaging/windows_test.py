# SPDX-License-Identifier: MIT
"""What makes the packages for Windows is installed before they are made. windows_test.py SOURCE_FOLDER"""

import pathlib
import re
import sys
import unittest

SOURCE = pathlib.Path(sys.argv.pop(1)).resolve()
WINDOWS = SOURCE / "packaging/windows"

# Programs that a bare Debian lacks, and the packages that bring them.
TOOLS = {
    "cmake": "cmake",
    "dpkg-architecture": "dpkg-dev",
    "makensis": "nsis",
    "msibuild": "msitools",
    "msiinfo": "msitools",
    "osslsigncode": "osslsigncode",
    "uuidgen": "uuid-runtime",
    "wixl": "wixl",
    "x86_64-w64-mingw32-objdump": "g++-mingw-w64-x86-64-posix",
    "x86_64-w64-mingw32-strip": "g++-mingw-w64-x86-64-posix",
    "x86_64-w64-mingw32-windres": "g++-mingw-w64-x86-64-posix",
    "zip": "zip",
}


def installed_for(verb):
    """The packages that `dev` installs for one of its verbs."""
    return re.search(rf"^{verb}_packages=\(([^)]*)\)", (SOURCE / "dev").read_text(), re.MULTILINE)[1].split()


class Tools(unittest.TestCase):
    def used_by(self, *scripts):
        text = "".join(re.sub(r"(^|\s)#.*", "", (WINDOWS / name).read_text(), flags=re.MULTILINE) for name in scripts)
        return {tool for tool in TOOLS if re.search(rf"(?<![\w./-]){re.escape(tool)}(?![\w.-])", text)}

    def test_whatMakesThePackages_isInstalledBeforeThat(self):
        used = self.used_by("package", "check-libraries", "make-installer", "make-msi", "make-zip", "sign")
        self.assertLessEqual({"makensis", "msibuild", "osslsigncode", "wixl", "zip"}, used)
        installed = installed_for("windows_package")
        for tool in sorted(used):
            self.assertIn(TOOLS[tool], installed, f"{tool} is used and not installed")


if __name__ == "__main__":
    unittest.main()
