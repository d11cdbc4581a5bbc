"""Which rows of the ledger a check counts, and how it names them.

Ours, not the ministry's: apparatus under use counts, and so does apparatus whose status the ledger
does not say (leaving a cell blank must not hide it). Spare and out-of-use apparatus is not asked
for users or supported software while it stands on the shelf, but its number must still be its own.
Disposed apparatus never counts.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable

from mamori.core.evidence import Ledger
from mamori.core.ledger import Apparatus, Kind, Status
from mamori.core.text import Text

IN_SERVICE = frozenset({Status.IN_USE, Status.OTHER})
HELD = frozenset(Status) - {Status.DISPOSED}
# The kinds item 2(1) names; medical and IoT devices are listed, but not asked for there.
ASKED = (Kind.SERVER, Kind.TERMINAL, Kind.NETWORK)
_BLANK = re.compile(
    r"[\s\-－―—–ー_/.・?？*＊]*|なし|無し|不明|未定|n/?a|none|unknown", re.IGNORECASE
)
_IPV4 = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_IPV6 = re.compile(r"[0-9a-f:]*:[0-9a-f:]*:[0-9a-f:]+", re.IGNORECASE)
NOT_ADDRESSES = frozenset({"0.0.0.0", "127.0.0.1", "255.255.255.255"})  # noqa: S104 - read, not bound

NO_NUMBER = Text("(管理番号なし)", "(no control number)")


def in_sentence(name: Text) -> Text:
    """Give a name as it stands inside an English sentence: terminal PC, IoT device, servers."""
    words = (word.lower() if word == word.capitalize() else word for word in name.en.split())
    return Text(name.ja, " ".join(words))


def in_service(ledger: Ledger, *kinds: Kind) -> tuple[Apparatus, ...]:
    """Give the apparatus under use, of the given kinds or of all."""
    return tuple(
        a for a in ledger.apparatus if a.status in IN_SERVICE and (not kinds or a.kind in kinds)
    )


def held(ledger: Ledger) -> tuple[Apparatus, ...]:
    """Give all apparatus the facility still has, spare and out of use too."""
    return tuple(a for a in ledger.apparatus if a.status in HELD)


def says(value: str) -> bool:
    """Say whether a cell says something: a dash, 不明 or N/A does not."""
    return not _BLANK.fullmatch(value.strip())


def name_of(one: Apparatus) -> str:
    """Name an apparatus by its control number, else by what else tells it apart."""
    for value in (one.control_no, one.computer_name, one.ip_address, one.serial, one.location):
        if says(value):
            return value
    return NO_NUMBER.ja


def names_of(apparatus: Iterable[Apparatus]) -> tuple[str, ...]:
    """Name many, in the order of the ledger."""
    return tuple(name_of(a) for a in apparatus)


def addresses(one: Apparatus) -> tuple[str, ...]:
    """Give the whole addresses of a row; masked ones (192.168.X.X), DHCP and loopback are none."""
    text = unicodedata.normalize("NFKC", one.ip_address)
    found = _IPV4.findall(text) or _IPV6.findall(text)
    plain = (".".join(str(int(p)) for p in a.split(".")) if "." in a else a.lower() for a in found)
    return tuple(a for a in plain if a not in NOT_ADDRESSES)


def repeated(
    apparatus: Iterable[Apparatus], values: Callable[[Apparatus], tuple[str, ...]]
) -> dict[str, tuple[Apparatus, ...]]:
    """Give the values that more than one apparatus has, in the order they first appear."""
    seen: defaultdict[str, list[Apparatus]] = defaultdict(list)
    for one in apparatus:
        for value in dict.fromkeys(values(one)):
            seen[value].append(one)
    return {value: tuple(rows) for value, rows in seen.items() if len(rows) > 1}
