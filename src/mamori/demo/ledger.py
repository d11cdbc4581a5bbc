# ruff: noqa: E501 - tables with wide characters
"""The ledger of the demonstration hospital: about 400 apparatus, with faults planted on purpose."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from mamori.core.ledger import Apparatus, Kind, Status
from mamori.demo import hospital, names

SERVERS, TERMINALS, NETWORKS, DEVICES = 36, 290, 54, 26

# What the checks must find, and how often: the test of the demonstration reads this table.
PLANTED: dict[str, int] = {
    "servers past support": 2,
    "terminals past support": 9,
    "network apparatus past support": 1,
    "addresses used twice": 3,
    "control numbers used twice": 2,
    "without version": 14,
    "without location": 6,
    "bad rows": 5,
}


@dataclass(frozen=True, slots=True)
class Model:
    """A sort of apparatus: what the ledger writes of it."""

    manufacturer: str
    model: str
    os: str
    software: str = ""
    version: str = ""
    system: str = ""


# Makers of operating systems and firmware are real, as the ends of support are; all else is made up.
SERVER_MODELS = (
    Model(
        "富士通", "PRIMERGY RX2540", "Windows Server 2022 Standard", "アサツユ電子カルテ", "9.2.1"
    ),
    Model("NEC", "Express5800/R120", "Windows Server 2019 Standard", "アサツユ医事会計", "9.1.0"),
    Model("Dell", "PowerEdge R650", "VMware ESXi 8.0", "", ""),
    Model("HPE", "ProLiant DL380", "Red Hat Enterprise Linux 8.10", "ホタルノPACS", "5.4"),
    Model("Dell", "PowerEdge R450", "Windows Server 2022", "トキワミ検査", "3.8.2"),
    Model("HPE", "ProLiant DL360", "AlmaLinux 9.4", "PostgreSQL 15.4", "15.4"),
)
OLD_SERVER = Model("NEC", "Express5800/R110", "Windows Server 2012 R2", "カワセミ給食", "2.0")
TERMINAL_MODELS = (
    Model("富士通", "ESPRIMO D7012", "Windows 11 Pro 25H2", "アサツユ電子カルテ端末", "9.2.1"),
    Model("NEC", "VersaPro VKM", "Windows 11 Pro 25H2", "アサツユ電子カルテ端末", "9.2.1"),
    Model(
        "HP", "ProDesk 405", "Windows 11 Enterprise LTSC 2024", "アサツユ電子カルテ端末", "9.2.1"
    ),
    Model("Dell", "OptiPlex 7010", "Windows 11 Pro 25H2", "ホタルノビューア", "5.4"),
)
UNCLEAR = ("Win11", "Windows 11 Pro", "ウィンドウズ11")
OLD_TERMINALS = (
    "Windows 10 Pro 22H2",
    "Win10 Pro",
    "Ｗｉｎｄｏｗｓ１０　Ｐｒｏ",
    "Windows 10 Home",
)
LAB_OS = "Windows 10 IoT Enterprise LTSC 2021"
VPN = Model("Fortinet", "FortiGate 60F", "FortiOS 7.4.8", "", "7.4.8")
OLD_VPN = Model("Fortinet", "FortiGate 60E", "FortiOS 7.0.5", "", "7.0.5")
NETWORK_MODELS = (
    Model("Cisco", "Catalyst 9200", "IOS XE 17.12.4", "", "17.12.4"),
    Model("Cisco", "Catalyst 9200", "IOS XE 17.15.1", "", "17.15.1"),
    Model("Fortinet", "FortiGate 100F", "FortiOS 7.6.2", "", "7.6.2"),
)
ROUTER = Model("ヤマハ", "RTX1210", "Rev.14.01.42", "", "Rev.14.01.42")
ACCESS_POINT = Model("バッファロー", "WAPM-1266R", "ファームウェア 2.48", "", "2.48")
DEVICE_MODELS = (
    (Kind.MEDICAL, Model("見本医用電機", "生体情報モニタ SM-900", "", "", "4.2")),
    (Kind.MEDICAL, Model("見本医用電機", "超音波診断装置 UX-3", "", "", "2.1")),
    (Kind.IOT, Model("見本映像", "ネットワークカメラ NC-20", "", "", "1.9")),
)


def apparatus(today: date, seed: int = hospital.SEED) -> tuple[Apparatus, ...]:
    """Make every row of the ledger as it is meant, faults included, in the order of the sheets."""
    random = Random(seed + 1)  # noqa: S311 - repeatable, nothing secret
    staff = hospital.hospital(today, seed).staff
    rows = [
        *_servers(random, today),
        *_terminals(random, today, staff),
        *_networks(random, today),
        *_devices(random, today),
    ]
    _retire(random, rows)
    _plant(random, rows)
    return tuple(rows)


def earlier(today: date, day: date, seed: int = hospital.SEED) -> tuple[Apparatus, ...]:
    """Give the rows that were already listed on an earlier day, each control number once."""
    rows = {one.control_no: one for one in reversed(apparatus(today, seed)) if _was(one, day)}
    return tuple(reversed(rows.values()))


def _was(one: Apparatus, day: date) -> bool:
    """Say whether an apparatus had been registered by a day."""
    return one.registered_on is not None and one.registered_on <= day


def _row(model: Model, kind: Kind, number: str, name: str, ip: str, day: date) -> Apparatus:
    """Put what a model says and what tells one apparatus apart together."""
    return Apparatus(
        control_no=number,
        manufacturer=model.manufacturer,
        os=model.os,
        software=model.software,
        software_version=model.version,
        ip_address=ip,
        computer_name=name,
        registered_on=day,
        status=Status.IN_USE,
        kind=kind,
        model=model.model,
    )


def _bought(random: Random, today: date) -> date:
    """Give a day of purchase within the last five years, most on the first of a month."""
    day = today - timedelta(days=random.randint(30, 5 * 365))
    return day.replace(day=1) if random.random() < 0.6 else day


def _servers(random: Random, today: date) -> list[Apparatus]:
    """Make the servers: numbers SV-001 on."""
    rows = []
    for at in range(SERVERS):
        model = OLD_SERVER if at < PLANTED["servers past support"] else random.choice(SERVER_MODELS)
        one = _row(
            model, Kind.SERVER, f"SV-{at + 1:03}", f"SVR{at + 1:03}", f"10.20.1.{at + 10}",
            _bought(random, today),
        )  # fmt: skip
        place = "サーバ室 ラック1" if at % 2 else "サーバ室 ラック2"
        rows.append(replace(one, location=place, users=("情報システム室",)))
    return rows


def _terminals(random: Random, today: date, staff: Sequence[str]) -> list[Apparatus]:
    """Make the terminals: numbers with leading zeros, as the label printer made them."""
    rows = []
    for at in range(TERMINALS):
        department = names.DEPARTMENTS[at % len(names.DEPARTMENTS)]
        ip = f"10.20.{10 + at // 200}.{at % 200 + 20}"
        one = _row(
            random.choice(TERMINAL_MODELS), Kind.TERMINAL, f"{at + 1:05}", f"PC{at + 1:04}", ip,
            _bought(random, today),
        )  # fmt: skip
        users = tuple(random.sample(staff, random.choice((1, 1, 1, 2, 3))))
        note = random.choice(("", "", "", "リース", "共用", "保守契約あり"))
        rows.append(replace(one, location=department, users=users, note=note))
    return rows


def _networks(random: Random, today: date) -> list[Apparatus]:
    """Make the network apparatus: the VPN boxes first, then routers, access points, switches."""
    rows = []
    for at in range(NETWORKS):
        if at < 3:
            model, place = (OLD_VPN if at == 0 else VPN), "サーバ室 回線収容架"
        elif at < 6:
            model, place = ROUTER, "サーバ室 回線収容架"
        elif at < 30:
            model, place = ACCESS_POINT, f"{names.DEPARTMENTS[at % 27]} 天井"
        else:
            model, place = random.choice(NETWORK_MODELS), f"{at % 6 + 1}階 EPS"
        one = _row(
            model, Kind.NETWORK, f"NW-{at + 1:03}", f"NW{at + 1:03}", f"10.20.254.{at + 1}",
            _bought(random, today),
        )  # fmt: skip
        note = "給食事業者との接続。リモート保守あり" if at == 0 else ""
        rows.append(replace(one, location=place, users=("情報システム室",), note=note))
    return rows


def _devices(random: Random, today: date) -> list[Apparatus]:
    """Make medical and IoT devices."""
    rows = []
    for at in range(DEVICES):
        kind, model = DEVICE_MODELS[at % len(DEVICE_MODELS)]
        one = _row(
            model, kind, f"ME-{at + 1:03}", f"ME{at + 1:03}", f"10.20.30.{at + 10}",
            _bought(random, today),
        )  # fmt: skip
        place = ("ICU", "手術室", "正面玄関")[at % 3]
        rows.append(replace(one, location=place, users=("臨床工学室",), software=model.model))
    return rows


def _retire(random: Random, rows: list[Apparatus]) -> None:
    """Turn some terminals into disposed, spare and out-of-use ones, never the last or first."""
    first = SERVERS
    chosen = random.sample(range(first + 100, first + TERMINALS), 24)
    for at, place in enumerate(chosen):
        status = (Status.DISPOSED, Status.SPARE, Status.OUT_OF_USE)[at % 3]
        # Old ones on the shelf do not count: the checks must leave them out.
        rows[place] = replace(rows[place], status=status, os="Windows 7 Professional")


def _plant(random: Random, rows: list[Apparatus]) -> None:
    """Plant the faults of the table, each on rows of its own."""
    free = [
        at
        for at, one in enumerate(rows)
        if one.kind is Kind.TERMINAL and one.status is Status.IN_USE
    ]
    random.shuffle(free)

    def take(count: int) -> list[int]:
        """Take rows that carry no fault yet."""
        taken, free[:count] = free[:count], []
        return taken

    for at, place in enumerate(take(PLANTED["terminals past support"])):
        rows[place] = replace(rows[place], os=OLD_TERMINALS[at % len(OLD_TERMINALS)])
    for at, place in enumerate(take(18)):
        rows[place] = replace(rows[place], os=UNCLEAR[at % len(UNCLEAR)])
    for place in take(6):
        rows[place] = replace(rows[place], os=LAB_OS, location="検査部")
    for place in take(12):
        rows[place] = replace(rows[place], ip_address="10.20.X.X")
    for place in take(PLANTED["without version"] - 2):
        rows[place] = replace(rows[place], software_version="")
    for place in (5, 6):
        rows[place] = replace(rows[place], software="院内ポータル", software_version="")
    for place in take(PLANTED["without location"] - 1):
        rows[place] = replace(rows[place], location="")
    access_point = SERVERS + TERMINALS + 12
    rows[access_point] = replace(rows[access_point], location="")
    for _ in range(PLANTED["addresses used twice"]):
        one, other = take(2)
        rows[other] = replace(rows[other], ip_address=rows[one].ip_address)
    for _ in range(PLANTED["control numbers used twice"]):
        one, other = take(2)
        rows[other] = replace(rows[other], control_no=rows[one].control_no)
