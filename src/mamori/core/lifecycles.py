"""Whether an operating system, as a ledger writes it, is past the end of its maker's support.

A ledger seldom says everything ("Win10"): then all releases that could be meant are looked at, and
the answer is only "past" or "supported" when it is the same for every one of them.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from mamori.core.evidence import Lifecycle, Lifecycles
from mamori.core.ledger import Apparatus, Kind
from mamori.core.text import Text, listed, same


class Support(Enum):
    """What the table says about one operating system on one day."""

    PAST = "past"
    SUPPORTED = "supported"
    CANNOT_SAY = "cannot_say"
    NOT_IN_TABLE = "not_in_table"
    NOT_WRITTEN = "not_written"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The answer for one text: the releases it may mean, and the last end among them."""

    support: Support
    name: Text
    ends: date | None
    because: Text


@dataclass(frozen=True, slots=True)
class Reading:
    """One operating system named in a text: family, version, and for Windows what else it says."""

    family: str
    version: str
    feature: str = ""
    editions: frozenset[str] = frozenset()


_KANA = (
    (re.compile("ウ[イィ]ンドウ?ズ|ういんどうず"), "windows"),
    (re.compile("サーバー?"), "server"),
    (re.compile("フォーティ(ゲート|os)"), "fortios"),
    (re.compile("レッドハット"), "red hat"),
    (re.compile("セントos"), "centos"),
    (re.compile("シスコ"), "cisco"),
    (re.compile("アップル"), "apple"),
    (re.compile("バージョン"), "version "),
    (re.compile("組込み?|組み込み"), "embedded"),
)
_V = r"(?:release\s*|ver(?:sion)?\.?\s*|v\.?\s*)?(?P<version>\d+(?:\.\d+)*)"
_YEAR = r"(?P<version>20(?:03|08|12|16|19|22|25))(?!\d)\s*(?P<r2>r2)?"
_SAC = r"(?P<version>\d\dh\d|1[6-9]0[39]|2004)(?!\d)"
# In this order; what one has read the next no longer sees.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (family, re.compile(pattern))
    for family, pattern in (
        ("windows-server", rf"(?:windows|\bwin)\s*(?:server|srv|svr)?\s*{_YEAR}"),
        ("windows-server", rf"^(?:ms\s*)?(?:server|svr|ws|winsv)\s*{_YEAR}"),
        ("windows-server", r"\bw2k(?P<version>3|8|12|16|19|22)(?!\d)\s*(?P<r2>r2)?"),
        ("windows-server", rf"windows\s*server\s*,?\s*(?:version\s*)?{_SAC}"),
        (
            "windows",
            r"(?:windows|\bwin|\bw(?=\d))\s*(?P<version>11|10|8\.1|8|7|vista|xp)(?!\d)",
        ),
        ("rhel", rf"(?:red\s*hat|rhel)(?:\s*(?:enterprise|linux|server|es|as|el))*\s*{_V}"),
        ("centos-stream", rf"cent\s*os\s*(?:linux\s*)?stream\s*{_V}"),
        ("centos", rf"cent\s*os\s*(?:linux\s*)?{_V}"),
        ("almalinux", rf"alma\s*linux\s*(?:os\s*)?{_V}"),
        ("rocky-linux", rf"rocky\s*(?:linux\s*)?{_V}"),
        ("oracle-linux", rf"oracle\s*(?:enterprise\s*)?linux\s*(?:server\s*)?{_V}"),
        (
            "sles",
            r"(?:suse\s*linux\s*enterprise(?:\s*server)?|sles)\s*"
            r"(?P<version>\d+(?:\.\d+)?)(?:\s*sp\s*(?P<sp>\d))?",
        ),
        ("ubuntu", rf"ubuntu(?:\s*(?:server|desktop|linux))*\s*{_V}"),
        ("debian", rf"debian(?:\s*gnu)?(?:\s*linux)?\s*{_V}"),
        ("vmware-esxi", rf"(?:esxi|vsphere\s*(?:hypervisor\s*)?)\s*{_V}"),
        ("proxmox-ve", rf"proxmox\s*(?:ve\s*)?{_V}"),
        ("fortios", rf"forti\s*os\s*{_V}"),
        ("fortios", r"forti(?:gate|wifi)\S*\s+(?:os\s*)?(?:ver\.?\s*|v)(?P<version>\d+(?:\.\d+)+)"),
        ("pan-os", rf"pan-?\s*os\s*{_V}"),
        ("cisco-ios-xe", rf"ios[\s-]*xe(?:\s*software)?[\s,]*(?:[a-z]+\s+)?{_V}"),
        ("ipados", rf"ipad\s*os\s*{_V}"),
        ("ipados", rf"\bipad\b.*?\bios\s*{_V}"),
        ("ios", rf"\b(?:iphone|apple)\b.*?\bios\s*{_V}"),
        ("macos", rf"(?:mac\s*os(?:\s*x)?|\bos\s*x)\s*(?:[a-z]+\s+)?{_V}"),
    )
)
_SHORT_YEAR = {"3": "2003", "8": "2008", "12": "2012", "16": "2016", "19": "2019", "22": "2022"}
_LTSC = re.compile(r"(?:(?P<before>20\d\d)\s*)?lts[cb](?:\s*(?P<after>20\d\d))?")
_LTSC_FEATURE = {"2015": "1507", "2016": "1607", "2019": "1809", "2021": "21h2", "2024": "24h2"}
_FEATURE = re.compile(r"(?<!\d)(\d\dh\d|1507|1511|1607|1703|1709|1803|1809|1903|1909|2004)(?!\d)")
_BUILD = re.compile(r"(?<!\d)(1[0-9]{4}|2[0-9]{4})(?!\d)")
_BOUGHT = re.compile(
    r"(?<![a-z])(?:esu|els|esm)(?![a-z])|extended (?:security|life)|ubuntu pro|拡張セキュリ"
)
# What a word in the ledger leaves possible among the editions of Windows 10 and 11.
_EDITIONS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (re.compile(r"iot.*lts[cb]|lts[cb].*iot"), frozenset({"iot-ltsc"})),
    (_LTSC, frozenset({"ltsc", "iot-ltsc"})),
    (re.compile(r"iot\s*core"), frozenset({"iot-core"})),
    (re.compile(r"iot"), frozenset({"iot-ltsc", "enterprise", "iot-core"})),
    (re.compile(r"pro(?![a-z])|professional|home"), frozenset({"pro"})),
    (re.compile(r"edu"), frozenset({"enterprise"})),
    (re.compile(r"ent"), frozenset({"enterprise", "ltsc", "iot-ltsc"})),
)


def normal(text: str) -> str:
    """Bring a ledger's spelling to one form: half width, lower case, single blanks, Latin names."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    for kana, latin in _KANA:
        plain = kana.sub(latin, plain)
    plain = re.sub(r"[®™()\[\]_,、/]|microsoft", " ", plain)
    return re.sub(r"\s+", " ", plain).strip()


def written(one: Apparatus) -> str:
    """Give what a row says of its OS or firmware.

    Network apparatus often has the name in one column and the version in the next.
    """
    if one.kind is Kind.NETWORK and not re.search(r"\d", one.os):
        return f"{one.os} {one.software_version}".strip()
    return one.os


def label(one: Apparatus, judged: Judgement) -> Text:
    """Name what was judged: the release, or what the ledger writes of an unknown product."""
    text = written(one).strip()
    if judged.support is not Support.NOT_IN_TABLE or not text:
        return judged.name
    return same(text if one.manufacturer in text else f"{one.manufacturer} {text}")


def readings(text: str, maker: str = "") -> tuple[Reading, ...]:
    """Name every operating system that a text may speak of (none: nothing was recognised)."""
    plain = normal(text)
    if re.search(r"\bios\b", plain) and "apple" in normal(maker):
        plain = f"apple {plain}"
    found: list[Reading] = []
    rest = plain
    for family, pattern in _PATTERNS:
        for hit in pattern.finditer(rest):
            found.append(_reading(family, hit, plain))
        rest = pattern.sub(lambda hit: "\x00" * len(hit.group()), rest)
    return tuple(dict.fromkeys(found))


def _reading(family: str, hit: re.Match[str], plain: str) -> Reading:
    """Put together what one hit, and for Windows the words around it, say."""
    version = hit["version"]
    groups = hit.groupdict()
    if family == "windows-server":
        version = _SHORT_YEAR.get(version, version) + ("-r2" if groups.get("r2") else "")
    if family == "sles" and groups.get("sp"):
        version = f"{version}.{groups['sp']}"
    if family != "windows" or version not in ("10", "11"):
        return Reading(family, version)
    return Reading(family, version, _feature(plain), _editions(plain))


def _feature(plain: str) -> str:
    """Find the release of Windows 10 or 11 that a text names: 22H2, LTSC 2019, build 19045."""
    ltsc = _LTSC.search(plain)
    year = (ltsc["after"] or ltsc["before"]) if ltsc else None
    if year in _LTSC_FEATURE:
        return _LTSC_FEATURE[year]
    found = _FEATURE.search(plain) or _BUILD.search(plain)
    return found[1] if found else ""


def _editions(plain: str) -> frozenset[str]:
    """Say which editions remain possible; none named means all of them."""
    return next((left for word, left in _EDITIONS if word.search(plain)), frozenset())


def releases(reading: Reading, table: Lifecycles) -> tuple[Lifecycle, ...]:
    """Give every release of the table that a reading may mean."""
    rows = tuple(row for row in table.rows if row.family == reading.family)
    if reading.family == "windows-server" or reading.family == "windows":
        return tuple(row for row in rows if _same_windows(reading, row))
    asked = _numbers(reading.version)
    return tuple(row for row in rows if _agree(asked, _numbers(row.version)))


def _same_windows(reading: Reading, row: Lifecycle) -> bool:
    """Say whether a row may be the Windows that was read."""
    return (
        row.version == reading.version
        and (not reading.feature or reading.feature in (row.feature, row.build))
        and (not reading.editions or not row.editions or bool(reading.editions & set(row.editions)))
    )


def _numbers(version: str) -> tuple[int, ...]:
    """Give 7.0.5 as (7, 0, 5)."""
    return tuple(int(part) for part in re.findall(r"\d+", version))


def _agree(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Say whether one version is the other, or a part of its line."""
    shorter = min(len(one), len(other))
    return shorter > 0 and one[:shorter] == other[:shorter]


def _by_name(plain: str, table: Lifecycles) -> tuple[Lifecycle, ...]:
    """Give the rows that name a beginning of the text themselves."""
    return tuple(
        row
        for row in table.rows
        if any(re.match(rf"{re.escape(name)}(?![0-9a-z])", plain) for name in row.names)
    )


_NOT_WRITTEN = Text("OSが台帳に書かれていません。", "The ledger does not say which OS it is.")
_NOT_KNOWN = Text("「{text}」は表にありません。", "“{text}” is not in the table.")
_PAST = Text("サポートは{day}に終了しました。", "Support ended on {day}.")
_SUPPORTED = Text("サポート期間内です({day}まで)。", "Under support (until {day}).")
_NO_END = Text("終了日はまだ発表されていません。", "No end has been announced yet.")
_UNCLEAR = Text(
    "版やエディションによって終了日が異なり({names})、台帳の記載では決められません。",
    "The end depends on release and edition ({names}), and the ledger does not say which.",
)
_MAY_BE_BOUGHT = Text(
    "通常のサポートは{day}に終了し、有償延長の記載がありますが、契約は確認できません。",
    "Ordinary support ended on {day}; the ledger speaks of bought updates, which is not proven.",
)


def judge(text: str, table: Lifecycles, today: date, *, maker: str = "") -> Judgement:
    """Say whether what a ledger calls an operating system still gets security updates.

    PAST and SUPPORTED only where every release that may be meant is; words that name two systems,
    an unnamed edition or bought updates give CANNOT_SAY; what the table lacks is NOT_IN_TABLE.
    """
    plain = normal(text)
    if not re.search(r"\w", plain):
        return Judgement(Support.NOT_WRITTEN, Text("記載なし", "not written"), None, _NOT_WRITTEN)
    named = readings(text, maker)
    groups = [releases(reading, table) for reading in named] or [_by_name(plain, table)]
    if not all(groups):
        return Judgement(Support.NOT_IN_TABLE, same(text), None, _NOT_KNOWN.fill(text=text))
    rows = tuple(dict.fromkeys(row for group in groups for row in group))
    return _weigh(rows, today, bought=bool(_BOUGHT.search(plain)))


def judge_all(
    rows: Iterable[Apparatus], table: Lifecycles, today: date
) -> tuple[tuple[Apparatus, Judgement], ...]:
    """Judge what each row of a ledger says of its OS or firmware; each wording is judged once."""
    known: dict[tuple[str, str], Judgement] = {}
    found = []
    for one in rows:
        key = (written(one), one.manufacturer)
        if key not in known:
            known[key] = judge(key[0], table, today, maker=key[1])
        found.append((one, known[key]))
    return tuple(found)


def _in_common(names: tuple[str, ...]) -> str:
    """Give the words with which all names begin: Windows 10 of many Windows 10."""
    same_words = itertools.takewhile(
        lambda words: len(set(words)) == 1, zip(*(n.split() for n in names), strict=False)
    )
    return " ".join(words[0] for words in same_words)


def _weigh(rows: tuple[Lifecycle, ...], today: date, *, bought: bool) -> Judgement:
    """Answer for all releases that may be meant together."""
    names = tuple(dict.fromkeys(row.name.en for row in rows))
    name = same(_in_common(names)) if _in_common(names) else listed(names, most=3)
    ends = [row.ends for row in rows if row.ends is not None]
    last = max(ends) if len(ends) == len(rows) else None
    past = [row.ends is not None and row.ends < today for row in rows]
    if not any(past):
        because = _SUPPORTED.fill(day=min(ends).isoformat()) if ends else _NO_END
        return Judgement(Support.SUPPORTED, name, min(ends, default=None), because)
    if not all(past) or last is None:
        unclear = _UNCLEAR.fill(names=listed(names, most=3))
        return Judgement(Support.CANNOT_SAY, name, None, unclear)
    if bought and not all(row.extended and row.extended < today for row in rows):
        because = _MAY_BE_BOUGHT.fill(day=last.isoformat())
        return Judgement(Support.CANNOT_SAY, name, last, because)
    return Judgement(Support.PAST, name, last, _PAST.fill(day=last.isoformat()))
