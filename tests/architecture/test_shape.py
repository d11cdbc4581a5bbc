"""The shape of the code: small modules, short functions, reads that name their reader."""

import ast
import re

import pytest
from architecture import source

from mamori import checks
from mamori.core import checking
from mamori.core.permissions import ALLOWED, Action, Thing
from mamori.editions import loader

# Longer than about this, a module does two things.
MODULE, FUNCTION = 420, 60
# Data tables, which are as long as what they list.
TABLES: frozenset[str] = frozenset()
FORBIDDEN_NAMES = {"utils", "helpers", "common", "services", "signals", "misc"}

checking.registry.load(checks)
REGISTERED = [pytest.param(one, id=name) for name, one in checking.registry]


@pytest.mark.parametrize("path", source.modules(), ids=source.name)
def test_a_module_does_one_thing(path):
    assert path.stem not in FORBIDDEN_NAMES
    if source.name(path) not in TABLES:
        assert len(path.read_text("utf-8").splitlines()) <= MODULE


@pytest.mark.parametrize("path", source.modules(), ids=source.name)
def test_a_function_fits_on_a_page(path):
    long = [
        f"{source.at(path, one)} {one.name}: {1 + one.end_lineno - one.lineno} lines"
        for one in source.functions(path)
        if one.end_lineno - one.lineno >= FUNCTION
    ]
    assert long == []


@pytest.mark.parametrize(
    "path", sorted((source.SOURCE / "store" / "queries").glob("*.py")), ids=source.name
)
def test_every_read_names_its_reader(path):
    for one in source.tree(path).body:
        if isinstance(one, ast.FunctionDef) and not one.name.startswith("_"):
            first = (one.args.posonlyargs + one.args.args)[:1]
            said = [(a.arg, ast.unparse(a.annotation)) for a in first if a.annotation]
            assert said == [("viewer", "Viewer")], f"{source.at(path, one)} {one.name}"


def writes(path):
    """Say whether a usecase changes something beside the trail."""
    text = path.read_text("utf-8")
    return bool(re.search(r"from mamori.store.writes import (?!audit$)", text, re.MULTILINE))


@pytest.mark.parametrize(
    "path",
    list(filter(writes, sorted((source.SOURCE / "usecases").glob("*/*.py")))),
    ids=source.name,
)
def test_a_usecase_that_changes_something_is_recorded_and_names_who_did_it(path):
    wrapped = [
        one
        for one in source.functions(path)
        if any(ast.unparse(d).startswith("recorded(") for d in one.decorator_list)
    ]
    assert wrapped, "nothing here is wrapped by @recorded"
    for one in wrapped:
        first = (one.args.posonlyargs + one.args.args)[:1]
        assert [a.arg for a in first] == ["viewer"], f"{source.at(path, one)} {one.name}"


@pytest.mark.parametrize("one", REGISTERED)
def test_a_check_is_named_after_its_topic_and_speaks_for_a_control(one):
    topic = one.run.__module__.rpartition(".")[2]
    assert one.id.startswith(f"{topic}.")
    assert one.control in loader.controls()
    assert one.run.__doc__


@pytest.mark.parametrize("one", REGISTERED)
def test_a_check_is_tested_where_its_topic_is(one):
    topic = one.run.__module__.rpartition(".")[2]
    tests = (source.ROOT / "tests" / "checks" / f"test_{topic}.py").read_text("utf-8")
    family = one.id.rpartition(".")[0]
    names = [one.id, one.run.__name__, *([family] if family.count(".") else [])]
    assert any(name in tests for name in names), f"test_{topic}.py does not name {one.id}"


def asked():
    """Every (thing, action) that the code asks leave for: where, and the pair."""
    for path in source.modules():
        if path.name == "permissions.py":
            continue
        for node in ast.walk(source.tree(path)):
            if not isinstance(node, ast.Call):
                continue
            name = source.called(node)
            if name not in ("may", "check_may", "may_list", "check_may_list"):
                continue
            words = [ast.unparse(a).split(".") for a in node.args]
            actions = [w[-1] for w in words if w[0] == "Action" and len(w) == 2]
            things = [w[-1] for w in words if w[0] == "Thing" and len(w) == 2]
            if name.endswith("_list"):
                things = ["CHECKLIST", "VENDOR_CHECKLIST"]
            for action in actions:
                for thing in things:
                    yield source.at(path, node), (Thing[thing], Action[action])


def test_leave_is_asked_in_many_places():
    assert len(list(asked())) > 20


def test_leave_is_only_asked_for_what_the_table_names():
    assert [(where, pair) for where, pair in asked() if pair not in ALLOWED] == []
