# ruff: noqa: INP001
"""Make src/mamori/editions/lifecycles.toml again from an archive of endoflife.date's products.

Use: python scripts/make_lifecycles.py ARCHIVE.tar.xz COMMIT DATE > lifecycles.toml
The archive holds products/*.md of github.com/endoflife-date/endoflife.date (MIT licence).
"""

import re
import sys
import tarfile
from collections.abc import Iterator
from datetime import date

# What stands in ledgers of hospitals. Android is left out: its ends depend on the maker of the
# tablet. Cisco IOS (not XE), Yamaha, Buffalo and others are not in the source.
FAMILIES = {
    "windows": "Windows",
    "windows-server": "Windows Server",
    "windows-embedded": "Windows Embedded",
    "rhel": "Red Hat Enterprise Linux",
    "centos": "CentOS",
    "centos-stream": "CentOS Stream",
    "almalinux": "AlmaLinux",
    "rocky-linux": "Rocky Linux",
    "oracle-linux": "Oracle Linux",
    "sles": "SUSE Linux Enterprise Server",
    "ubuntu": "Ubuntu",
    "debian": "Debian",
    "vmware-esxi": "VMware ESXi",
    "proxmox-ve": "Proxmox VE",
    "fortios": "FortiOS",
    "pan-os": "PAN-OS",
    "cisco-ios-xe": "Cisco IOS XE",
    "macos": "macOS",
    "ios": "iOS",
    "ipados": "iPadOS",
}
# The last part of a Windows cycle: which editions it is about ("" = all that are not LTSC).
WINDOWS_EDITIONS = {
    "": ("pro", "enterprise"),
    "w": ("pro",),
    "e": ("enterprise",),
    "e-lts": ("ltsc",),
    "iot-lts": ("iot-ltsc",),
    "iot": ("iot-core",),
}
EDITION_WORDS = {
    "w": " Home/Pro",
    "e": " Enterprise/Education",
    "e-lts": " Enterprise LTSC",
    "iot-lts": " IoT Enterprise LTSC",
    "iot": " IoT Core",
}
NAMES = {
    "windows-server/2000": ("windows 2000",),
    "windows-embedded/standard-7-sp1": ("windows embedded standard 7", "wes7"),
    "windows-embedded/posready-7": ("windows embedded posready 7", "posready 7"),
    "windows-embedded/compact-7": ("windows embedded compact 7",),
    "windows-embedded/compact-2013": ("windows embedded compact 2013",),
    "windows-embedded/8.1-industry": ("windows embedded 8.1 industry",),
    "windows-embedded/8.1-pro": ("windows embedded 8.1 pro",),
}


def releases(text: str) -> Iterator[dict[str, str]]:
    """Give the flat fields of each release in the front matter of one product."""
    front = text.split("\n---", 1)[0]
    for block in front.split("\nreleases:", 1)[1].split("- releaseCycle:")[1:]:
        first, *rest = block.splitlines()
        fields = {"cycle": first.split("#")[0].strip().strip("\"'")}
        for line in rest:
            found = re.match(r"\s+(\w+):\s*(.+?)\s*(?:\s#.*)?$", line)
            if found:
                fields[found[1]] = found[2].strip("\"'")
        yield fields


def day(value: str | None) -> str | None:
    """Give a TOML date, or None where the source knows of no end."""
    return value if value and re.fullmatch(r"\d{4}-\d\d-\d\d", value) else None


def windows(cycle: str) -> dict[str, object]:
    """Split "11-24h2-iot-lts" into what a ledger may say of it."""
    head, *tail = cycle.split("-")
    feature = tail[0] if tail and head in ("10", "11") else ""
    channel = "-".join(tail[1:]) if feature else ""
    label = {"6": "Vista", "5": "XP"}.get(head, head)
    name = f"Windows {label}{' ' + feature.upper() if feature else ''}"
    return {
        "name": name + EDITION_WORDS.get(channel, ""),
        "version": {"6": "vista", "5": "xp"}.get(head, head),
        "feature": feature,
        "editions": WINDOWS_EDITIONS[channel] if feature else (),
    }


def row(family: str, fields: dict[str, str]) -> dict[str, object] | None:
    """Give one row of the table, None where the release is not one a ledger tells apart."""
    cycle = fields["cycle"]
    made: dict[str, object] = {"id": f"{family}/{cycle}", "family": family}
    if family == "windows":
        made |= windows(cycle)
        made["build"] = fields.get("latest", "").rpartition(".")[2] if made["feature"] else ""
    elif family == "windows-server":
        version = re.sub(r"-(sp\d|sac|ac)$", "", cycle)
        made |= {"name": f"Windows Server {version.replace('-r2', ' R2').upper()}"}
        made |= {"version": version}
    elif family == "windows-embedded":
        made |= {"name": f"Windows Embedded {cycle.replace('-', ' ').title()}", "version": cycle}
    elif "-" in cycle:
        return None
    else:
        made |= {"name": f"{FAMILIES[family]} {cycle}", "version": cycle}
    made["names"] = NAMES.get(str(made["id"]), ())
    made["ends"] = day(fields.get("eol"))
    made["extended"] = day(fields.get("eoes"))
    made["source"] = f"https://endoflife.date/{family}"
    return made


def quoted(value: object) -> str:
    """Write one value as TOML."""
    if isinstance(value, tuple):
        return "[" + ", ".join(f'"{v}"' for v in value) + "]"
    text = str(value)
    return text if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else f'"{text}"'


HEAD = """\
# Ends of support of operating systems and firmware. Made by scripts/make_lifecycles.py: change that
# and make this again. `ends` is the last day of security updates for everyone, `extended` that of
# updates one has to buy; without `ends` none was announced at that date.
# Source: endoflife.date, (c) 2020 endoflife.date contributors, MIT licence.
as_of = {as_of}
source = "endoflife.date, commit {commit} ({as_of}), MIT licence"

rows = [
"""


def main(archive: str, commit: str, as_of: str) -> None:
    """Write the whole table to standard output."""
    date.fromisoformat(as_of)
    sys.stdout.write(HEAD.format(as_of=as_of, commit=commit))
    with tarfile.open(archive) as tar:
        for family in FAMILIES:
            file = tar.extractfile(f"products/{family}.md")
            if file is None:
                raise SystemExit(f"{family} is not in the archive")
            for fields in releases(file.read().decode("utf-8")):
                made = row(family, fields)
                if made:
                    inside = ", ".join(f"{k} = {quoted(v)}" for k, v in made.items() if v)
                    sys.stdout.write(f"  {{ {inside} }},\n")
    sys.stdout.write("]\n")


if __name__ == "__main__":
    main(*sys.argv[1:4])
