# SPDX-License-Identifier: MIT
"""The bill of materials, as SPDX 2.3: our packages with their sums, and what others made that lies inside them."""

import hashlib
import json
import re
import sys
import urllib.parse

import inventory
import versions
from release import PACKAGES, hash_of

# These are headers only, so they are inside every program, also where all other libraries are the system's.
COMPILED_IN = {"CLI11", "tl-expected"}
# One entry of the list stands for all of a family of Debian's source packages.
FAMILIES = {"qt6-": "Qt", "xcb-util": "XCB"}


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
        self.sources = inventory.sources(versions.DEBIAN["linux-portable"].values())
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
        listed = [
            entry
            for entry in self.shipped
            if (entry["name"] in COMPILED_IN if system == "linux-system" else system in entry["shipped_on"])
        ]
        folder = self.release.package("tar") if system == "linux-portable" else None
        origins = inventory.origins(folder) if folder and listed else None
        if origins is not None:
            yield from self.unlisted(listed, origins)
            listed = [entry for entry in listed if self.is_inside(entry, origins)]
        for entry in listed:
            yield self.part(entry, system)

    def sources_of(self, entry, origins):
        """The source packages among these that an entry of the list stands for."""
        own = self.sources.get(versions.DEBIAN["linux-portable"].get(entry["name"]))
        family = {source for source in origins for start, name in FAMILIES.items() if source.startswith(start) and name == entry["name"]}
        return family | ({own} & set(origins))

    def is_inside(self, entry, origins):
        """Whether one of its libraries is; what is no library of its own is part of one that is."""
        return entry["name"] not in versions.DEBIAN["linux-portable"] or bool(self.sources_of(entry, origins))

    def unlisted(self, listed, origins):
        """Elements for libraries that are inside although the list does not say so."""
        known = set().union(*(self.sources_of(entry, origins) for entry in listed))
        for source in sorted(set(origins) - known):
            package, version = origins[source]
            print(f"describe: {package} ({source}) is inside, and resources/licences/shipped.json does not list it", file=sys.stderr)
            yield self.library(source, version, package, licenseDeclared="NOASSERTION")

    def part(self, entry, system):
        version, debian = self.found.of(entry, system)
        members = {"homepage": entry["homepage"], "licenseDeclared": entry["licence"]}
        if not version:
            members["comment"] = (
                "It was built elsewhere, and its version was not noted." if "package" in entry else "The copy that Qt brings along."
            )
        return self.library(entry["name"], version, debian, system, **members)

    def library(self, name, version, debian, system="", **members):
        """An element for what others made: its version and the Debian package it came from, as far as they are known."""
        if version:
            members["versionInfo"] = version
        if debian:
            locator = f"pkg:deb/debian/{urllib.parse.quote(debian, safe='')}@{urllib.parse.quote(version, safe='')}"
            members["externalRefs"] = [
                {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": locator}
            ]
        return self.add(
            identifier(f"{name}-{version or system}"),
            name=name,
            supplier="Organization: Debian" if debian else "NOASSERTION",
            downloadLocation="NOASSERTION",
            primaryPackagePurpose="LIBRARY",
            **members,
        )
