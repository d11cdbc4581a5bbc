"""Small facts for the tests of checks."""

from datetime import date, timedelta

from mamori.core import checking
from mamori.core.evidence import Evidence, Ledger
from mamori.core.ledger import Apparatus, Kind, Status

TODAY = date(2026, 11, 22)
FRESH = TODAY - timedelta(days=1)
STALE = TODAY - timedelta(days=366)


def pc(number=1, **fields):
    """A whole row of a terminal; name fields to change them."""
    given = {
        "control_no": f"PC-{number:03}",
        "manufacturer": "富士通",
        "os": "Windows 11 Pro 25H2",
        "software": "電子カルテ",
        "software_version": "9.2",
        "ip_address": f"192.168.{number // 250}.{number % 250 + 1}",
        "computer_name": f"PC{number}",
        "location": "外来1診",
        "users": ("内科医師",),
        "registered_on": date(2026, 4, 1),
        "status": Status.IN_USE,
        "kind": Kind.TERMINAL,
    }
    return Apparatus(**(given | fields))


def server(number=900, **fields):
    """A whole row of a server."""
    given = {"control_no": f"SV-{number}", "os": "Windows Server 2022", "kind": Kind.SERVER}
    return pc(number, **(given | fields))


def box(number=950, **fields):
    """A whole row of network apparatus."""
    given = {
        "control_no": f"NW-{number}",
        "os": "FortiOS 7.4.8",
        "software": "",
        "software_version": "7.4.8",
        "users": (),
        "kind": Kind.NETWORK,
    }
    return pc(number, **(given | fields))


def ledger(*rows, as_of=FRESH):
    """Evidence that is a ledger."""
    return Evidence(ledger=Ledger(tuple(rows), as_of))


def find(check_id, evidence, today=TODAY):
    """Run one registered check through the engine."""
    return checking.run(checking.registry.get(check_id), evidence, today)
