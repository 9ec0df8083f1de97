# SPDX-License-Identifier: MIT
"""The bill of materials, as SPDX 2.3: our packages with their sums, and what others made that lies inside them."""

import hashlib
import json
import re
import sys
import urllib.parse

import versions
from release import PACKAGES, hash_of

# These are headers only, so they are inside every program, also where all other libraries are the system's.
COMPILED_IN = {"CLI11", "tl-expected"}


def name_of(release):
    return f"lavascope-{release.version}.spdx.json"


def write(release):
    listed = release.root / "resources/licences/shipped.json"
    if not listed.is_file():
        print("describe: resources/licences/shipped.json is not there, so the SPDX file lists our own packages only", file=sys.stderr)
    shipped = json.loads(listed.read_text(encoding="utf-8")) if listed.is_file() else []
    document = Bill(release, shipped).document()
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    (release.out / name_of(release)).write_text(text, encoding="utf-8", newline="\n")


def identifier(text):
    """What SPDX allows in the name of an element: letters, digits, dots and hyphens."""
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]+", "-", text)


class Bill:
    def __init__(self, release, shipped):
        self.release = release
        self.shipped = shipped
        self.found = versions.Versions(release)
        self.elements = {}
        self.relations = []

    def relate(self, one, kind, other):
        self.relations.append({"spdxElementId": one, "relationshipType": kind, "relatedSpdxElement": other})

    def document(self):
        source = self.source()
        for kind, path in self.release.packages():
            package = self.package(path)
            self.relate("SPDXRef-DOCUMENT", "DESCRIBES", package)
            self.relate(package, "GENERATED_FROM", source)
            for part in self.parts(PACKAGES[kind][1]):
                self.relate(package, "CONTAINS", part)
        content = json.dumps([self.elements, self.relations], sort_keys=True).encode()
        return {
            "spdxVersion": "SPDX-2.3",
            "dataLicense": "CC0-1.0",
            "SPDXID": "SPDXRef-DOCUMENT",
            "name": f"lavascope-{self.release.version}",
            # The same content has the same address, any other has another one.
            "documentNamespace": f"{self.release.homepage}/spdx/lavascope-{self.release.version}-{hashlib.sha256(content).hexdigest()}",
            "creationInfo": {
                "created": f"{self.release.time:%Y-%m-%dT%H:%M:%SZ}",
                "creators": [f"Organization: {self.release.publisher}", f"Tool: lavascope-describe-{self.release.version}"],
            },
            "packages": [self.elements[name] for name in sorted(self.elements)],
            "relationships": sorted(self.relations, key=lambda relation: tuple(relation.values())),
        }

    def add(self, element, /, **members):
        self.elements[element] = {
            "SPDXID": element,
            **members,
            "filesAnalyzed": False,
            "licenseConcluded": "NOASSERTION",
            "copyrightText": "NOASSERTION",
        }
        return element

    def source(self):
        return self.add(
            "SPDXRef-Lavascope",
            name="Lavascope",
            versionInfo=self.release.version,
            supplier=f"Organization: {self.release.publisher}",
            downloadLocation=f"git+{self.release.homepage}.git@v{self.release.version}",
            homepage=self.release.homepage,
            summary=self.release.description,
            licenseDeclared="MIT",
            primaryPackagePurpose="APPLICATION",
        )

    def package(self, path):
        return self.add(
            identifier(path.name),
            name=path.name,
            packageFileName=path.name,
            versionInfo=self.release.version,
            supplier=f"Organization: {self.release.publisher}",
            downloadLocation=self.release.address(path),
            homepage=self.release.homepage,
            licenseDeclared="MIT",
            checksums=[{"algorithm": kind.upper(), "checksumValue": hash_of(path, kind)} for kind in ("sha1", "sha256")],
            primaryPackagePurpose="INSTALL",
        )

    def parts(self, system):
        for entry in self.shipped:
            inside = entry["name"] in COMPILED_IN if system == "linux-system" else system in entry["shipped_on"]
            if inside:
                yield self.part(entry, system)

    def part(self, entry, system):
        version, debian = self.found.of(entry, system)
        name = identifier(f"{entry['name']}-{version or system}")
        members = {"name": entry["name"]}
        if version:
            members["versionInfo"] = version
        elif "package" in entry:
            members["comment"] = "It was built elsewhere, and its version was not noted."
        else:
            members["comment"] = "The copy that Qt brings along."
        members |= {
            "supplier": "Organization: Debian" if debian else "NOASSERTION",
            "downloadLocation": "NOASSERTION",
            "homepage": entry["homepage"],
            "licenseDeclared": entry["licence"],
            "primaryPackagePurpose": "LIBRARY",
        }
        if debian:
            locator = f"pkg:deb/debian/{urllib.parse.quote(debian, safe='')}@{urllib.parse.quote(version, safe='')}"
            members["externalRefs"] = [
                {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": locator}
            ]
        return self.add(name, **members)
