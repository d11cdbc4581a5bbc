"""Documents: pages made from the code are up to date, links lead somewhere, decisions are short."""

import importlib.util
import re
from urllib.parse import unquote

import pytest
from architecture import source

DOCS = source.ROOT / "docs"
PAGES = sorted(
    {*source.ROOT.glob("*.md"), *DOCS.rglob("*.md"), *source.ROOT.glob("changelog.d/*.md")}
)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
DECISIONS = sorted((DOCS / "adr").glob("[0-9]*.md"))
HEADINGS = ["Context", "Options", "Choice", "Price", "How we will notice that it was wrong"]


def script(name):
    """A script of the repository, as a module."""
    path = source.ROOT / "scripts" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def made():
    return script("make_reference").pages()


@pytest.mark.parametrize("name", ["permissions.md", "states.md", "checks.md", "command-line.md"])
def test_the_reference_says_what_the_code_does(made, name):
    kept = (DOCS / "reference" / name).read_text("utf-8")
    assert kept == made[name], "run .venv/bin/python scripts/make_reference.py"


def test_every_variable_of_the_environment_is_documented(made):
    used = set()
    for path in source.modules():
        used |= set(re.findall(r"\bMAMORI_[A-Z_]+\b", path.read_text("utf-8")))
    undocumented = {one for one in used if f"`{one}`" not in made["command-line.md"]}
    assert {one for one in undocumented if not one.startswith("MAMORI_TEST")} == set()


@pytest.mark.parametrize("path", PAGES, ids=source.name)
def test_links_lead_somewhere(path):
    text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.DOTALL)
    targets = [t for t in LINK.findall(text) if "://" not in t and not t.startswith("mailto:")]
    gone = [t for t in targets if not (path.parent / unquote(t)).exists()]
    assert gone == []


@pytest.mark.parametrize("path", sorted((DOCS / "howto").glob("*.md")), ids=source.name)
def test_a_guide_stands_in_both_languages_with_the_same_commands(path):
    stem = path.name.removesuffix(".md").removesuffix(".ja")
    both = [DOCS / "howto" / f"{stem}.md", DOCS / "howto" / f"{stem}.ja.md"]
    shown = re.compile(r"^\$ (mamori .*)$", re.MULTILINE)
    commands = [shown.findall(one.read_text("utf-8")) for one in both]
    assert commands[0] == commands[1]


@pytest.mark.parametrize("path", DECISIONS, ids=source.name)
def test_a_decision_says_five_things_on_less_than_a_page(path):
    text = path.read_text("utf-8")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == HEADINGS
    assert len(text.split()) <= 500


def test_decisions_are_numbered_without_a_gap():
    numbers = [int(path.name[:4]) for path in DECISIONS]
    assert numbers == list(range(1, len(numbers) + 1))
