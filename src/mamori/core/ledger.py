"""The ledger of apparatus (機器台帳): its columns, its words, and how two states of it differ.

Source of the twelve columns: the example of an apparatus ledger in the ministry's manual, 2(1).
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum

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
