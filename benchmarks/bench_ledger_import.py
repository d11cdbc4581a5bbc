"""The dry run of a 100,000-row ledger, with its difference, beside the bare calamine read (its
floor) and openpyxl's read-only read (the usual way); then the import as it is written.

The ledger in the store is the same hospital a year earlier: about 3 rows of 100 differ. Each part
runs in a process of its own, so that its peak memory is its own; CPU is user + system time.

    .venv/bin/python benchmarks/bench_ledger_import.py [--rows 100000] [--rounds 3]
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from random import Random

import xlsxwriter

NOW, TODAY = datetime(2026, 11, 22, 3, 0, tzinfo=UTC), date(2026, 11, 22)
HEADINGS = (
    *("管理番号", "メーカー", "OS", "ソフトウェア", "バージョン", "IPアドレス"),
    *("コンピュータ名", "設置場所", "利用者", "登録日", "状態", "備考"),
)
SYSTEMS = (
    ("富士通", "Windows 11 Pro 24H2", "HOPE EGMAIN-GX", "V9.2"),
    ("NEC", "Windows 10 Pro 22H2", "MegaOakHR", "６．０"),
    ("Dell", "Windows 11 Pro 23H2", "Microsoft Office 2021", "16.0.14332"),
    ("HP", "Windows 10 Enterprise LTSC 2021", "心電図管理システム", "3.1"),
    ("ヤマハ", "Rev.14.01.42", "RTX1210", "Rev.14.01.42"),
    ("Fortinet", "FortiOS 7.2.5", "FortiGate 60F", "7.2.5"),
    ("日本光電", "", "CNS-6201", ""),
    ("富士フイルム", "Windows Server 2019 Standard", "SYNAPSE 5.2", "5.2"),
)
PLACES = [
    f"{w}病棟{f}階{r}" for w in "東西南北" for f in range(1, 9) for r in ("詰所", "処置室", "廊下")
]
STATES = ("使用中", "使用中", "使用中", "稼働中", "予備", "停止中", "廃棄")


def day(random, number):
    """A day as different hands write it."""
    year, month, date_ = random.randint(2014, 2026), random.randint(1, 12), random.randint(1, 28)
    if number % 4 == 0:
        return (
            f"令和{year - 2018}年{month}月{date_}日" if year > 2019 else f"{year}.{month}.{date_}"
        )
    return f"{year}/{month:02d}/{date_:02d}" if number % 4 < 3 else f"{year}年{month}月{date_}日"


def rows(count, *, later):
    """The ledger of one year; the later one differs in about 3 rows of 100."""
    random, drift = Random(20261122), Random(7)
    for number in range(count):
        maker, system, software, version = random.choice(SYSTEMS)
        users = "、".join(
            f"職員{random.randint(1, 900)}（外科）" for _ in range(random.randint(1, 3))
        )
        line = [
            f"{number:06d}",
            maker,
            system,
            software,
            version,
            f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}",
            f"PC-{number:06d}",
            random.choice(PLACES),
            users,
            day(random, number),
            random.choice(STATES),
            f"リース満了 {random.randint(2026, 2032)}/3" if number % 3 else "",
        ]
        lot = drift.random()
        if later and lot < 0.01:
            line[7] = drift.choice(PLACES)[::-1]
        elif later and lot < 0.02:
            line[2] = "Windows 11 Pro 25H2"
        elif later and lot < 0.025:
            continue
        elif later and lot < 0.03:
            line[0] = line[0].replace("0", "9", 1) + "N"
            line[5] = line[6] = ""
        yield line


def write(path, count, *, later):
    """Write one year's ledger as a workbook, as Excel would."""
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"strings_to_formulas": False})
    sheet = book.add_worksheet("機器台帳")
    sheet.write_row(0, 0, ["機器台帳(全館)"])
    sheet.write_row(2, 0, HEADINGS)
    for at, line in enumerate(rows(count, later=later), start=3):
        for column, cell in enumerate(line):
            if cell:
                sheet.write_string(at, column, cell)
    book.close()
    path.write_bytes(content.getvalue())


def bare(_old, new, _folder):
    """calamine alone."""
    from python_calamine import CalamineWorkbook

    content = new.read_bytes()
    started = time.process_time()
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    found = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    return time.process_time() - started, f"{len(found)} rows"


def openpyxl(_old, new, _folder):
    """openpyxl, read-only."""
    from openpyxl import load_workbook

    started = time.process_time()
    book = load_workbook(new, read_only=True)
    found = sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))
    return time.process_time() - started, f"{found} rows"


def read(_old, new, _folder):
    """Our reading alone: bytes to rows, with every check of the upload."""
    from mamori.importers import ledger

    content = new.read_bytes()
    started = time.process_time()
    found = ledger.read(content, new.name)
    return time.process_time() - started, f"{len(found.accepted)} accepted"


def dry(_old, new, folder):
    """The dry run as `mamori import ledger --dry-run` does it, against the ledger in SQLite."""
    who = hospital(folder)
    from mamori.usecases.ledger import take_in

    content = new.read_bytes()
    file = take_in.LedgerFile(content, new.name)
    started = time.process_time()
    plan = take_in.plan(who, facility="H001", file=file)
    spent = time.process_time() - started
    counts = plan.counts
    said = ", ".join(
        f"{k} {counts[k]}" for k in ("new", "changed", "gone", "conflict", "unchanged")
    )
    return spent, said


def written(old, _new, folder):
    """The import of the first year into an empty ledger, all in one transaction."""
    return take(old, folder)


def again(_old, new, folder):
    """The import of the second year over the first."""
    return take(new, folder)


def take(path, folder):
    """Take one file in."""
    who = hospital(folder)
    from mamori.usecases.ledger import take_in

    file = take_in.LedgerFile(path.read_bytes(), path.name)
    started = time.process_time()
    _, plan = take_in.take_in(who, facility="H001", file=file, as_of=TODAY, now=NOW)
    spent = time.process_time() - started
    counts = plan.counts
    return spent, ", ".join(f"{k} {counts[k]}" for k in ("new", "changed", "gone", "unchanged"))


def hospital(folder):
    """Open the database of the benchmark; make it and its hospital where it is not there."""
    os.environ["MAMORI_DATA"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mamori.config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from mamori.core.organisations import Organisation, OrganisationKind
    from mamori.core.viewer import Role
    from mamori.store import viewers
    from mamori.usecases.organisations import add, initialise

    if not (folder / "ready").exists():
        call_command("migrate", verbosity=0, interactive=False)
        root = initialise.initialise(
            name="root", full_name="管理者", os_user=None, now=NOW, today=TODAY
        )
        one = Organisation("H001", OrganisationKind.FACILITY, "病院", "Hospital")
        add.add_organisation(root, one=one, now=NOW)
        add.add_member(
            root,
            facility="H001",
            name="tanaka",
            full_name="田中",
            role=Role.PLANNING_ADMINISTRATOR,
            since=date(2024, 4, 1),
            appointed_by="理事会",
            os_user=None,
            now=NOW,
            today=TODAY,
        )
        (folder / "ready").touch()
    return viewers.member("tanaka", today=TODAY)


PARTS = {
    "bare": ("calamine alone (floor)", bare),
    "openpyxl": ("openpyxl read-only (peer)", openpyxl),
    "read": ("our reading alone", read),
    "dry": ("dry run with its difference", dry),
    "written": ("import written, empty ledger", written),
    "again": ("import written, 3 % differ", again),
}
REPEATED = ("bare", "read", "dry")


def part(name, folder):
    """Run one part in a process of its own; give CPU seconds, peak memory in MB, what it found."""
    words = [sys.executable, __file__, "--part", name, "--folder", str(folder)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    spent, memory, said = done.stdout.strip().split("\t")
    return float(spent), float(memory), said


def main():
    """Make the files, run every part, print CPU, memory and ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--part", choices=PARTS)
    parser.add_argument("--folder", type=Path)
    wanted = parser.parse_args()
    if wanted.part:
        folder = wanted.folder
        old, new = folder / "台帳2025.xlsx", folder / "台帳2026.xlsx"
        spent, said = PARTS[wanted.part][1](old, new, folder)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(spent, peak, said, sep="\t")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "台帳2025.xlsx", wanted.rows, later=False)
        write(folder / "台帳2026.xlsx", wanted.rows, later=True)
        size = (folder / "台帳2026.xlsx").stat().st_size / 1e6
        print(f"{wanted.rows:,} rows x {len(HEADINGS)} columns, {size:.1f} MB")
        found = {}
        found["written"] = part("written", folder)
        # Best of several rounds, in turns: the machine may be busy with other things.
        for _ in range(wanted.rounds):
            for one in REPEATED:
                now = part(one, folder)
                found[one] = min(found.get(one, now), now)
        found["openpyxl"] = part("openpyxl", folder)
        found["again"] = part("again", folder)
    floor, peer = found["bare"][0], found["openpyxl"][0]
    print(f"{'part':32}{'CPU s':>8}{'x floor':>9}{'x peer':>8}{'MB':>7}  found")
    for key, (title, _) in PARTS.items():
        spent, memory, said = found[key]
        ratios = f"{spent / floor:9.2f}{spent / peer:8.2f}"
        print(f"{title:32}{spent:8.2f}{ratios}{memory:7.0f}  {said}")
    print(f"goal: dry run <= 3 x floor: {found['dry'][0] / floor:.2f}")


if __name__ == "__main__":
    main()
