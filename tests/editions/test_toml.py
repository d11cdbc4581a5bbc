"""Writing an edition and reading it back gives the same edition, whatever its words."""

import tomllib
from dataclasses import replace

import pytest
from hypothesis import given, settings

from mamori.core import edition_toml
from mamori.core.edition_rules import EditionFault
from mamori.core.text import Text
from mamori.editions import loader
from tests.editions.made import editions, words


@settings(max_examples=60, deadline=None)
@given(editions())
def test_what_is_dumped_is_read_back_the_same(edition):
    assert loader.parse(loader.dump(edition), "x.toml") == edition


@settings(max_examples=60, deadline=None)
@given(words)
def test_any_words_survive_as_a_string_and_as_a_comment(said):
    plain = {"id": said}
    assert tomllib.loads(edition_toml.write(plain, {("", 0): [said]})) == plain


@pytest.mark.parametrize("name", [e.id for e in loader.load_all()])
def test_the_digest_stays_the_same_whatever_the_layout_of_the_file(name):
    text = loader.text_of(name)
    lines = text.split("\n[", 1)
    shuffled = "\n".join(reversed(lines[0].splitlines())) + "\n\n\n[" + lines[1]
    assert shuffled != text
    assert loader.digest(loader.parse(shuffled, name)) == loader.digest(loader.load(name))


def test_every_shipped_edition_has_its_own_digest():
    assert len({loader.digest(e) for e in loader.load_all()}) == len(loader.load_all())


def test_confirming_an_edition_keeps_its_digest_and_any_other_change_makes_a_new_one():
    edition = loader.load("facility-fy2025")
    digest = loader.digest(edition)
    assert loader.digest(replace(edition, verified=True, source=Text("別", "other"))) == digest
    item = edition.items[3]
    changed = [
        replace(edition, revision=2),
        replace(edition, name=Text("別", "other")),
        replace(edition, notes=edition.notes[1:]),
        replace(edition, headings={**edition.headings, "all": Text("別", "other")}),
        replace(edition, items=edition.items[1:]),
        replace(edition, items=(edition.items[1], edition.items[0], *edition.items[2:])),
        replace(edition, items=(*edition.items[:3], replace(item, text=Text("別", "o")))),
        replace(edition, items=(*edition.items[:3], replace(item, cells=item.cells[:1]))),
        replace(edition, items=(*edition.items[:3], replace(item, conditions=()))),
        replace(edition, items=(*edition.items[:3], replace(item, due_year=2026))),
    ]
    digests = {loader.digest(other) for other in changed}
    assert digest not in digests
    assert len(digests) == len(changed)


def test_a_draft_keeps_its_comments_where_they_belong():
    edition = loader.load("vendor-fy2023")
    comments = {("", 0): ["top"], ("items", 1): ["second"], ("name", 0): ["name"]}
    text = edition_toml.write(edition_toml.document(edition), comments)
    lines = text.splitlines()
    assert lines[0] == "# top"
    assert lines[lines.index("# name") + 1].startswith("name.ja")
    assert lines[lines.index("# second") + 1] == "[[items]]"
    assert 'code = "2(2)"' in lines[lines.index("# second") + 2]
    assert loader.parse(text, "x") == edition


@pytest.mark.parametrize(
    "text", ["a=" + "[" * 5000, "a=1\na=2", "a=\x00", "a" + ".b" * 9000 + "=1"]
)
def test_a_hostile_file_is_refused_by_its_name(text):
    with pytest.raises(EditionFault) as caught:
        loader.parse(text, "hostile.toml")
    assert "hostile.toml" in caught.value.reason.ja
