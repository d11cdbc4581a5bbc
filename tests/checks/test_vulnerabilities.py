"""Apparatus past the end of its maker's support, per kind."""

from dataclasses import replace
from datetime import date

import pytest

from mamori.checks import vulnerabilities
from mamori.core.checking import Verdict
from mamori.core.evidence import Evidence
from mamori.core.ledger import Status
from mamori.editions import lifecycles
from tests.checks import facts
from tests.checks.facts import box, ledger, pc, server

TABLE = lifecycles.load()
MET, NOT, UNKNOWN, NONE = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
CASES = [
    ("server", "supported", (server(),), MET),
    ("server", "2012 R2", (server(), server(2, os="Windows Server 2012 R2")), NOT),
    ("server", "2012 R2 as a spare",
     (server(), server(2, os="Windows Server 2012 R2", status=Status.SPARE)), MET),
    ("server", "2012 R2 disposed", (server(2, os="2012 R2", status=Status.DISPOSED),), NONE),
    ("server", "an OS the table does not know", (server(os="ACOS-4"),), UNKNOWN),
    ("server", "no OS written", (server(os=""),), UNKNOWN),
    ("server", "terminals say nothing about servers", (pc(os="Windows 7"),), NONE),
    ("terminal", "supported", (pc(1), pc(2)), MET),
    ("terminal", "Windows 10 Pro", (pc(1), pc(2, os="Windows 10 Pro 22H2")), NOT),
    ("terminal", "an edition is not named", (pc(1), pc(2, os="Win10")), UNKNOWN),
    ("terminal", "past and unclear", (pc(1, os="Win10"), pc(2, os="Windows 7")), NOT),
    ("terminal", "long-term edition", (pc(1, os="Windows 10 IoT Enterprise LTSC 2021"),), MET),
    ("network", "supported", (box(),), MET),
    ("network", "name and version in two columns",
     (box(os="FortiOS", software_version="7.0.5"),), NOT),
    ("network", "not in the table", (box(os="Rev.14.01.38"),), UNKNOWN),
    ("network", "Cisco IOS is not Apple's iOS",
     (box(manufacturer="Cisco", os="IOS 15.2(4)E8"),), UNKNOWN),
]  # fmt: skip


@pytest.mark.parametrize(
    ("scope", "rows", "expected"), [(c[0], c[2], c[3]) for c in CASES],
    ids=[f"{c[0]}: {c[1]}" for c in CASES],
)  # fmt: skip
def test_verdict(scope, rows, expected):
    evidence = replace(ledger(*rows), lifecycles=TABLE)
    found = facts.find(f"vulnerabilities.no-os-past-support.{scope}", evidence)
    assert found.verdict is expected
    assert [s.value for s in found.scopes] == [scope]
    assert found.alone is False


@pytest.mark.parametrize("scope", ["server", "terminal", "network"])
def test_stale_or_missing_facts_are_unknown(scope):
    check = f"vulnerabilities.no-os-past-support.{scope}"
    whole = replace(ledger(server(), pc(), box()), lifecycles=TABLE)
    assert facts.find(check, whole).verdict is MET
    assert facts.find(check, Evidence()).verdict is UNKNOWN
    assert facts.find(check, replace(whole, lifecycles=None)).verdict is UNKNOWN
    old_table = replace(TABLE, as_of=date(2025, 1, 1))
    assert facts.find(check, replace(whole, lifecycles=old_table)).verdict is UNKNOWN
    old = replace(ledger(server(), pc(), box(), as_of=facts.STALE), lifecycles=TABLE)
    assert facts.find(check, old).verdict is UNKNOWN


def test_the_reason_counts_per_product_and_the_rows_are_control_numbers():
    rows = (
        pc(1),
        pc(2, os="Windows 10 Pro 22H2"),
        pc(3, os="Windows 10 Pro 22H2"),
        pc(4, os="Windows 7 Professional"),
        pc(5, os="Win10"),
    )
    evidence = replace(ledger(*rows), lifecycles=TABLE)
    found = facts.find("vulnerabilities.no-os-past-support.terminal", evidence)
    assert found.rows == ("PC-002", "PC-003", "PC-004")
    assert found.reason.ja == (
        "使用中の端末PC5台中3台で、OS等のサポートが終了しています"
        "(Windows 10 22H2 2台、Windows 7 1台)。ほかに1台は判断できません。"
    )
    assert found.settle == vulnerabilities.REPLACE


@pytest.mark.parametrize("os", ["ACOS-4", "専用OS", "ファームウェア 2.48", "TRON", "QNX 6.5", "??"])
def test_what_the_table_does_not_know_is_never_met(os):
    evidence = replace(ledger(pc(os=os), server(os=os), box(os=os)), lifecycles=TABLE)
    for scope in ("server", "terminal", "network"):
        found = facts.find(f"vulnerabilities.no-os-past-support.{scope}", evidence)
        assert found.verdict is UNKNOWN
