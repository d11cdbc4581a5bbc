"""All checks of a facility with 20,000 apparatus, beside the bare reading of its rows.

Floor: one SELECT of the columns the checks look at, rows fetched as tuples. Peer of the idea: none
(no tool joins a ledger with a checklist). Run: `.venv/bin/python benchmarks/bench_checks.py`
"""

import os
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

ROUNDS = 5
SIZE = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
TODAY = date(2026, 11, 22)
SYSTEMS = (
    ("server", "Windows Server 2019 Standard", "HOPE EGMAIN-GX", "V9.2"),
    ("server", "Red Hat Enterprise Linux 7.9", "PostgreSQL 12.4", "12.4"),
    ("terminal", "Windows 11 Pro", "XX電子カルテ", "2.0"),
    ("terminal", "Windows 10 Pro 22H2", "Microsoft Office 2016", "16.0"),
    ("network", "FortiOS 7.0.5", "FortiGate 60F", "7.0.5"),
    ("medical", "", "CNS-6201", ""),
)


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(MAMORI_DATA=folder, DJANGO_SETTINGS_MODULE="mamori.config.settings")
        sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
        import django

        django.setup()
        measure()


def measure():
    from django.core.management import call_command
    from django.db import connection

    from mamori.collectors import clock
    from mamori.store import viewers
    from mamori.usecases.findings import run_checks

    call_command("migrate", verbosity=0)
    seed()
    who = viewers.member("sato", today=TODAY)
    columns = "control_no, os, software, software_version, ip_address, location, users, status"

    def floor():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns} FROM store_apparatusrow WHERE is_listed")
            return len(cursor.fetchall())

    def gather():
        return run_checks.gather(who, "H001")

    def checks():
        return run_checks.run_checks(who, facility="H001", now=clock.now(), today=TODAY)

    evidence = gather()
    names = (
        ("floor: bare SELECT of the rows", floor),
        ("gather the evidence", gather),
        ("ask every check", lambda: run_checks.ask(evidence, TODAY)),
        ("whole usecase: gather, ask, keep, audit", checks),
    )
    print(
        f"{SIZE} apparatus, {len(run_checks.ask(evidence, TODAY))} checks, SQLite, {ROUNDS} rounds"
    )
    base = None
    for name, work in names:
        times = []
        for _ in range(ROUNDS):
            start = time.process_time()
            work()
            times.append(time.process_time() - start)
        median = statistics.median(times)
        base = base or median
        spread = f"{min(times):.3f} to {max(times):.3f}"
        print(f"{name:42} {median:7.3f} CPU-s ({spread})  {median / base:6.1f} x floor")


def seed():
    from mamori.collectors import clock
    from mamori.core.ledger import Apparatus, Kind, Status
    from mamori.core.organisations import Organisation, OrganisationKind
    from mamori.core.text import Language
    from mamori.core.viewer import Role
    from mamori.exporters import ledger_csv
    from mamori.store import viewers
    from mamori.usecases.ledger import take_in
    from mamori.usecases.organisations import add, initialise

    now = clock.now()
    root = initialise.initialise(name="root", full_name="r", os_user=None, now=now, today=TODAY)
    one = Organisation("H001", OrganisationKind.FACILITY, "病院")
    add.add_organisation(root, one=one, now=now)
    add.add_member(
        root,
        facility="H001",
        name="sato",
        full_name="佐藤",
        role=Role.SAFETY_ADMINISTRATOR,
        since=TODAY,
        appointed_by="",
        os_user=None,
        now=now,
        today=TODAY,
    )
    rows = []
    for number in range(SIZE):
        kind, os_, software, version = SYSTEMS[number % len(SYSTEMS)]
        rows.append(
            Apparatus(
                control_no=f"{number:06d}",
                manufacturer="NEC",
                os=os_,
                software=software,
                software_version=version if number % 97 else "",
                ip_address=f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}",
                computer_name=f"PC-{number:06d}",
                location=f"{number % 12}階病棟" if number % 89 else "",
                users=("看護師", "医師"),
                registered_on=TODAY - timedelta(days=number % 3000),
                status=Status.IN_USE if number % 17 else Status.DISPOSED,
                kind=Kind(kind),
            )
        )
    content = ledger_csv.write(rows, Language.JA, (*ledger_csv.OFFICIAL, "kind"))
    file = take_in.LedgerFile(content, "ledger.csv")
    who = viewers.member("sato", today=TODAY)
    _, plan = take_in.take_in(who, facility="H001", file=file, as_of=TODAY, now=now)
    assert plan.counts["new"] == SIZE, plan.counts


if __name__ == "__main__":
    main()
