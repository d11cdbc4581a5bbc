"""A trail whose rows were damaged beyond reading is named, not stumbled over."""

import pytest

from mamori.core import audit as core
from mamori.store.models import AuditEntry
from mamori.store.writes import audit
from mamori.usecases.audit import verify
from tests.usecases import world
from tests.usecases.world import HOSPITAL, NOW, who

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "damage", [{"detail": "not json"}, {"detail": "[" * 5000}, {"outcome": "zzz"}]
)
def test_the_first_unreadable_entry_is_named(damage):
    world.build()
    last = audit.append(
        at=NOW, actor="tanaka", organisation=HOSPITAL, action="x", thing="y", detail={}
    )
    row = {
        "number": last.number + 1,
        "at": NOW,
        "actor": "tanaka",
        "organisation": HOSPITAL,
        "action": "x",
        "thing": "y",
        "outcome": "done",
        "detail": "{}",
        "previous": last.seal,
        "seal": "0" * 64,
    }
    AuditEntry.objects.create(**(row | damage))
    broken = verify.verify(who("sato"), organisation=HOSPITAL).broken
    assert broken == core.Break(last.number + 1, core.ALTERED.fill(number=last.number + 1))
