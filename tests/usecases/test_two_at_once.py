"""Two people at the same moment, on a database where both may write: nothing is doubled or lost."""

import os
import threading

import pytest
from django.db import connection, transaction

from mamori.core.viewer import NotPossible, Refused
from mamori.store.models import ApparatusRow, Import
from mamori.usecases.ledger import take_in, undo
from mamori.usecases.ledger.take_in import LedgerFile
from tests.usecases import world
from tests.usecases.world import HOSPITAL, NOW, TODAY, who

pytestmark = [
    pytest.mark.skipif(
        not os.environ.get("MAMORI_TEST_DATABASE", "").startswith("postgres"),
        reason="SQLite lets only one transaction write at a time",
    ),
    pytest.mark.django_db(transaction=True),
]
LINES = "\n".join(f"{n:03d},NEC,Windows 11 Pro" for n in range(50))
FILE = LedgerFile(f"管理番号,メーカー,OS\n{LINES}\n".encode(), "台帳.csv")


@pytest.fixture(autouse=True)
def hospital():
    world.build()


def take():
    return take_in.take_in(who("tanaka"), facility=HOSPITAL, file=FILE, as_of=TODAY, now=NOW)[0]


def meanwhile(first, second):
    """Do the second while the first is done but not yet written; give the refusal of the second."""
    said = []

    def other():
        try:
            second()
        except Refused as refusal:
            said.append(refusal)
        finally:
            connection.close()

    thread = threading.Thread(target=other)
    with transaction.atomic():
        first()
        thread.start()
        thread.join(timeout=2)
    thread.join(timeout=20)
    assert not thread.is_alive()
    return said


def test_the_same_file_twice_at_once_adds_its_apparatus_once():
    assert meanwhile(take, take) == []
    assert Import.objects.count() == 2
    assert ApparatusRow.objects.count() == 50


def test_an_import_undone_twice_at_once_is_undone_once():
    number = take()

    def take_back():
        undo.undo(who("tanaka"), facility=HOSPITAL, number=number, now=NOW)

    (refusal,) = meanwhile(take_back, take_back)
    assert isinstance(refusal, NotPossible)
    assert not ApparatusRow.objects.filter(is_listed=True).exists()
