"""The help behind the items: whole, its own for each control, and no more certain than we are."""

import re
from collections import Counter

import pytest

from mamori.core.edition_rules import EditionFault
from mamori.core.editions import Citation
from mamori.core.text import Language
from mamori.editions import controls_toml, loader

IDS = [
    "organisations.system-in-use",
    "organisations.safety-administrator-appointed",
    "organisations.vendor-administrator-appointed",
    "ledger.kept",
    "connections.remote-maintenance-known",
    "vendors.disclosure-sheets-obtained",
    "accounts.access-rights-by-role",
    "accounts.unused-removed",
    "logs.access-logs-managed",
    "vulnerabilities.patches-applied",
    "connections.source-restricted",
    "ledger.unneeded-software-stopped",
    "incidents.contact-chart",
    "backups.restorable",
    "continuity.plan-for-cyber-attack",
    "accounts.password-strength",
    "accounts.no-password-reuse",
    "ledger.external-media-restricted",
    "accounts.two-factor",
    "organisations.rules-written",
]
EVERY_CONTROL = pytest.mark.parametrize("control", loader.controls().values(), ids=lambda c: c.id)
# Read in digests or recalled only: never to be said as a fact.
UNSURE = ("7.0", "第7", "2026", "令和8", "2,200", "8,102", "62,000", "73日", "73 days")


def sentences(control, language):
    """Every sentence of a control's help in one language."""
    texts = (control.explanation, control.yes_when, *control.steps)
    mark = r"(?<=[。])" if language is Language.JA else r"(?<=[.?!])\s+"
    for text in texts:
        yield from (s.strip() for s in re.split(mark, text.say(language)) if s.strip())


def test_the_controls_are_exactly_those_that_checks_and_editions_name():
    assert list(loader.controls()) == IDS


def test_every_control_is_asked_for_by_some_edition():
    assert {i.control for e in loader.load_all() for i in e.items} == set(IDS)


@pytest.mark.parametrize("language", Language)
def test_no_two_controls_share_a_sentence_of_help(language):
    said = Counter(
        sentence for c in loader.controls().values() for sentence in set(sentences(c, language))
    )
    assert [sentence for sentence, times in said.items() if times > 1] == []


@EVERY_CONTROL
def test_a_control_says_how_to_get_there_in_three_to_six_steps(control):
    assert 3 <= len(control.steps) <= 6
    assert len(set(control.steps)) == len(control.steps)


@EVERY_CONTROL
def test_what_counts_as_yes_is_said_in_both_languages(control):
    assert "はい" in control.yes_when.ja
    assert "Yes" in control.yes_when.en


@EVERY_CONTROL
def test_help_blames_nobody_and_does_not_shout(control):
    words = " ".join(t.ja + t.en for t in (control.explanation, control.yes_when, *control.steps))
    assert not re.search(r"[!！]", words)
    assert all(s.endswith(("。", "?")) for s in sentences(control, Language.JA))


@EVERY_CONTROL
def test_help_states_nothing_that_was_only_heard_of(control):
    words = " ".join(t.ja + t.en for t in (control.explanation, control.yes_when, *control.steps))
    assert [unsure for unsure in UNSURE if unsure in words] == []


def test_every_attack_step_is_cut_by_a_control_and_only_the_gate_cuts_none():
    cut = {step for c in loader.controls().values() for step in c.cuts}
    assert cut == set(loader.attack_steps())
    assert [c.id for c in loader.controls().values() if not c.cuts] == [IDS[0]]


def test_a_citation_is_said_in_both_languages():
    citation = loader.controls()["backups.restorable"].citations[0]
    name = loader.citation_name(citation)
    assert name.ja == "医療情報システムの安全管理に関するガイドライン 第6.0版 経営管理編 3.4.1"
    assert name.en.endswith("version 6.0, business management, 3.4.1")


def test_a_bare_number_of_a_section_is_not_taken_for_a_part_of_the_date():
    name = loader.citation_name(Citation("厚生労働省の注意喚起(2022年11月10日)", "2"))
    assert name.ja == "厚生労働省の注意喚起(2022年11月10日) 項番2"
    assert name.en.endswith("of 2022-11-10, section 2")


ONE = """
[[documents]]
name = { ja = "文書", en = "Document" }
[[attack_steps]]
id = "step"
name = { ja = "段階", en = "Step" }
[[controls]]
id = "a.b"
title = { ja = "題", en = "Title" }
explanation = { ja = "説明", en = "Words" }
yes_when = { ja = "時", en = "When" }
steps = [{ ja = "手順", en = "Step" }]
cuts = ["step"]
citations = [{ document = "文書", section = "1" }]
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "a.b"', "", "The key id is missing."),
        ('cuts = ["step"]', 'cuts = ["stpe"]', "“stpe” is not listed."),
        ('document = "文書"', 'document = "別"', "“別” is not listed."),
        ('en = "When"', 'en = " "', "The words of yes_when.en are empty."),
        ('id = "a.b"', 'id = "a.b"\nhint = 1', "There is no key called hint."),
        ("[[documents]]", "[[documents", "This cannot be read as TOML"),
        ("steps = [", "steps = 3 #", "Write steps as a list in [ ]."),
    ],
)
def test_a_fault_in_the_controls_is_named(old, new, said):
    assert ONE.count(old) == 1
    with pytest.raises(EditionFault) as fault:
        controls_toml.parse(ONE.replace(old, new), "controls.toml")
    assert said in fault.value.reason.en
    assert fault.value.reason.en.startswith("controls.toml: ")


def test_sound_controls_are_read_and_a_doubled_id_is_refused():
    assert list(controls_toml.parse(ONE, "controls.toml").controls) == ["a.b"]
    twice = ONE + ONE[ONE.index("[[controls]]") :]
    with pytest.raises(EditionFault, match="This id stands twice"):
        controls_toml.parse(twice, "controls.toml")
