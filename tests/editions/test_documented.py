"""The reference page names every key and every column there is."""

from pathlib import Path

import pytest

from mamori.core import edition_template, edition_toml
from mamori.core.editions import Cell, Condition, Level, Scope, Subject
from mamori.editions import loader

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "editions.md").read_text("utf-8")
COLUMNS = [c.key for columns in edition_template.COLUMNS.values() for c in columns]
ROWS = [row.key for row in edition_template.EDITION_ROWS]
KEYS = [*edition_toml.EDITION_KEYS, *edition_toml.ITEM_KEYS, *edition_toml.CITATION_KEYS]
WORDS = [m.value for kind in (Cell, Condition, Level, Scope, Subject) for m in kind]


@pytest.mark.parametrize("word", sorted({*COLUMNS, *ROWS, *KEYS, *WORDS}))
def test_the_page_names_it(word):
    assert f"`{word}`" in PAGE or f"[{word}]" in PAGE


def test_the_page_names_every_shipped_edition():
    assert [e.id for e in loader.load_all() if e.id not in PAGE] == []
