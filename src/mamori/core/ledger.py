"""The ledger of apparatus (機器台帳): its columns, its words, and how two states of it differ.

Source of the twelve columns: the example of an apparatus ledger in the ministry's manual, 2(1).
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from hashlib import blake2b

from mamori.core.text import Text


class Kind(Enum):
    """What sort of apparatus it is."""

    SERVER = "server"
    TERMINAL = "terminal"
    NETWORK = "network"
    MEDICAL = "medical"
    IOT = "iot"
    OTHER = "other"


class Status(Enum):
    """Whether it is under use."""

    IN_USE = "in_use"
    OUT_OF_USE = "out_of_use"
    SPARE = "spare"
    DISPOSED = "disposed"
    OTHER = "other"


KIND_NAMES: dict[Kind, Text] = {
    Kind.SERVER: Text("サーバ", "Server"),
    Kind.TERMINAL: Text("端末PC", "Terminal PC"),
    Kind.NETWORK: Text("ネットワーク機器", "Network apparatus"),
    Kind.MEDICAL: Text("医療機器", "Medical device"),
    Kind.IOT: Text("IoT機器", "IoT device"),
    Kind.OTHER: Text("その他", "Other"),
}
STATUS_NAMES: dict[Status, Text] = {
    Status.IN_USE: Text("使用中", "Under use"),
    Status.OUT_OF_USE: Text("使用停止", "Out of use"),
    Status.SPARE: Text("予備", "Spare"),
    Status.DISPOSED: Text("廃棄済", "Disposed"),
    Status.OTHER: Text("その他", "Other"),
}
# The twelve official columns, in their order, then ours.
COLUMN_NAMES: dict[str, Text] = {
    "control_no": Text("管理番号", "Control No."),
    "manufacturer": Text("メーカー", "Manufacturer"),
    "os": Text("OS", "OS"),
    "software": Text("ソフトウェア", "Software"),
    "software_version": Text("ソフトウェアバージョン", "Software version"),
    "ip_address": Text("IPアドレス", "IP address"),
    "computer_name": Text("コンピュータ名", "Computer name"),
    "location": Text("設置場所", "Installed location"),
    "users": Text("利用者", "User"),
    "registered_on": Text("登録日", "Registration date"),
    "status": Text("状態", "Status"),
    "note": Text("備考", "Explanation"),
    "kind": Text("種別", "Kind"),
    "model": Text("型番", "Model"),
    "serial": Text("製造番号", "Serial number"),
    "mac_address": Text("MACアドレス", "MAC address"),
    "system": Text("医療情報システム", "Healthcare system"),
}
OFFICIAL = tuple(COLUMN_NAMES)[:12]


@dataclass(frozen=True, slots=True)
class Apparatus:
    """One row of the ledger. Empty text means the ledger does not say."""

    control_no: str = ""
    manufacturer: str = ""
    os: str = ""
    software: str = ""
    software_version: str = ""
    ip_address: str = ""
    computer_name: str = ""
    location: str = ""
    users: tuple[str, ...] = ()
    registered_on: date | None = None
    status: Status = Status.OTHER
    note: str = ""
    kind: Kind = Kind.OTHER
    model: str = ""
    serial: str = ""
    mac_address: str = ""
    system: str = ""


# Apparatus is told apart by the first of these that it has; the control number before all.
IDENTITY = ("control_no", "serial", "mac_address", "computer_name", "ip_address")
FIELDS = tuple(COLUMN_NAMES)
_NOT_COVERED = "\x18"
_FULL_IP = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2})?")
_MAC = re.compile(r"[0-9a-f]{12}")


def said(apparatus: Apparatus, field: str) -> str:
    """Give one field as the text that is compared and kept: days as YYYY-MM-DD, users by lines."""
    value = getattr(apparatus, field)
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "\x1e".join(value)
    if isinstance(value, Enum):
        return str(value.value)
    return value.isoformat() if isinstance(value, date) else ""


def take(field: str, text: str) -> str | tuple[str, ...] | date | Status | Kind | None:
    """Turn the kept text of a field back into its value: the inverse of `said`."""
    match field:
        case "users":
            return tuple(text.split("\x1e")) if text else ()
        case "registered_on":
            return date.fromisoformat(text) if text else None
        case "status":
            return Status(text)
        case "kind":
            return Kind(text)
        case _:
            return text


def digest_of_texts(texts: Iterable[str]) -> bytes:
    """Make the 16-byte fingerprint of a row from its fields as text, in the order of FIELDS."""
    return blake2b("\x1f".join(texts).encode(), digest_size=16).digest()


def digest(apparatus: Apparatus, fields: Collection[str] = FIELDS) -> bytes:
    """Make the 16-byte fingerprint of what a ledger says, over the fields it has columns for."""
    return digest_of_texts(
        said(apparatus, field) if field in fields else _NOT_COVERED for field in FIELDS
    )


def key_of(field: str, text: str) -> str:
    """Fold an identifying text so that two ways of writing it meet; empty when it tells nothing.

    A masked or unreadable address identifies nothing.
    """
    if not text:
        return ""
    match field:
        case "ip_address":
            parts = sorted(part.strip() for part in text.split(","))
            return ",".join(parts) if all(_FULL_IP.fullmatch(p) for p in parts) else ""
        case "mac_address":
            folded = re.sub(r"[^0-9a-f,]", "", text.lower())
            return folded if all(_MAC.fullmatch(part) for part in folded.split(",")) else ""
        case _:
            return text.upper().replace(" ", "")


def keys_of(apparatus: Apparatus) -> tuple[str, ...]:
    """Give what identifies an apparatus, in the order of IDENTITY; empty text where it has none."""
    return tuple(key_of(field, getattr(apparatus, field)) for field in IDENTITY)
