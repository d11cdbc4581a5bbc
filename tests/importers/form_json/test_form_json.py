"""A JSON form goes out whole and comes back to the same answers."""

import json
from dataclasses import replace

import pytest
from exporters import form_samples as samples
from exporters import form_states
from hypothesis import HealthCheck, given, settings

from mamori.core.editions import PRESENCE
from mamori.core.forms import BadForm
from mamori.exporters import form_json as exporter
from mamori.importers import form_json as importer

NAME = "form.json"
FORM = samples.form(samples.BOTH_CHECKS)


def back(content, edition=samples.EDITION, **parties):
    return importer.read(content, NAME, edition, **parties)


def changed(*path, value=None, drop=False):
    """The file with one value put in its place, or dropped."""
    held = json.loads(exporter.write(FORM))
    at = held
    for step in path[:-1]:
        at = at[step]
    if drop:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return json.dumps(held).encode()


def place(key):
    return next(n for n, item in enumerate(samples.ITEMS) if item.key == key)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(form_states.filled())
def test_what_goes_out_comes_back_the_same(filled):
    edition, states = filled
    returned = back(exporter.write(samples.form(states, edition=edition)), edition)
    assert returned.states == states
    assert [i.item for i in returned.items] == [i.key for i in edition.items]


def test_a_lone_surrogate_survives():
    states = {PRESENCE: replace(samples.FIRST_CHECK[PRESENCE], first_reason="a\udc80b")}
    assert back(exporter.write(samples.form(states))).states == states


def test_the_whole_state_is_in_the_file():
    held = json.loads(exporter.write(replace(FORM, vendor=samples.VENDOR)))
    assert list(held) == [
        "format",
        "version",
        "edition",
        "facility",
        "vendor",
        "state",
        "revision",
        "made_at",
        "as_of",
        "signature",
        "items",
        "answers",
        "findings",
    ]
    assert (held["format"], held["version"]) == ("mamori-form", 1)
    assert held["edition"] == {
        "id": "small-fy2023",
        "revision": 1,
        "digest": importer.head(exporter.write(FORM), NAME).edition_digest,
        "fiscal_year": 2023,
        "subject": "facility",
        "verified": True,
        "name": {"ja": "見本の版", "en": "Sample edition"},
    }
    assert held["signature"] == {
        "by": "佐藤 花子",
        "at": "2023-09-30T01:05:00Z",
        "digest": samples.SIGNATURE.digest,
    }
    assert held["vendor"]["code"] == "denshi"
    line = held["items"][place("2(1)/all")]
    assert line.pop("before") == line["state"]
    assert line == {
        "item": "2(1)/all",
        "code": "2(1)",
        "scopes": ["server", "terminal", "network"],
        "level": "mandatory",
        "due_year": 2023,
        "control": "ledger",
        "cells": ["first", "target", "second"],
        "text": samples.ITEMS[2].text.as_json(),
        "applies": "applies",
        "suggested": "no",
        "state": {
            "first": {
                "reply": "no",
                "on": "2023-09-12",
                "basis": "attestation",
                "as_of": None,
                "reason": "端末PCの一部が未記載",
            },
            "target_on": "2024-01-31",
            "second": {
                "reply": "yes",
                "on": "2024-02-01",
                "basis": "evidence",
                "as_of": "2024-01-30",
                "reason": "",
            },
        },
    }
    assert held["answers"][2] == {
        "item": "1(1)/organisation",
        "turn": "first",
        "value": "yes",
        "checked_on": "2023-09-12",
        "target_on": None,
        "basis": "evidence",
        "as_of": "2023-09-01",
        "reason": "",
        "by": "sato",
        "at": "2023-12-01T00:30:00Z",
        "revision": 1,
        "findings": ["organisation.administrator"],
    }
    assert held["findings"][1] == {
        "check": "patches.servers",
        "control": "patches",
        "scopes": ["server"],
        "verdict": "unknown",
        "reason": {"ja": "確認できません。", "en": "This cannot be said."},
        "facts_as_of": None,
        "rows": [],
        "settle": None,
        "alone": True,
    }
    assert len(held["findings"][0]["rows"]) == 45


def test_fields_that_came_later_are_no_fault():
    assert back(changed("new_field", value=[1])).states == FORM.states
    assert back(changed("items", 0, "new_field", value=1)).states == FORM.states


GATE = place(PRESENCE)
CHART = place("3(1)/incident")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "JSONとして読み込めません"),
        (b"\xff\xfe\x00", "JSONとして読み込めません"),
        (b"[1, 2", "JSONとして読み込めません(1行目付近)"),
        (b"[" * 100_000, "JSONとして読み込めません"),
        (b'{"a": NaN}', "JSONとして読み込めません"),
        (b'{"a": 1, "a": 2}', "同じ名前"),
        (b'{"a": ' + b"9" * 10_000 + b"}", "JSONとして読み込めません"),
        (b"[]", "Mamoriが書き出した様式ではない"),
        (b"{}", "Mamoriが書き出した様式ではない"),
        (b" " * (17 * 1024 * 1024), "大きすぎます"),
        (changed("format", value="other"), "Mamoriが書き出した様式ではない"),
        (changed("version", value=2), "「2」"),
        (changed("version", value=True), "「True」"),
        (changed("edition", drop=True), "「edition」がありません"),
        (changed("edition", "revision", value="1"), "edition.revision: 値の種類"),
        (changed("edition", "revision", value=3), "small-fy2023 r3"),
        (changed("edition", "digest", value="0"), "書き出したときと異なります"),
        (changed("facility", "code", drop=True), "「facility.code」がありません"),
        (changed("vendor", value="x"), "vendor: 値の種類"),
        (changed("items", drop=True), "「items」がありません"),
        (changed("items", value=3), "items: 値の種類"),
        (changed("items", value=[None] * 2000), "items: 値の種類"),
        (changed("items", 2, drop=True), "「2(1)/all」がありません"),
        (changed("items", 2, value=7), "items[2]: 値の種類"),
        (changed("items", 2, "item", value="9(9)"), "items[2].item: 項目「9(9)」"),
        (changed("items", 2, "item", value="1(1)/organisation"), "2回あります"),
        (changed("items", 2, "state", drop=True), "「state」がありません"),
        (changed("items", 2, "state", value=[]), "items[2].state: オブジェクト"),
        (changed("items", 2, "state", "frist", value={}), "items[2].state: 「frist」"),
        (changed("items", 2, "state", "first", value="yes"), "items[2].state.first: "),
        (changed("items", 2, "state", "first", "reply", value="はい"), "state.first.reply"),
        (changed("items", 2, "state", "first", "reply", value=[]), "state.first.reply"),
        (changed("items", 2, "state", "first", "on", value="2023/9/12"), "state.first.on"),
        (changed("items", 2, "state", "first", "on", value=20230912), "state.first.on"),
        (changed("items", 2, "state", "first", "on", value="2023-02-30"), "state.first.on"),
        (changed("items", 2, "state", "first", "basis", value="hope"), "state.first.basis"),
        (changed("items", 2, "state", "first", "reason", value=5), "state.first.reason"),
        (changed("items", 2, "state", "target_on", value={}), "state.target_on"),
        (changed("items", CHART, "state", "second", "reply", value="yes"), "この欄はありません"),
        (changed("items", GATE, "state", "target_on", value="2023-10-01"), "この欄はありません"),
    ],
)
def test_what_cannot_be_read_is_refused_and_says_where(content, said):
    with pytest.raises(BadForm) as refused:
        back(content)
    assert said in refused.value.reason.ja
    assert NAME in refused.value.reason.ja
    assert NAME in refused.value.reason.en


def test_every_fault_is_named_at_once():
    held = json.loads(exporter.write(FORM))
    held["items"][1]["state"]["first"]["on"] = "soon"
    held["items"][2]["state"]["first"]["reply"] = "maybe"
    with pytest.raises(BadForm) as refused:
        back(json.dumps(held).encode())
    assert len(refused.value.faults) == 2


def test_a_form_of_another_party_is_refused():
    with pytest.raises(BadForm, match="demo"):
        back(exporter.write(FORM), facility="other")
    assert back(exporter.write(FORM), facility="demo").revision == 2


def test_the_same_form_gives_the_same_bytes():
    assert exporter.write(FORM) == exporter.write(FORM)
