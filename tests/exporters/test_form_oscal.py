"""The OSCAL document: valid for others, and complete: a lost or changed item, finding, date or
basis makes these tests fail (the mutation tests below prove that they would)."""

import copy
import json
from argparse import Namespace
from dataclasses import replace
from datetime import date

import pytest
from exporters import form_samples as samples
from exporters import form_states
from hypothesis import HealthCheck, given, settings

from mamori.core.checklists import EMPTY, Applies
from mamori.core.editions import PRESENCE
from mamori.editions import loader
from mamori.exporters import form_oscal

FORM = samples.form(samples.BOTH_CHECKS, vendor=samples.VENDOR)


def written(form=FORM):
    return json.loads(form_oscal.write(form))


def props(holder, name):
    """All values of our own property of that name."""
    return [p["value"] for p in holder["props"] if p["name"] == name and p["ns"] == form_oscal.NS]


def one(holder, name):
    (value,) = props(holder, name) or [None]
    return value


def remark(holder, name):
    return next((p.get("remarks", "") for p in holder["props"] if p["name"] == name), None)


def day(value):
    return value.isoformat() if value else None


def enum(value, absent=None):
    return value.value if value else absent


def line(words):
    return " ".join(words.split()) or "—"


def said_of_items(document):
    """What the document says of each item, in our own words."""
    return {
        one(f, "item"): {
            "title": f["title"],
            "text": f["description"],
            "code": one(f, "code"),
            "scopes": props(f, "scope"),
            "level": one(f, "level"),
            "due": one(f, "due-year"),
            "control": one(f, "control"),
            "cells": props(f, "cell"),
            "applies": one(f, "applies"),
            "suggested": one(f, "suggested"),
            "first": one(f, "first"),
            "second": one(f, "second"),
            "days": [
                one(f, n)
                for n in ("first-on", "target-on", "second-on", "first-as-of", "second-as-of")
            ],
            "bases": [one(f, "first-basis"), one(f, "second-basis")],
            "reasons": [remark(f, "first"), remark(f, "second")],
            "status": (f["target"]["status"]["state"], f["target"]["status"]["reason"]),
            "exempt": f["target"].get("implementation-status", {}).get("state"),
        }
        for f in document["assessment-results"]["results"][0].get("findings", [])
    }


STATUS = {"yes": ("satisfied", "pass"), "no": ("not-satisfied", "fail")}


def expected_items(form):
    """What it has to say of each item."""
    found = {}
    for item in form.edition.items:
        s = form.states.get(item.key, EMPTY)
        applies = form.applies.get(item.key, Applies.YES)
        status = STATUS.get(enum(s.latest), ("not-satisfied", "other"))
        found[item.key] = {
            "title": line(f"{item.code} {item.text.ja}"),
            "text": f"{item.text.ja}\n\n{item.text.en}",
            "code": item.code,
            "scopes": [scope.value for scope in item.scopes],
            "level": item.level.value,
            "due": str(item.due_year),
            "control": item.control,
            "cells": [cell.value for cell in item.cells],
            "applies": applies.value,
            "suggested": enum(form.suggested.get(item.key), "none"),
            "first": enum(s.first, "none"),
            "second": enum(s.second, "none"),
            "days": [
                day(d)
                for d in (s.first_on, s.target_on, s.second_on, s.first_as_of, s.second_as_of)
            ],
            "bases": [enum(s.first_basis), enum(s.second_basis)],
            "reasons": [s.first_reason, s.second_reason],
            "status": status if applies is Applies.YES else ("not-satisfied", "other"),
            "exempt": None if applies is Applies.YES else "not-applicable",
        }
    return found


def observations(document, name):
    result = document["assessment-results"]["results"][0]
    return [o for o in result.get("observations", []) if props(o, name)]


def said_of_answers(document):
    people = {p["uuid"]: p["name"] for p in document["assessment-results"]["metadata"]["parties"]}
    return [
        {
            "item": one(o, "item"),
            "turn": one(o, "turn"),
            "words": o["description"],
            "value": one(o, "value"),
            "days": [one(o, n) for n in ("checked-on", "target-on", "facts-as-of")],
            "basis": one(o, "basis"),
            "methods": o["methods"],
            "collected": o["collected"],
            "at": one(o, "recorded-at"),
            "revision": one(o, "checklist-revision"),
            "findings": props(o, "finding"),
            "reason": o.get("remarks", ""),
            "by": people[o["origins"][0]["actors"][0]["actor-uuid"]],
        }
        for o in observations(document, "turn")
    ]


def expected_answers(form):
    methods = {"evidence": ["EXAMINE"], "attestation": ["INTERVIEW"]}
    return [
        {
            "item": a.item,
            "turn": a.turn.value,
            "words": f"{a.item}への回答({a.turn.value})\n\n"
            f"Answer to {a.item} ({a.turn.value} check)",
            "value": enum(a.value, "taken-back"),
            "days": [day(d) for d in (a.checked_on, a.target_on, a.as_of)],
            "basis": a.basis.value,
            "methods": methods[a.basis.value],
            "collected": in_utc(a.checked_on) if a.checked_on else "2023-12-01T00:30:00Z",
            "at": "2023-12-01T00:30:00Z",
            "revision": str(a.revision),
            "findings": list(a.findings),
            "reason": a.reason,
            "by": line(a.by),
        }
        for a in form.answers
    ]


def in_utc(day_in_japan):
    """The first moment of a day in Japan is nine hours earlier."""
    return f"{date.fromordinal(day_in_japan.toordinal() - 1).isoformat()}T15:00:00Z"


def said_of_findings(document):
    return [
        {
            "check": one(o, "check"),
            "control": one(o, "control"),
            "scopes": props(o, "scope"),
            "verdict": one(o, "verdict"),
            "reason": o["description"],
            "as_of": one(o, "facts-as-of"),
            "collected": o["collected"],
            "methods": o["methods"],
            "rows": [e["description"] for e in o.get("relevant-evidence", [])],
            "settle": o.get("remarks"),
            "alone": one(o, "alone"),
        }
        for o in observations(document, "check")
    ]


def expected_findings(form):
    return [
        {
            "check": f.check,
            "control": f.control,
            "scopes": [scope.value for scope in f.scopes],
            "verdict": f.verdict.value,
            "reason": f"{f.reason.ja}\n\n{f.reason.en}",
            "as_of": day(f.facts_as_of) or "none",
            "collected": in_utc(f.facts_as_of or form.as_of),
            "methods": ["TEST"],
            "rows": list(f.rows),
            "settle": f"{f.settle.ja}\n\n{f.settle.en}" if f.settle else None,
            "alone": "yes" if f.alone else "no",
        }
        for f in form.findings
    ]


def links(document):
    """Which observations each item rests on, by what they are about."""
    about = {
        o["uuid"]: one(o, "check") or f"{one(o, 'item')} {one(o, 'turn')}"
        for o in document["assessment-results"]["results"][0].get("observations", [])
    }
    return {
        one(f, "item"): [about[r["observation-uuid"]] for r in f.get("related-observations", [])]
        for f in document["assessment-results"]["results"][0]["findings"]
    }


def reviewed(document):
    chosen = document["assessment-results"]["results"][0]["reviewed-controls"]
    (controls,) = chosen["control-selections"]
    return [c["control-id"] for c in controls["include-controls"]]


def check_complete(document, form):
    """Fail when anything of the form is not in the document as it is."""
    assert said_of_items(document) == expected_items(form)
    assert said_of_answers(document) == expected_answers(form)
    assert said_of_findings(document) == expected_findings(form)
    targets = [
        f["target"]["target-id"] for f in document["assessment-results"]["results"][0]["findings"]
    ]
    assert reviewed(document) == targets
    assert len(set(targets)) == len(form.edition.items)


def check_valid(document):
    """Fail when compliance-trestle finds a fault in it."""
    results = pytest.importorskip("trestle.oscal.assessment_results")
    results.AssessmentResults.model_validate(document["assessment-results"])
    uuids = json.dumps(document).split('"uuid": "')[1:]
    assert len({u[:36] for u in uuids}) == len(uuids), "a UUID stands twice"


def test_it_holds_every_item_finding_date_and_basis():
    check_complete(written(), FORM)
    check_valid(written())


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(form_states.filled())
def test_it_is_valid_and_complete_for_any_state_of_any_shipped_edition(filled):
    edition, states = filled
    form = samples.form(states, edition=edition)
    document = written(form)
    check_complete(document, form)
    check_valid(document)


@pytest.mark.parametrize(
    "form",
    [
        samples.form({PRESENCE: replace(samples.FIRST_CHECK[PRESENCE], first=samples.NO)}),
        samples.form(has_vendor=False),
        replace(samples.form({}, signed=False), answers=(), findings=(), suggested={}),
        samples.form(facility=samples.TRICKY),
        samples.form(facility=samples.RARE),
    ],
    ids=["gate", "no vendor", "empty", "tricky", "rare"],
)
def test_it_is_valid_and_complete_in_every_circumstance(form):
    check_complete(written(form), form)
    check_valid(written(form))


def test_every_check_of_trestle_passes(tmp_path, caplog):
    results = pytest.importorskip("trestle.oscal.assessment_results")
    validators = pytest.importorskip("trestle.core.validator_factory")
    file = tmp_path / "assessment-results.json"
    file.write_bytes(form_oscal.write(FORM))
    model = results.AssessmentResults.oscal_read(file)
    validator = validators.validator_factory.get(Namespace(mode="all"))
    assert validator.model_is_valid(model, quiet=False, trestle_root=None)
    assert not [r for r in caplog.records if r.levelname == "ERROR"]


def test_findings_and_answers_hang_on_the_items_they_speak_for():
    found = links(written())
    assert found["2(1)/all"] == ["2(1)/all first", "2(1)/all first", "ledger.covers-all-kinds"]
    assert found["2(7)/server"] == ["patches.servers"]
    assert found["2(7)/terminal"] == []
    assert found["1(1)/organisation"] == ["1(1)/organisation first", "organisation.administrator"]


def test_the_signature_the_parties_and_the_edition_are_in_it():
    held = written()["assessment-results"]
    (attestation,) = held["results"][0]["attestations"]
    (part,) = attestation["parts"]
    assert one(part, "digest") == samples.SIGNATURE.digest
    assert one(part, "signed-at") == "2023-09-30T01:05:00Z"
    names = {p["uuid"]: p["name"] for p in held["metadata"]["parties"]}
    assert names[attestation["responsible-parties"][0]["party-uuids"][0]] == "佐藤 花子"
    assert {"見本総合病院", "電子カルテ株式会社"} <= set(names.values())
    (edition,) = held["back-matter"]["resources"]
    assert held["import-ap"]["href"] == f"#{edition['uuid']}"
    assert (one(edition, "edition"), one(edition, "verified")) == ("small-fy2023", "yes")


def test_the_same_form_gives_the_same_bytes():
    assert form_oscal.write(FORM) == form_oscal.write(FORM)


# What may be dropped or altered: a path into the result, for each kind of thing it holds.
def holders(document):
    result = document["assessment-results"]["results"][0]
    for n, finding in enumerate(result["findings"]):
        yield f"finding {n}", result["findings"], n
        for p, prop in enumerate(finding["props"]):
            yield f"finding {n} {prop['name']}", finding["props"], p
    for n, observation in enumerate(result["observations"]):
        yield f"observation {n}", result["observations"], n
        yield f"observation {n} collected", observation, "collected"
        yield f"observation {n} methods", observation, "methods"
        for p, prop in enumerate(observation["props"]):
            yield f"observation {n} {prop['name']}", observation["props"], p
        for r in range(len(observation.get("relevant-evidence", ()))):
            yield f"observation {n} evidence {r}", observation["relevant-evidence"], r
    selected = result["reviewed-controls"]["control-selections"][0]["include-controls"]
    for c in range(len(selected)):
        yield f"control {c}", selected, c


def breaks(document):
    """Say whether the completeness check notices that something is wrong."""
    try:
        check_complete(document, FORM)
    except (AssertionError, KeyError, ValueError):
        return True
    return False


def altered(value):
    """Something else of the same shape."""
    if isinstance(value, dict):
        changed = dict(value)
        key = next(k for k in ("value", "description", "control-id", "title") if k in value)
        changed[key] = "2001-01-01" if value[key] != "2001-01-01" else "x"
        return changed
    return ["OTHER"] if isinstance(value, list) else "2001-01-01T00:00:00Z"


def mutations():
    whole = written()
    return [name for name, _, _ in holders(whole)]


def test_whatever_is_dropped_or_altered_is_noticed():
    names = mutations()
    assert len(names) > 200
    kinds = {name.split()[0] + " " + name.split()[-1] for name in names}
    assert {"finding first-on", "finding first-basis", "finding target-on"} <= kinds
    assert {"observation facts-as-of", "observation basis", "observation verdict"} <= kinds
    for number, name in enumerate(names):
        for change in ("drop", "alter"):
            document = copy.deepcopy(written())
            _, holder, key = list(holders(document))[number]
            if change == "drop":
                del holder[key]
            else:
                holder[key] = altered(holder[key])
            assert breaks(document), f"{change} {name} went unnoticed"


def test_trestle_refuses_a_broken_document():
    pytest.importorskip("trestle.oscal.assessment_results")
    broken = written()
    del broken["assessment-results"]["results"][0]["reviewed-controls"]
    with pytest.raises(ValueError, match="reviewed-controls"):
        check_valid(broken)


def test_every_shipped_edition_has_one_token_for_each_item():
    for edition in loader.load_all():
        tokens = reviewed(written(samples.form({}, edition=edition)))
        assert len(set(tokens)) == len(edition.items)
        assert not any(token.endswith(".again") for token in tokens)
