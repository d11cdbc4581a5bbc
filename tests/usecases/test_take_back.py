"""Forms that come back: the same state as if answered here, and nothing newer undone."""

import json
from datetime import date

import pytest

from mamori.core.checklists import Reply, Turn
from mamori.core.difference import Prefer
from mamori.core.text import Language
from mamori.core.viewer import NotPossible
from mamori.exporters import form_json, form_xlsx
from mamori.usecases.checklists import answer as answering
from mamori.usecases.checklists import form, take_back
from mamori.usecases.checklists import open as opening
from mamori.usecases.checklists.answer import Given
from tests.usecases import world
from tests.usecases.world import HOSPITAL, NOW, TODAY, who

pytestmark = pytest.mark.django_db
EDITION = "facility-fy2023"
LIST = {"facility": HOSPITAL, "edition": EDITION, "vendor": None}
DAY = date(2023, 9, 1)


@pytest.fixture(autouse=True)
def hospital():
    world.build()
    opening.open_checklist(who("tanaka"), **LIST, now=NOW)
    say("2(1)", Reply.YES)


def say(item, value, reason=""):
    given = (Given(item, Turn.FIRST, value, DAY, reason=reason),)
    answering.answer(who("tanaka"), **LIST, given=given, language=Language.JA, now=NOW, today=TODAY)


def form_now():
    return form.form_of(who("tanaka"), **LIST, now=NOW, today=TODAY)


def come_back(content, prefer=None, name="様式.json"):
    return take_back.take_back(
        who("tanaka"),
        facility=HOSPITAL,
        content=content,
        name=name,
        language=Language.JA,
        prefer=prefer,
        now=NOW,
        today=TODAY,
    )


def filled(item, reply):
    """The form as it is now, with one item filled in elsewhere."""
    held = json.loads(form_json.write(form_now()))
    line = next(one for one in held["items"] if one["item"] == item)
    line["state"]["first"] |= {"reply": reply, "on": "2023-09-05", "basis": "attestation"}
    return json.dumps(held).encode()


@pytest.mark.parametrize("kind", ["json", "xlsx"])
def test_an_untouched_old_form_undoes_nothing_that_was_answered_since(kind):
    current = form_now()
    written = {
        "json": lambda: form_json.write(current),
        "xlsx": lambda: form_xlsx.write(current, Language.JA),
    }[kind]()
    say("2(6)", Reply.YES)
    say("2(1)", Reply.NO, reason="訂正")
    before = form_now().states

    done = come_back(written, name=f"様式.{kind}")

    assert done.recorded == 0
    assert form_now().states == before


def test_what_was_filled_in_elsewhere_is_recorded_beside_what_was_answered_here():
    written = filled("2(8)/network", "no")
    say("2(6)", Reply.YES)

    assert come_back(written).recorded == 1
    states = form_now().states
    assert states["2(8)/network"].first is Reply.NO
    assert states["2(6)/server"].first is Reply.YES


def test_what_both_sides_changed_is_named_and_left_until_somebody_decides():
    written = filled("2(8)/network", "no")
    say("2(8)", Reply.YES)

    with pytest.raises(NotPossible) as refusal:
        come_back(written)
    assert "2(8)/network" in refusal.value.reason.ja
    assert form_now().states["2(8)/network"].first is Reply.YES
    assert come_back(written, Prefer.KEPT).recorded == 0
    assert come_back(written, Prefer.FILE).recorded == 1
    assert form_now().states["2(8)/network"].first is Reply.NO


def test_a_form_from_a_revision_that_is_not_there_yet_is_refused():
    held = json.loads(filled("2(8)/network", "no")) | {"revision": 99}

    with pytest.raises(NotPossible) as refusal:
        come_back(json.dumps(held).encode())

    assert "99" in refusal.value.reason.en
